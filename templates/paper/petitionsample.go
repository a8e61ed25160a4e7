package paper

import "time"

// SamplePetition is a made-up complaint that an uploaded template is tried with.
func SamplePetition() PetitionData {
	return PetitionData{
		To: "Chủ tịch Ủy ban nhân dân phường Mẫu Một", Place: "Tỉnh Mẫu",
		Complainant: Person{
			Name: "Người Dân Mẫu 1", Address: "Số 2, đường Mẫu, phường Mẫu Một, tỉnh Mẫu", Phone: "0000 000 001",
		},
		Round: 1, Against: "Ủy ban nhân dân phường Mẫu Một",
		AgainstAddress: "Số 3, đường Mẫu, phường Mẫu Một, tỉnh Mẫu",
		Subject:        "Quyết định số 00/QĐ-UBND về xử phạt vi phạm hành chính trong lĩnh vực xây dựng",
		Content: "Ngày 02 tháng 11 năm 2026, tôi nhận được quyết định nêu trên. Căn nhà của gia đình tôi được xây dựng theo đúng giấy phép đã cấp, không vượt diện tích và chiều cao.\n" +
			"Biên bản ngày 28 tháng 10 năm 2026 ghi chiều cao công trình là 12,4 m trong khi bản vẽ hoàn công và kết quả đo lại là 11,9 m. Tôi cho rằng quyết định không đúng với thực tế.",
		Request:     "Đề nghị xem xét lại và hủy bỏ quyết định nói trên.",
		Attachments: []string{"Bản sao quyết định", "Bản sao giấy phép xây dựng", "05 ảnh chụp công trình"},
		Code:        "TD26-7K3M-Q9XE", QR: "https://tiepdan.example/c/Zk3vQ0aYb1Xn7sLw",
		CreatedAt: time.Date(2026, 11, 20, 12, 5, 0, 0, time.UTC),
	}
}

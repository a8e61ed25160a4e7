package paper

import "time"

// Sample data: no person and no office of this name exists.
func sampleOffice() Office {
	return Office{
		Parent: "UBND tỉnh Mẫu", Name: "Ban Tiếp công dân tỉnh Mẫu", Place: "Tỉnh Mẫu",
		Address: "Số 1, đường Mẫu, phường Mẫu Một, tỉnh Mẫu", Phone: "0000 000 000",
		Hours: "07:30–11:30 và 13:30–17:00, thứ Hai đến thứ Sáu",
	}
}

func sampleReceipt() ReceiptData {
	return ReceiptData{
		Office: sampleOffice(), Mode: File, Code: "TD26-7K3M-Q9XE", PIN: "402917",
		From: "Người Dân Mẫu 1", Kind: "Phản ánh", Field: "Môi trường, tiếng ồn, rác thải",
		Where:      "Phường Mẫu Một",
		ReceivedAt: time.Date(2026, 11, 20, 12, 5, 0, 0, time.UTC),
		LegalDay:   time.Date(2026, 11, 23, 0, 0, 0, 0, zone),
		Number:     "0456", Files: 3,
		AnswerBy: time.Date(2026, 12, 8, 0, 0, 0, 0, zone),
		Term:     "10 ngày làm việc", Source: "Điều 28 Luật Tiếp công dân 2013",
		QR: "https://t.me/tiepdan_mau_bot?start=case_Zk3vQ0aYb1Xn7sLw", Bot: "@tiepdan_mau_bot",
		Site: "tiepdan.example/tra-cuu",
	}
}

func samplePetition() PetitionData { return SamplePetition() }

func sampleChecklist() ChecklistData {
	return ChecklistData{
		Office: sampleOffice(), Code: "TD26-7K3M-Q9XE", Second: true, Group: true,
		Attachments: []string{"05 ảnh chụp công trình"},
		Appointment: time.Date(2026, 12, 1, 1, 30, 0, 0, time.UTC),
		CreatedAt:   time.Date(2026, 11, 20, 12, 5, 0, 0, time.UTC),
	}
}

package paper

import (
	"fmt"
	"strings"
	"time"
)

const longVietnamese = "Phản ánh việc bồi thường, hỗ trợ và tái định cư khi Nhà nước thu hồi đất để mở rộng đường liên phường; diện tích đo đạc thực tế không khớp với giấy chứng nhận quyền sử dụng đất, đề nghị đo lại và trả lời bằng văn bản. "

func on(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2026, month, day, hour, minute, 0, 0, zone)
}

func sampleMeeting() Meeting {
	return Meeting{
		Kind: "Tiếp công dân định kỳ", Starts: on(12, 1, 8, 0), Ends: on(12, 1, 11, 30),
		Place: "Phòng Tiếp công dân, số 1, đường Mẫu, phường Mẫu Một", Presides: "Cán bộ Mẫu 1, Chủ tịch UBND phường",
		Attends: "Thường trực HĐND; Văn phòng; phòng Kinh tế, Hạ tầng và Đô thị", Focus: "Đất đai, bồi thường, hỗ trợ, tái định cư", Places: 10,
	}
}

func sampleLetter() Letter {
	return Letter{
		Number: "12/TB-TCD", Date: on(11, 20, 0, 0), Signer: "Cán bộ Mẫu 1", SignerRole: "KT. Chủ tịch\nPhó Chủ tịch",
		Recipients: []string{"Như trên", "Thường trực HĐND phường", "Các phòng, đơn vị có liên quan", "Trang thông tin điện tử"},
	}
}

func sampleSlip() SlipData {
	return SlipData{
		Office: sampleOffice(), Meeting: sampleMeeting(), Number: 5, Expected: on(12, 1, 9, 20), Name: "Người Dân Mẫu 1",
		Purpose: "Hỏi về việc đo lại thửa đất", CaseCode: "TD26-7K3M-Q9XE", Code: "Q7XK-2M4P",
		QR: "https://tiepdan.example/a/Zk3vQ0aYb1Xn7sLw", At: on(11, 20, 19, 5),
	}
}

func sampleSchedule(n int) ScheduleData {
	d := ScheduleData{
		Office: sampleOffice(), Letter: sampleLetter(), Year: 2026, Quarter: 4,
		Hours: "07:30–11:30 và 13:30–17:00", Cutoff: "Công dân đăng ký trước qua kênh nhắn tin của cơ quan hoặc tại nơi tiếp, chậm nhất 17 giờ của ngày làm việc thứ hai trước buổi tiếp.",
		At: on(9, 20, 8, 0),
	}
	for i := range n {
		m := sampleMeeting()
		m.Starts, m.Ends = m.Starts.AddDate(0, 0, i), m.Ends.AddDate(0, 0, i)
		switch i % 5 {
		case 1:
			m.Delegated, m.Why, m.Presides = true, "Chủ tịch đi công tác", "Cán bộ Mẫu 2, Phó Chủ tịch UBND phường"
		case 2:
			m.Was, m.Note = m.Starts.AddDate(0, 0, -1), "Chuyển sang ngày làm việc kế tiếp."
		case 3:
			m.Cancelled, m.Reason = true, "trùng kỳ họp Hội đồng nhân dân, được tiếp bù vào ngày làm việc sau"
		case 4:
			m.Kind, m.Host, m.Online, m.Focus = "Lãnh đạo dự buổi tiếp của cơ quan khác", "UBND tỉnh Mẫu", true, longVietnamese
		}
		d.Sessions = append(d.Sessions, m)
	}
	return d
}

func sampleRoster() RosterData {
	d := RosterData{Office: sampleOffice(), Letter: sampleLetter(), From: on(12, 1, 0, 0), Until: on(12, 31, 0, 0), Hours: "07:30–11:30 và 13:30–17:00", Place: "Phòng Tiếp công dân", At: on(11, 20, 8, 0)}
	for i := range 31 {
		day := DutyDay{On: on(12, i+1, 0, 0)}
		switch {
		case day.On.Weekday() == time.Saturday || day.On.Weekday() == time.Sunday:
			continue
		case i == 23:
			day.Off = "Nghỉ bù"
		case i%3 == 0:
			day.Morning, day.Afternoon, day.Note = []string{"Cán bộ Mẫu 2"}, []string{"Cán bộ Mẫu 3", "Cán bộ Mẫu 4"}, "Cán bộ Mẫu 4 thay Cán bộ Mẫu 2"
		default:
			day.Day = []string{"Cán bộ Mẫu 5"}
		}
		d.Days = append(d.Days, day)
	}
	return d
}

func sampleSignatures() SignaturesData {
	d := SignaturesData{Office: sampleOffice(), Meeting: sampleMeeting(), Blank: 10, At: on(11, 30, 16, 0)}
	for i := range 8 {
		d.People = append(d.People, Visitor{Number: i + 1, Expected: on(12, 1, 8, 20*i), Name: fmt.Sprintf("Người Dân Mẫu %d", i+1), Purpose: "Hỏi về việc đo lại thửa đất", CaseCode: "TD26-7K3M-Q9XE"})
	}
	d.People[7].Waiting = true
	d.People[2].Address, d.People[2].Purpose = "Số 2, đường Mẫu, phường Mẫu Một", longVietnamese
	return d
}

func sampleDossier() DossierData {
	d := DossierData{Office: sampleOffice(), Meeting: sampleMeeting(), By: "Cán bộ Mẫu 3", At: on(11, 30, 16, 0)}
	for i := range 6 {
		p := DossierPart{
			Number: i + 1, Expected: on(12, 1, 8, 20*i), Name: fmt.Sprintf("Người Dân Mẫu %d", i+1), Purpose: "Hỏi về việc đo lại thửa đất",
			CaseCode: "TD26-7K3M-Q9XE", Kind: "Kiến nghị", Field: "Đất đai, nhà ở", Place: "Phường Mẫu Một", Status: "Đang giải quyết", Unit: "Phòng Kinh tế Mẫu",
			Received: on(11, 2, 0, 0), Due: on(11, 27, 0, 0), Late: i%2 == 0, People: 1 + i*3, Content: strings.Repeat(longVietnamese, i+1),
			History:    []DossierLine{{on(11, 2, 8, 0), "Tiếp nhận", "Cán bộ Mẫu 3", ""}, {on(11, 5, 8, 0), "Giao xử lý", "Cán bộ Mẫu 1", "Xem xét, trả lời công dân trước ngày 27/11/2026."}},
			Files:      []string{"Bản sao giấy chứng nhận (03 trang)", "Ảnh hiện trạng (05 ảnh)"},
			Directives: []DossierDirective{{"CD26-0012", "Đo lại diện tích, báo cáo kết quả.", "Phòng Kinh tế Mẫu", "Đang thực hiện", on(11, 20, 0, 0), true}},
			Before:     []string{"16/10/2026: được hướng dẫn gửi đơn đến Phòng Kinh tế Mẫu."},
		}
		d.People = append(d.People, p)
	}
	d.People[1] = DossierPart{Number: 2, Expected: on(12, 1, 8, 20), Name: "Người Dân Mẫu 2", Purpose: "Chưa gửi đơn, muốn được hướng dẫn"}
	d.People[3].Sealed = true
	return d
}

func sampleBook(n int) BookData {
	d := BookData{Office: sampleOffice(), From: on(10, 1, 0, 0), Until: on(12, 31, 0, 0), At: on(12, 31, 17, 0)}
	for i := range n {
		r := BookRow{
			Number: fmt.Sprint(i + 1), On: on(10, 1+i%90, 0, 0), Person: fmt.Sprintf("Người Dân Mẫu %d\nSố 2, đường Mẫu, phường Mẫu Một", i+1),
			Identity: "000000000001", Content: longVietnamese, KindPeople: "Kiến nghị\n01 người", PriorBody: "UBND phường Mẫu Một",
			Note: "Lần đầu",
		}
		switch i % 4 {
		case 0:
			r.Accept, r.Followed = "Thụ lý, TD26-7K3M-Q9XE", "Đã giao Phòng Kinh tế Mẫu"
		case 1:
			r.Return = "Hướng dẫn gửi đơn đến cơ quan có thẩm quyền"
		case 2:
			r.Transfer = "Chuyển UBND phường Mẫu Hai, ngày 03/11/2026"
		case 3:
			r.Person, r.Identity, r.KindPeople = "(giữ bí mật danh tính)", "", "Tố cáo"
			r.Corrections = []Correction{{2, on(11, 22, 9, 5), "Cán bộ Mẫu 3", "ghi nhầm ngày chuyển đơn"}}
		}
		d.Rows = append(d.Rows, r)
	}
	return d
}

func sampleRefusal() RefusalData {
	return RefusalData{
		Office: sampleOffice(), Letter: sampleLetter(), On: on(12, 1, 8, 0), Name: "Người Dân Mẫu 1", Address: "Số 2, đường Mẫu, phường Mẫu Một",
		Matter: "bồi thường khi thu hồi đất tại phường Mẫu Một", Ground: "final",
		GroundText: "Quyết định số 00/QĐ-UBND ngày 01/02/2026 về giải quyết khiếu nại; Thông báo số 00/TB-UBND ngày 01/10/2026 về kết quả rà soát.", At: on(12, 1, 10, 0),
	}
}

func sampleAnswer() AnswerDateData {
	return AnswerDateData{
		Office: sampleOffice(), Number: "45/2026", Name: "Người Dân Mẫu 1", Address: "Số 2, đường Mẫu, phường Mẫu Một", Matter: "Đo lại diện tích thửa đất",
		Body: "Phòng Kinh tế Mẫu", CaseCode: "TD26-7K3M-Q9XE", ReceivedOn: on(12, 1, 9, 20), AnswerBy: on(12, 15, 0, 0),
		Source: "khoản 4 Điều 18 Luật Tiếp công dân 2013", Receiver: "Cán bộ Mẫu 1", QR: "https://tiepdan.example/c/Zk3vQ0aYb1Xn7sLw", Bot: "@tiepdan_mau_bot", At: on(12, 1, 9, 45),
	}
}

func sampleConclusion() ConclusionData {
	return ConclusionData{
		Office: sampleOffice(), Letter: sampleLetter(), Meeting: sampleMeeting(), Receiver: "Cán bộ Mẫu 1, Chủ tịch UBND phường", InPerson: true,
		Came: []string{"Văn phòng HĐND và UBND", "Phòng Kinh tế Mẫu"}, Received: 4, Opening: "Người chủ trì ghi nhận ý kiến của công dân.\nCác đơn vị chuẩn bị hồ sơ đầy đủ.",
		Items: []ConclusionItem{
			{1, "Người Dân Mẫu 1", "đề nghị đo lại diện tích thửa đất", longVietnamese, "Phòng Kinh tế Mẫu", "đo lại diện tích, báo cáo kết quả.", on(12, 15, 0, 0), false},
			{2, "Người Dân Mẫu 2", "phản ánh tiếng ồn của cơ sở gia công", "Cơ sở phải dừng hoạt động sau 22 giờ.", "", "", time.Time{}, false},
			{3, "Người Tố Cáo Mẫu", "chuyện kín", "lời kín", "Đơn vị Kín", "việc kín", on(12, 20, 0, 0), true},
		}, At: on(12, 3, 8, 0),
	}
}

func sampleDirectives() DirectiveReportData {
	d := DirectiveReportData{Office: sampleOffice(), From: on(10, 1, 0, 0), Until: on(12, 31, 0, 0), At: on(12, 31, 17, 0)}
	for i := range 12 {
		d.Units = append(d.Units, DirectiveUnit{fmt.Sprintf("Phòng Mẫu %d", i+1), 10, 6, 4, 2, 4, 1})
	}
	for i := range 30 {
		r := DirectiveRow{Code: fmt.Sprintf("CD26-%04d", i+1), Task: "Đo lại diện tích, báo cáo kết quả và trả lời công dân bằng văn bản.", Unit: fmt.Sprintf("Phòng Mẫu %d", i%12+1), Officer: "Cán bộ Mẫu 5",
			Status: "Đang thực hiện", Issued: on(11, 1, 8, 0), Due: on(11, 15, 0, 0), Overdue: i%3 == 0, Urged: i % 3}
		if i%2 == 1 {
			r.Done, r.Status, r.Overdue, r.Result = on(11, 14, 8, 0), "Đã xong", false, "Đã đo lại; diện tích đúng như giấy chứng nhận, đã trả lời công dân ngày 14/11/2026."
		}
		r.Secret = i == 4
		d.List = append(d.List, r)
	}
	return d
}

func sampleResults() ResultReportData {
	return ResultReportData{Office: sampleOffice(), From: on(10, 1, 0, 0), Until: on(12, 31, 0, 0), At: on(12, 31, 17, 0),
		Units: []ResultUnit{{"Phòng Xây dựng Mẫu", 2, 1, 1, 0}, {"Phòng Môi trường Mẫu", 1, 0, 0, 1}},
		List: []ResultRow{
			{Code: "TD26-7K3M-Q9XE", Kind: "Khiếu nại", Unit: "Phòng Xây dựng Mẫu", Outcome: "Đúng một phần", Document: "12/QĐ-UBND", Signed: on(11, 2, 0, 0),
				How: "Qua bưu điện", Delivered: on(11, 5, 0, 0), Due: on(10, 30, 0, 0), Late: 3, Reported: on(11, 9, 8, 0)},
			{Code: "TD26-0000-0001", Kind: "Phản ánh", Unit: "Phòng Môi trường Mẫu", Outcome: "Đã giải quyết xong", How: "Qua tin nhắn", Delivered: on(11, 4, 0, 0), Reported: on(11, 9, 8, 0)},
		}}
}

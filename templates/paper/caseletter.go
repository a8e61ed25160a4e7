package paper

import "time"

// CaseLetter is what every document of a case is made from. What is empty or zero
// is left open for a hand, or has no words. Of a Secret one nothing is printed that
// people brought: neither who they are, nor whom they name, nor what they wrote.
type CaseLetter struct {
	Office  Office
	Letter  Letter
	Code    string
	Booked  string // the number in the book of its year
	Kind    string // "khiếu nại", in small letters
	Matter  Matter
	Second  bool // a second complaint
	Secret  bool
	Sender  Person
	People  int    // that the petition speaks for; 0 and 1: its sender alone
	Field   string // what it is about, in the office's words
	Where   string
	Against string // the body or person complained of
	Content string

	Received time.Time
	Accepted time.Time // the day of its acceptance
	Term     string    // of its resolution, in words: "30 ngày"
	Due      time.Time // the last day of that
	Until    time.Time // of an extension, a verification
	From     time.Time // of a suspension, a termination, a keeping
	AnswerBy time.Time
	Source   string // where the law has that day

	Body     string // the competent body that it went to
	Ground   string // the legal ground, beyond the law that always holds
	Reason   string
	Text     string // what the office says to the sender
	Findings string // how the petition was classified
	Proposal string // what the officer proposes to the head
	Paper    string // number and day of an earlier paper that this one refers to
	Unit     string // who works on it
	Papers   []Item
	Receiver string // who took the papers in
	Post     string // … and their position
	At       time.Time
}

// Matter is the law that a case is under.
type Matter int

// The matters.
const (
	Feedback Matter = iota // kiến nghị, phản ánh
	Complaint
	Denunciation
)

// Item is one of the papers that were handed over.
type Item struct {
	Name  string
	Copy  string // "bản chính", "bản sao"
	Pages int
	Note  string
}

// SampleCase is a made-up case that fills every field of every form: what an
// uploaded template is tried with.
func SampleCase() CaseLetter {
	day := func(d int) time.Time { return time.Date(2026, 11, d, 8, 30, 0, 0, zone) }
	return CaseLetter{
		Office: Office{Parent: "UBND tỉnh Mẫu", Name: "Ban Tiếp công dân tỉnh Mẫu", Place: "Tỉnh Mẫu",
			Address: "Số 1, đường Mẫu, phường Mẫu Một, tỉnh Mẫu", Phone: "0000 000 000", Sample: true},
		Letter: Letter{Number: "12/BTCD", Date: day(30), Signer: "Cán bộ Mẫu 1", SignerRole: "KT. Trưởng ban\nPhó Trưởng ban"},
		Code:   "TD26-7K3M-Q9XE", Booked: "456/2026", Kind: "khiếu nại", Matter: Complaint,
		Sender: Person{Name: "Người Dân Mẫu 1", Address: "Số 2, đường Mẫu, phường Mẫu Một, tỉnh Mẫu", Phone: "0000 000 001", IDNumber: "000000000001"},
		Field:  "Đất đai", Where: "Phường Mẫu Một", Against: "Ủy ban nhân dân phường Mẫu Một",
		Content:  "Không đồng ý với mức bồi thường khi thu hồi đất tại đường Mẫu.\nĐề nghị xem xét lại diện tích đã đo.",
		Received: day(16), Accepted: day(20), Term: "30 ngày", Due: day(20).AddDate(0, 0, 30), Until: day(20).AddDate(0, 0, 45),
		From: day(25), AnswerBy: day(30), Source: "Điều 28 Luật Tiếp công dân",
		Body: "Ủy ban nhân dân phường Mẫu Hai", Ground: "Điều 11 Luật Khiếu nại",
		Reason: "Nội dung mẫu, dùng để thử mẫu văn bản.", Text: "Nội dung trả lời mẫu, dùng để thử mẫu văn bản.",
		Findings: "Đơn đủ điều kiện xử lý.\nThuộc thẩm quyền giải quyết của cơ quan.", Proposal: "Nội dung đề xuất mẫu.", Paper: "Phiếu chuyển đơn số 10/PC-BTCD ngày 25/11/2026", Unit: "Phòng Nghiệp vụ Mẫu",
		Papers:   []Item{{Name: "Bản sao quyết định", Copy: "bản sao", Pages: 3}, {Name: "Sơ đồ thửa đất", Copy: "bản chính", Pages: 1}},
		Receiver: "Cán bộ Mẫu 2", Post: "Cán bộ tiếp công dân", At: day(30),
	}
}

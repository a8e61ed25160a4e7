package bot_test

import (
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/bot"
)

// line is one step of a scripted talk: what the person did, what is in the answer.
type line struct {
	do    string // "/x payload" is a command, "#id" a button, "+name" a file, anything else is typed
	shown string // parts, by |; a part after ! isn't there
}

// talks are scripts of persons who agreed to the notice.
var talks = []struct {
	name  string
	lines []line
	cases int
}{
	{"numbers select, words have no marks", []line{
		{"/menu", "Gửi đơn"}, {"1", "loại nào"}, {"phan anh", "lĩnh vực"}, {"4", "địa bàn"}, {"bo qua", "Nội dung phản ánh"},
		{"12", "Đã ghi 1 đoạn"}, {"Cống thoát nước bị tắc", "2 đoạn"}, {"XONG", "ảnh, video"}, {"Bỏ qua", "họ và tên"}, // decomposed
		{"khong neu ten", "Xem lại|không nêu tên|12|Cống"}, {"gui", "Đã gửi phản ánh"}}, 1},
	{"back leads the whole way", []line{
		{"#submit", "loại nào"}, {"#kind/kien_nghi", "lĩnh vực"}, {"#back", "loại nào"}, {"#kind/kien_nghi", "lĩnh vực"}, {"#field/khac", "địa bàn"},
		{"#back", "lĩnh vực"}, {"#field/khac", "địa bàn"}, {"#place/p1", "Nội dung"}, {"Xin trồng thêm cây xanh", "Đã ghi"}, {"#back", "địa bàn"},
		{"#skip", "Đã ghi 1 đoạn"}, {"#done", "ảnh, video"}, {"#skip", "họ và tên|!Không nêu tên"}, {"#back", "ảnh, video"}, {"#skip", "họ và tên"},
		{"Người Dân Mẫu 2", "số điện thoại"}, {"abc", "chưa đúng|số điện thoại"}, {"0912.000.002", "Xem lại|0912000002"}, {"#back", "số điện thoại"}}, 0},
	{"each line of the review can be changed", []line{
		{"#submit", ""}, {"#kind/phan_anh", ""}, {"#field/khac", ""}, {"#skip", ""}, {"Đường ngập sau mưa lớn", ""}, {"#done", ""}, {"#skip", ""}, {"#unnamed", "Xem lại"},
		{"#edit", "sửa phần nào|[✏️ Lĩnh vực]"}, {"#edit/field", "lĩnh vực"}, {"#field/moi_truong", "Xem lại|Môi trường"},
		{"#edit", ""}, {"#edit/place", "địa bàn"}, {"#place/p2", "Xem lại|Phường Mẫu Hai"},
		{"#edit", ""}, {"#edit/content", "Viết lại từ đầu"}, {"Ngập sâu nửa mét", "2 đoạn"}, {"#done", "Xem lại|nửa mét"},
		{"#edit", ""}, {"#edit/who", "họ và tên"}, {"Người Dân Mẫu 3", "số điện thoại"}, {"#skip", "Xem lại|Người Dân Mẫu 3"},
		{"#edit", ""}, {"#edit/for", "cho ai"}, {"#for_many", "bao nhiêu người"}, {"12", "tối đa <b>5</b>"}, {"Người Dân Mẫu 3\nNgười Dân Mẫu 4", "Đã ghi"}, {"#done", "Xem lại|đứng đơn:</b> 12|Người Dân Mẫu 4"},
		{"#edit", ""}, {"#back", "Xem lại"}, {"#discard", "Hủy đơn"}, {"#back", "Xem lại"}, {"#send", "Đã gửi"}}, 1},
	{"a complaint is prepared", []line{
		{"#submit", ""}, {"#kind/khieu_nai", "lĩnh vực"}, {"#field/dat_dai", ""}, {"#place/p1", "Nội dung khiếu nại"}, {"Không đồng ý quyết định thu hồi đất", ""}, {"#done", "của <b>ai</b>"},
		{"Ủy ban nhân dân phường Mẫu Một", "ảnh, video"}, {"#skip", "họ và tên|trang bảo mật"}, {"Người Dân Mẫu 5", ""}, {"#skip", "cho ai"}, {"#for_other", "đại diện|ủy quyền"},
		{"Người Dân Mẫu 6", "tư cách nào|[Luật sư]|chứng thực"}, {"#basis/legal_aid", "trợ giúp viên pháp lý|Xem lại|Đại diện cho:</b> Người Dân Mẫu 6|cần chữ ký|Bị khiếu nại"}, {"#send", "Đã gửi khiếu nại"}}, 1},
	{"a denunciation is guided before anything is typed", []line{
		{"#submit", ""}, {"#kind/to_cao", "đọc trước khi viết|đơn có chữ ký|[🕶 Gửi thông tin không nêu tên]|[🗓 Đăng ký buổi tiếp]|Số 1, đường Mẫu"},
		{"#unnamed_info", "lĩnh vực"}, {"#field/tham_nhung", "địa bàn"}, {"#skip", "không ghi họ tên"}, {"Thông tin tuyệt mật của người kể", "!tuyệt mật"}, {"#done", "gỡ bỏ"},
		{"#skip", "Xem lại|không lưu danh tính|!tuyệt mật|!họ và tên"}, {"#send", "Đã gửi thông tin|!tuyệt mật"}}, 1},
	{"corruption makes a denunciation of a report", []line{
		{"#submit", ""}, {"#kind/phan_anh", ""}, {"#field/tham_nhung", "đọc trước khi viết"}, {"#back", "loại nào"}, {"#kind/phan_anh", "lĩnh vực"}}, 0},
	{"who isn't sure is advised, and decides", []line{
		{"#submit", ""}, {"#unsure", "gần nhất"}, {"#unsure_decision", "trực tiếp"}, {"#unsure_mine", "Khiếu nại</b>. Ông/Bà vẫn là người quyết định|loại nào"}, {"#kind/phan_anh", "lĩnh vực"}}, 0},
	{"words that answer no question are kept", []line{
		{"#submit", "loại nào"}, {"Cạnh nhà tôi có xưởng xả khói", "ghi lời này vào nội dung|loại nào"}, {"#kind/phan_anh", ""}, {"#field/khac", ""}, {"gần chợ Mẫu, ngõ 5", "ghi lời này|địa bàn"},
		{"#skip", "Đã ghi 2 đoạn"}, {"#done", ""}, {"Bổ sung lúc gửi ảnh", "ghi lời này"}, {"+anh.jpg", "<b>1</b> tệp"}, {"#done", ""}, {"#unnamed", "Xem lại|xưởng xả khói|ngõ 5|Bổ sung lúc gửi ảnh"},
		{"Thêm một ý nữa ở màn hình xem lại", "ghi lời này|Thêm một ý nữa"}}, 0},
	{"free text is offered as a beginning", []line{
		{"Vỉa hè đường Mẫu bị lấn chiếm nhiều tháng nay", "chưa gửi đi đâu|[📝 Gửi đơn, phản ánh]"}, {"Xin xử lý giúp", "chưa gửi"}, {"#submit", "phần mở đầu|loại nào"},
		{"#kind/phan_anh", ""}, {"#field/khac", ""}, {"#skip", "Đã ghi 2 đoạn"}}, 0},
	{"a greeting is answered with the menu", []line{{"xin chào", "Kính chào Ông/Bà|[🔎 Tra cứu hồ sơ]"}, {"Dạ, em cảm ơn anh chị nhiều ạ!", "Kính chào"}, {"chao ad", "Kính chào"}, {"👍", "Kính chào"}}, 0},
	{"a few words are no greeting", []line{{"nước bẩn", "Tôi đã nhận lời nhắn"}, {"#submit", "đã được giữ làm phần mở đầu"}}, 0},
	{"the number of no button is no content", []line{{"#submit", ""}, {"#kind/phan_anh", ""}, {"77", "!đã ghi|lĩnh vực"}, {"#field/khac", ""}, {"#skip", "Nội dung phản ánh"}}, 0},
	{"an unknown command is named so", []line{{"/khongco", "chưa biết lệnh này|Kính chào"}}, 0},
	{"a draft is kept, offered again, dropped with a question", []line{
		{"#submit", ""}, {"#kind/phan_anh", ""}, {"#field/khac", ""}, {"#skip", ""}, {"Nội dung đang viết dở dang", ""}, {"/cancel", "vẫn được giữ|[▶️ Tiếp tục đơn đang viết]|[🗑 Bỏ đơn này]"},
		{"Gửi đơn, phản ánh", "viết dở"}, {"Tiếp tục đơn đang viết", "họ và tên"}, {"/menu", "vẫn được giữ"}, {"Một ý nữa xin bổ sung thêm", "đơn đang viết dở|[➕ Thêm vào đơn đang viết]"}, {"#loose_join", "họ và tên"}, {"/menu", ""}, {"bo don nay", "sẽ mất"}, {"Đúng, bỏ đơn này", "Đã bỏ|!Tiếp tục đơn"}}, 0},
	{"an old button is answered kindly", []line{
		{"#submit", ""}, {"#kind/phan_anh", ""}, {"@1 kind/khieu_nai", "bước trước rồi|lĩnh vực"}, {"#field/khac", "địa bàn"}}, 0},
	{"somebody in danger is told whom to call, once", []line{
		{"Có đánh nhau ở đầu ngõ, cứu với", "<b>113</b>|chưa gửi"}, {"Vẫn đang đánh nhau ở đó", "!<b>113</b>"}}, 0},
	{"what only sounds alike isn't danger", []line{{"Xe đang chạy từ từ qua cầu Mẫu", "!<b>113</b>"}, {"nhà hàng xóm đang cháy", "<b>113</b>"}}, 0},
	{"a tone on either vowel is danger", []line{{"Có hoả hoạn ở chợ Mẫu", "<b>113</b>"}}, 0},
	{"a tone on the other, too", []line{{"Có hỏa hoạn ở chợ Mẫu", "<b>113</b>"}}, 0},
	{"language, help, rules, schedule, privacy", []line{
		{"/help", "Hướng dẫn|Thứ Hai – Thứ Sáu"}, {"#rules", "Nội quy mẫu"}, {"/schedule", "Hôm nay</b> (Thứ Hai, ngày 23/11/2026)|mở cửa"}, {"/book", "chưa có buổi nào nhận đăng ký trước|02400000000"},
		{"/privacy", "Dữ liệu của Ông/Bà|bản 1"}, {"/language", "[🌐 English]"}, {"English", "I speak English|📝 Submit|!Từ nay"}, {"submit", "What would you like"}}, 0},
	{"tracking needs both, and says nothing of one", []line{
		{"/track", "mã hồ sơ"}, {"CODE", "mã PIN|TD26-"}, {"12", "6 chữ số|mã PIN"}, {"123456", "không tìm thấy hồ sơ nào|mã hồ sơ"}, {"xyz", "chưa đúng"}, {"#menu", "Gửi đơn"}}, 0},
	{"an unknown command is words where words are wanted", []line{
		{"#submit", ""}, {"#kind/phan_anh", ""}, {"#field/khac", ""}, {"#skip", ""}, {"/xyz abc def", "Đã ghi 1 đoạn"}}, 0},
	{"files alone are kept too", []line{{"+a.jpg", "1 tệp|[📝 Gửi đơn, phản ánh]"}, {"+b.jpg", "2 tệp"}, {"#submit", "phần mở đầu"}}, 0},
	{"too short a content isn't taken", []line{
		{"#submit", ""}, {"#kind/phan_anh", ""}, {"#field/khac", ""}, {"#skip", ""}, {"Hỏng", "Đã ghi"}, {"#done", "ngắn quá|Đã ghi"}, {"+voice.ogg", "1 tệp"}, {"#done", "Đã nhận <b>1</b> tệp"}}, 0},
}

func TestTalks(t *testing.T) {
	t.Parallel()
	for _, tt := range talks {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice()
			c := o.person(t, "c")
			c.agree()
			for i, l := range tt.lines {
				got := c.play(l.do)
				if t.Failed() {
					t.Fatalf("at line %d, %q", i, l.do)
				}
				for part := range strings.SplitSeq(l.shown, "|") {
					if not, ok := strings.CutPrefix(part, "!"); ok && strings.Contains(got, not) || !ok && !strings.Contains(got, part) {
						t.Fatalf("line %d, %q: %q against\n%s", i, l.do, part, got)
					}
				}
			}
			if len(o.cases) != tt.cases {
				t.Errorf("%d cases were filed", len(o.cases))
			}
		})
	}
}

// play does what a line of a script says.
func (c *chat) play(do string) string {
	c.t.Helper()
	if do == "CODE" {
		do = string(tiepdan.NewCaseCode(2026, countingReader(77)))
	}
	switch do[0] {
	case '/':
		name, payload, _ := strings.Cut(do[1:], " ")
		return c.do(bot.Event{Text: do, Command: name, Payload: payload})
	case '#':
		return c.press(do[1:])
	case '+':
		return c.sends(do[1:])
	case '@':
		return c.do(bot.Event{Kind: bot.Pressed, Choice: do[3:], Rev: int(do[1] - '0')})
	}
	return c.says(do)
}

func TestReceiptsOfEachMode(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, script string
		papers       int
		says         string
	}{
		{"complaint", "#submit|#kind/khieu_nai|#field/dat_dai|#skip|Không đồng ý quyết định thu hồi|#done|#skip|#skip|Người Dân Mẫu 7|#skip|#for_self|#send", 5, "chưa phải là đơn hợp lệ"},
		{"denunciation", "#submit|#kind/to_cao|#unnamed_info|#field/khac|#skip|Chuyện bí mật cần báo|#done|#skip|#send", 2, "chưa phải đơn tố cáo"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice()
			c := o.person(t, "c")
			c.agree()
			for do := range strings.SplitSeq(tt.script, "|") {
				t.Log(do, c.play(do))
			}
			want(t, c.deliver(), tt.says, string(o.cases[0].Code))
			if len(c.notice[0].Papers) != tt.papers {
				t.Errorf("papers %v", c.notice[0].Papers)
			}
			if o.cases[0].Sealed() {
				show := c.press("case/1/show")
				wantNot(t, show+c.command("mycases", ""), "bí mật cần báo")
				want(t, show, "giữ kín")
				if o.accounts[c.peer].Person != (tiepdan.Person{}) {
					t.Error("a denouncer's name is kept")
				}
			}
		})
	}
}

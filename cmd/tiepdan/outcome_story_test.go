package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/store/storetest"
)

// outcome is a way in which a case can go on or end.
type outcome struct {
	fact   string
	kind   tiepdan.Kind
	before []tiepdan.Act // what was done to it until then
	do     tiepdan.Action
	form   []string
	says   []string // what the citizen reads in the chat
	way    string   // the line of the case's way
	paper  string   // the title of the paper that comes with it; "": none does
}

// unnamed is the fact of somebody who told no name.
const unnamed = "returned to who gave no name"

// outcomes are all that a citizen is to be told, with the facts that they are told.
func outcomes(boss, officer tiepdan.Actor) []outcome {
	sign := tiepdan.Act{Do: tiepdan.RecordOriginal, By: boss}
	given := []tiepdan.Act{sign, {Do: tiepdan.Assign, By: boss, Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.Staff}}, {Do: tiepdan.Take, By: officer}}
	taken := append(given[:3:3], tiepdan.Act{Do: tiepdan.Accept, By: boss})
	rests := append(taken[:4:4], tiepdan.Act{Do: tiepdan.Suspend, By: boss, Reason: "Chờ kết quả mẫu", Details: tiepdan.Details{Ground: "complaint.other_result"}})
	return []outcome{
		{"the original came", tiepdan.KhieuNai, nil, tiepdan.RecordOriginal, nil, []string{"đơn có chữ ký"}, "nhận đơn có chữ ký", ""},
		{"more is verified", tiepdan.KhieuNai, given[:1], tiepdan.VerifyMore, []string{"reason", "Cần xem hồ sơ địa chính mẫu"}, []string{"xác minh thêm", "địa chính mẫu"}, "cần xác minh thêm", "Về việc kiểm tra, xác minh nội dung trước khi thụ lý"},
		{"guided", tiepdan.KhieuNai, nil, tiepdan.GuideCitizen, []string{"reason", "Xin gửi đơn đến Sở Mẫu", "body", "Sở Mẫu", "ground", "guide.not_competent"}, []string{"hướng dẫn", "Sở Mẫu", "Mẫu số 02"}, "hướng dẫn đến nơi có thẩm quyền", "PHIẾU HƯỚNG DẪN"},
		{"returned", tiepdan.KienNghi, nil, tiepdan.SendBack, []string{"reason", "Giấy tờ gốc của người khác"}, []string{"trả lại đơn", "Giấy tờ gốc của người khác"}, "trả lại đơn", "Về việc trả lại đơn kiến nghị"},
		{"transferred", tiepdan.PhanAnh, nil, tiepdan.Transfer, []string{"reason", "Ngoài thẩm quyền", "body", "Sở Giao thông Mẫu", "document", "12/PC-MAU"}, []string{"Sở Giao thông Mẫu", "12/PC-MAU"}, "chuyển đến Sở Giao thông Mẫu", "Về việc chuyển đơn phản ánh"},
		{"refused", tiepdan.KhieuNai, given, tiepdan.Refuse, []string{"reason", "Đã quá chín mươi ngày", "ground", "complaint.out_of_time", "document", "13/TB-MAU"}, []string{"không thụ lý", "Đã quá chín mươi ngày", "Điều 11", "13/TB-MAU"}, "không thụ lý", "Về việc không thụ lý giải quyết khiếu nại"},
		{"suspended", tiepdan.KhieuNai, taken, tiepdan.Suspend, []string{"reason", "Chờ kết luận mẫu", "ground", "complaint.other_result", "document", "14/QD-MAU"}, []string{"tạm đình chỉ", "Chờ kết luận mẫu", "14/QD-MAU"}, "tạm đình chỉ", "Về việc tạm đình chỉ giải quyết khiếu nại"},
		{"resumed", tiepdan.KhieuNai, rests, tiepdan.Resume, []string{"reason", "Đã có kết luận mẫu"}, []string{"tiếp tục", "Đã có kết luận mẫu"}, "tiếp tục giải quyết", "Về việc tiếp tục giải quyết khiếu nại"},
		{"terminated", tiepdan.KhieuNai, taken, tiepdan.Terminate, []string{"reason", "Đã rút toàn bộ", "ground", "complaint.withdrawn", "document", "15/QD-MAU"}, []string{"đình chỉ", "Đã rút toàn bộ", "15/QD-MAU"}, ": đình chỉ", "Về việc đình chỉ giải quyết khiếu nại"},
		{"withdrawn", tiepdan.KhieuNai, given, tiepdan.RecordWithdrawal, nil, []string{"đơn rút có chữ ký"}, "nhận đơn rút", ""},
		{"filed away", tiepdan.PhanAnh, nil, tiepdan.FileAway, []string{"reason", "Trùng đơn đã nhận", "ground", "file.same_content"}, []string{"lưu", "Trùng đơn đã nhận", "một năm"}, "lưu đơn", ""},
		{unnamed, tiepdan.PhanAnh, nil, tiepdan.SendBack, []string{"reason", "Giấy tờ gốc của người khác"}, []string{"trả lại đơn", "Giấy tờ gốc của người khác"}, "trả lại đơn", ""},
		{"a denunciation is verified", tiepdan.ToCao, nil, tiepdan.VerifyMore, []string{"reason", "Cần thêm thời gian"}, []string{"xác minh thêm"}, "cần xác minh thêm", ""},
	}
}

// TestEachOutcomeIsTold has one office do everything that can become of a petition:
// the citizen reads it in the chat, with its ground, and on the case's way.
func TestEachOutcomeIsTold(t *testing.T) {
	t.Parallel()
	o := openOffice(t, "polling")
	boss, _ := o.hire("truongban", tiepdan.BoardHead, "")
	o.hire("canbo", tiepdan.Officer, "ha-tang")
	rows := outcomes(o.actor("truongban"), o.actor("canbo"))
	people, cases := make([]*simulator.User, len(rows)), make([]tiepdan.Case, len(rows))
	for i, x := range rows {
		people[i], cases[i] = o.filed(i, x)
	}
	for i, x := range rows {
		boss.act(cases[i].Code, x.do, fields(x.form...))
	}
	for i, x := range rows {
		o.isTold(people[i], cases[i], x)
	}
	for i, x := range rows {
		if x.paper == "" && len(letters(people[i])) > 0 {
			t.Errorf("%s: a paper comes with it: %s", x.fact, letters(people[i])[0].Name)
		}
	}
	all := o.dump()
	if !strings.Contains(all, nameOf(0)) {
		t.Error("the dump shows nothing")
	}
	for i, x := range rows {
		if x.kind == tiepdan.ToCao && strings.Contains(all, nameOf(i)) {
			t.Error("the denouncer's name is kept")
		}
	}
	o.refusedNothing()
}

func nameOf(i int) string { return fmt.Sprintf("Người Dân Mẫu Số %03d", i+1) }

// actor is a member of staff as acts name them.
func (o *office) actor(login string) tiepdan.Actor {
	o.t.Helper()
	ctx, cancel := o.context()
	defer cancel()
	s, _, err := o.store.StaffByLogin(ctx, login)
	o.must(err)
	return s.Actor()
}

// filed is a citizen whose petition stands where the outcome begins.
func (o *office) filed(i int, x outcome) (*simulator.User, tiepdan.Case) {
	o.t.Helper()
	u := o.sim.User(simulator.Person{Name: nameOf(i), Lang: "vi", Phone: "0900000001"})
	u.Start("")
	o.await(u, func() bool { return hasButton(screen(u), "📂 Hồ sơ của tôi") })
	p := storetest.Petition(x.kind, complaint, func(p *tiepdan.Petition) {
		p.Field, p.Place = "ha_tang", "mau-dong"
		if p.Person.Name = nameOf(i); x.fact == unnamed {
			p.Person, p.Anonymous = tiepdan.Person{}, true
		}
		if x.kind == tiepdan.KhieuNai {
			p.Mode, p.Respondent = tiepdan.Prepare, "UBND Phường Mẫu"
		} else if x.kind == tiepdan.ToCao {
			p.Mode = tiepdan.Guide
		}
	})
	c := storetest.File(o.t, o.store, p, storetest.Filing(peerOf(u), time.Now()))
	for _, a := range x.before {
		a.At = time.Now()
		var err error
		c, _, err = o.store.UpdateCase(o.t.Context(), c.ID, a.Apply)
		o.must(err)
	}
	return u, c
}

// isTold checks the words in the chat and the case's way.
func (o *office) isTold(u *simulator.User, c tiepdan.Case, x outcome) {
	o.t.Helper()
	o.await(u, func() bool {
		return slices.ContainsFunc(u.Messages(), func(m simulator.Message) bool {
			return m.FromBot && holdsAll(m.Text, append(x.says[:len(x.says):len(x.says)], string(c.Code)))
		})
	})
	if x.kind == tiepdan.ToCao && heard(u, complaint) {
		o.t.Errorf("%s: it tells what was denounced", x.fact)
	}
	if x.paper != "" {
		o.getsPaper(u, c, x)
	}
	u.Start("")
	o.tap(u, "📂 Hồ sơ của tôi")
	o.pressLike(u, string(c.Code))
	o.shows(u, string(c.Code), "Đã qua", x.way)
}

// letters are the office's papers in u's chat: not the receipt, nor what is to be signed.
func letters(u *simulator.User) (fs []simulator.File) {
	for _, m := range u.Messages() {
		for _, f := range m.Files {
			given := slices.ContainsFunc([]string{"phieu-tiep-nhan-", "don-khieu-nai-", "giay-to-can-mang-"}, func(p string) bool { return strings.HasPrefix(f.Name, p) })
			if m.FromBot && !given && (f.MIME == pdfType || f.MIME == docxType) {
				fs = append(fs, f)
			}
		}
	}
	return fs
}

// getsPaper waits for the outcome's paper and reads it as a foreign reader does.
func (o *office) getsPaper(u *simulator.User, c tiepdan.Case, x outcome) {
	o.t.Helper()
	read := ""
	o.await(u, func() bool {
		for _, f := range letters(u) {
			if strings.HasPrefix(string(f.Bytes), "%PDF") {
				if read = pdfText(o.t, f.Bytes); strings.Contains(read, x.paper) {
					return true
				}
			}
		}
		return false
	})
	for _, want := range []string{string(c.Code), c.Person.Name, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "BAN TIẾP CÔNG DÂN TỈNH MẪU", x.form[1] + "."} {
		if !strings.Contains(read, want) {
			o.t.Errorf("%s: the paper doesn't say %q: %s", x.fact, want, read)
		}
	}
}

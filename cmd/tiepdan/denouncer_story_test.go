package main

import (
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/bot/telegram/simulator"
)

const (
	ownName   = "Người Dân Mẫu Ẩn Thân"
	ownFile   = "Nguoi-Dan-Mau-An-Than.png"
	ownNumber = "0900000955"
	loudName  = "Người Dân Mẫu Nói Rõ"
	loudCall  = "0900000944"
	accused   = "Cán bộ Mẫu nhận tiền khi cấp phép xây dựng ở phố Mẫu."
)

// denouncing is how information is given without a name, as far as its content.
var denouncing = []turn{{"Kính chào", "📝 Gửi đơn, phản ánh"}, {"dữ liệu cá nhân", "✅ Đồng ý"}, {"muốn gửi loại nào", "Tố cáo"},
	{"xin đọc trước khi viết", "🕶 Gửi thông tin không nêu tên"}, {"về lĩnh vực nào", "Xây dựng, trật tự đô thị"}, {"ở địa bàn nào", "Phường Mẫu Đông"}}

// TestADenouncersName follows a name and a number that a denouncer typed in the chat: they
// are asked to take them out, and who does so is nowhere; who doesn't is in their own
// words alone, which only those read who are named for it.
func TestADenouncersName(t *testing.T) {
	t.Parallel()
	w := openDenounced(t)
	heeds := w.denounces(ownName, ownNumber, true)
	heeds.adds()
	keeps := w.denounces(loudName, loudCall, false)
	w.await(w.officerPhone, func() bool { return heard(w.officerPhone, string(heeds.code)) })
	all := w.all()
	w.isNowhere(all, ownName, "Người Dân Mẫu Ẩn", ownFile, ownNumber, "900000955", "0900 000 955")
	w.isInItsWordsAlone(all, keeps.code)
	w.isOnNoPage(heeds.code, keeps.code)
	w.isToldToNobody(heeds.code, keeps.code)
	w.refusedNothing()
}

// denounced is an office with people who are cleared for denunciations and others.
type denounced struct {
	*office
	boss, desk, officer                *browser
	bossPhone, deskPhone, officerPhone *simulator.User
}

// denunciation is one, and who told of it.
type denunciation struct {
	*denounced
	who     *simulator.User
	receipt int
	code    tiepdan.CaseCode
}

func openDenounced(t *testing.T) *denounced {
	w := &denounced{office: openOffice(t, "polling")}
	w.boss, w.bossPhone = w.hire("truongban", tiepdan.BoardHead, "")
	w.desk, w.deskPhone = w.hire("tiepnhan", tiepdan.Receptionist, "")
	w.officer, w.officerPhone = w.hire("canbo", tiepdan.Officer, "ha-tang")
	w.clear("canbo")
	return w
}

// denounces is somebody who tells their name, their number and what they know, in one
// message, and offers their card and a file of their name.
func (w *denounced) denounces(name, number string, heeds bool) *denunciation {
	w.t.Helper()
	d := &denunciation{denounced: w, who: w.sim.User(simulator.Person{Name: name, Lang: "vi", Phone: number})}
	d.who.Start("")
	w.talk(d.who, denouncing...)
	w.shows(d.who, "Nội dung tố cáo", "Xin không ghi họ tên")
	sent := d.who.Send("Tôi tên là " + name + ", số " + number + ". " + accused)
	w.hear(d.who, "không cần danh tính người tố cáo")
	if heeds {
		w.must(d.who.Edit(sent.ID, accused))
		w.hear(d.who, "Đã sửa theo tin")
	}
	w.talk(d.who, turn{"Đã ghi 1 đoạn", "✅ Xong"})
	w.shows(d.who, "tài liệu gửi kèm")
	d.who.ShareContact(true)
	w.hear(d.who, "không cần số điện thoại")
	d.who.SendDocument(ownFile, "image/png", samplePicture(w.t))
	w.talk(d.who, turn{"Đã nhận 1 tệp", "✅ Xong"}, turn{"không nêu tên, không lưu danh tính", "📨 Gửi"})
	receipt := w.hear(d.who, "PHIẾU TIẾP NHẬN")
	d.receipt, d.code = receipt.ID, w.codeIn(receipt)
	assignTo(w.office, w.boss, d.code, "canbo")
	return d
}

// adds is a word more, by an answer to the receipt; it has no name.
func (d *denunciation) adds() {
	d.t.Helper()
	d.who.Reply(d.receipt, "Việc ấy lại xảy ra sáng nay ở phố Mẫu.")
	ctx, cancel := d.context()
	defer cancel()
	d.await(d.who, func() bool {
		c, err := d.store.CaseByCode(ctx, d.code)
		d.must(err)
		return slices.ContainsFunc(c.History, func(e tiepdan.Entry) bool { return e.Do == tiepdan.Add })
	})
}

// isNowhere looks for words in all that is kept, and in the log.
func (w *denounced) isNowhere(all string, words ...string) {
	w.t.Helper()
	for _, said := range words {
		if kept := kept(all, said); len(kept) > 0 {
			w.t.Errorf("%q is kept in %v", said, kept)
		}
		if strings.Contains(w.log.String(), said) {
			w.t.Errorf("the log tells %q", said)
		}
	}
	if kept := kept(all, accused); len(kept) == 0 {
		w.t.Error("nobody finds what is kept, either")
	}
}

// isInItsWordsAlone is a name that its bearer left where they had written it.
func (w *denounced) isInItsWordsAlone(all string, code tiepdan.CaseCode) {
	w.t.Helper()
	for _, secret := range []string{loudName, loudCall} {
		if kept := kept(all, secret); !slices.Equal(kept, []string{"public.cases", "public.entries"}) {
			w.t.Errorf("%q in a denunciation's words is kept in %v", secret, kept)
		}
		if strings.Contains(w.log.String(), secret) {
			w.t.Errorf("the log tells %q", secret)
		}
	}
	if page := wordsOf(w.boss.get("/cases/" + string(code))); !strings.Contains(page, loudName) {
		w.t.Errorf("who is named for it doesn't read the words: %s", page)
	}
}

// staffPages are those on which a case, a person or a deed might be named.
var staffPages = []string{"/inbox", "/cases", "/approvals", "/tasks", "/results", "/transfers", "/stored", "/people", "/audit", "/book", "/desk", "/directives",
	"/reports/overdue", "/reports/satisfaction", "/reports/receptions"}

// isOnNoPage walks through the site as those who are cleared and as one who isn't.
func (w *denounced) isOnNoPage(heeds, keeps tiepdan.CaseCode) {
	w.t.Helper()
	for who, b := range map[string]*browser{"the head": w.boss, "the officer": w.officer, "the desk": w.desk} {
		paths := slices.Clone(staffPages)
		for _, asked := range []string{loudName, ownName, ownNumber, loudCall} {
			paths = append(paths, "/cases?"+fields("q", asked).Encode())
		}
		paths = append(paths, "/cases/"+string(heeds), "/cases/"+string(heeds)+"/papers/handover", "/cases/"+string(keeps)+"/papers/handover", "/cases.xlsx")
		if b == w.desk {
			paths = append(paths, "/cases/"+string(keeps))
		}
		read := 0
		for _, path := range paths {
			got := b.ask(http.MethodGet, path, nil)
			if got.status != http.StatusOK {
				continue
			}
			read++
			page, searched := w.textIn(got), strings.Contains(path, "q=")
			for _, secret := range []string{loudName, ownName, ownNumber, loudCall, ownFile} {
				if !searched && strings.Contains(page, secret) {
					w.t.Errorf("%s reads %q on %s", who, secret, path)
				}
			}
			if searched && (strings.Contains(page, string(heeds)) || strings.Contains(page, string(keeps))) {
				w.t.Errorf("%s finds a denunciation by %s", who, path)
			}
		}
		if read < 6 {
			w.t.Errorf("%s reads %d pages", who, read)
		}
	}
}

// textIn is what a page, a paper or a workbook says.
func (w *denounced) textIn(a answer) string {
	switch kind := a.header.Get("Content-Type"); {
	case strings.HasPrefix(kind, pdfType):
		return pdfText(w.t, []byte(a.body))
	case strings.Contains(kind, "spreadsheet"):
		var all []string
		for _, row := range cellsOf(w.t, a.body) {
			all = append(all, row...)
		}
		return strings.Join(all, " ")
	}
	return a.body
}

// isToldToNobody is what the chats of staff say of it: its code.
func (w *denounced) isToldToNobody(codes ...tiepdan.CaseCode) {
	w.t.Helper()
	for _, code := range codes {
		w.hear(w.officerPhone, string(code))
	}
	for _, u := range []*simulator.User{w.bossPhone, w.deskPhone, w.officerPhone} {
		for _, m := range u.Messages() {
			for _, secret := range []string{ownName, loudName, ownNumber, loudCall, ownFile, "phố Mẫu", "Tố cáo"} {
				if m.FromBot && strings.Contains(m.Text, secret) {
					w.t.Errorf("staff are told %q: %s", secret, m.Text)
				}
			}
			if m.FromBot && len(m.Files) > 0 {
				w.t.Errorf("a file of a denunciation came into a chat: %+v", m)
			}
		}
	}
}

// all is what the office keeps: every table, every key of Redis, every file with its name.
func (w *denounced) all() string {
	w.t.Helper()
	var b strings.Builder
	b.WriteString(w.dump())
	for _, v := range w.env {
		folder, ok := strings.CutPrefix(v, "ATTACHMENTS_URL=")
		if !ok {
			continue
		}
		w.must(filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(path)
			fmt.Fprintf(&b, "\nfolder.files\n%s %q\n", d.Name(), data)
			return err
		}))
	}
	if !strings.Contains(b.String(), "\nfolder.files\n") {
		w.t.Error("no file is kept")
	}
	return b.String()
}

// kept names the tables and folders of all that is kept that hold these words, as text or as bytes.
func kept(all, words string) (in []string) {
	at, bytes := "", fmt.Sprintf("%x", words)
	for line := range strings.SplitSeq(all, "\n") {
		if tableName.MatchString(line) {
			at = line
		}
		if (strings.Contains(line, words) || strings.Contains(line, bytes)) && !slices.Contains(in, at) {
			in = append(in, at)
		}
	}
	slices.Sort(in)
	return in
}

// tableName is the line with which a table begins in what [office.dump] returns.
var tableName = regexp.MustCompile(`^[a-z_]+\.[a-z_]+$`)

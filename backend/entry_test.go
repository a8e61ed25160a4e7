package backend_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan"
)

// named is an entry's form with what every entry has.
func named(ref string, a tiepdan.Appointment, more ...string) []string {
	return append([]string{"ref", ref, "appointment", id(a.ID), "name", "Người Dân Mẫu 1", "id_number", "000000000001", "address", "Số 1, đường Mẫu",
		"id_seen", "1", "people", "1", "content", "Trình bày về một việc mẫu, đủ dài"}, more...)
}

func TestEntryIsWrittenOnceHoweverOftenItIsSent(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	a := s.booked(d, "Người Dân Mẫu 1")
	ref, shown := p.calls(d, a)
	if shown.value("#f-name", "value") != "Người Dân Mẫu 1" {
		t.Errorf("the name has to be typed again: %q", shown.value("#f-name", "value"))
	}
	form := named(ref, a, "kind", "kien_nghi", "result", "settled", "handling", "Đã giải thích")
	status, first := p.enters(desk(d)+"/entry", form...)
	_, again := p.enters(desk(d)+"/entry", form...)
	if status != http.StatusOK || first.Where == "" || again.Where != first.Where {
		t.Fatalf("%d %+v, then %+v", status, first, again)
	}
	es := s.entries(t)
	if len(es) != 1 || es[0].Person.Name != "Người Dân Mẫu 1" || es[0].Number != 1 || !es[0].IDSeen || es[0].By != p.ID {
		t.Errorf("%+v", es)
	}
	if got := p.get(first.Where); !strings.Contains(got.text(".done"), "số 1/") || !strings.Contains(got.text(".over-lines"), "Người Dân Mẫu 1") {
		t.Errorf("%s", got.text("main"))
	}
}

func TestPetitionThatIsTakenInBecomesACase(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	a := s.booked(d, "Người Dân Mẫu 1")
	ref, _ := p.calls(d, a)
	form := named(ref, a, "kind", "khieu_nai", "field", "dat_dai", "place", "P1", "signed", "1", "respondent", "Phòng Mẫu", "result", "taken_in")
	got := p.post(desk(d)+"/entry", form...)
	p.post(desk(d)+"/entry", form...)
	c := s.taken()
	if c.Kind != tiepdan.KhieuNai || c.Status != tiepdan.Received || c.Person.IDNumber != "000000000001" || c.Place != "P1" || c.Respondent != "Phòng Mẫu" {
		t.Errorf("%+v", c)
	}
	if es := s.entries(t); len(es) != 1 || es[0].Case != c.ID || es[0].CaseCode != c.Code {
		t.Errorf("the entry isn't of the case: %+v", es)
	}
	paper := func(kind string) bool {
		return got.has(".done a[href=/cases/" + string(c.Code) + "/papers/" + kind + "]")
	}
	if !paper("receipt") || !paper("handover") || paper("petition") {
		t.Errorf("what is signed and handed in isn't confirmed, or is to be signed again: %s", got.text(".done"))
	}
}

func TestEachResultAsksForWhatItNeeds(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	answer := tiepdan.DateOf(time.Now()).Add(10)
	for result, c := range map[string]struct {
		lacks []string
		says  string
		has   []string
		paper string
	}{
		"transfer": {nil, "được chuyển đến", []string{"body", "Sở Mẫu"}, ""},
		"refused":  {[]string{"ground", "final"}, "thông báo", []string{"ground", "final", "ground_text", "Thông báo số 01 mẫu"}, "refusal"},
		"promised": {nil, "ngày hẹn", []string{"answer_by", answer.String()}, "answer-date"},
		"taken_in": {nil, "lĩnh vực", []string{"field", "moi_truong"}, ""},
	} {
		t.Run(result, func(t *testing.T) {
			a := s.booked(d, "Người Dân Mẫu "+result)
			ref, _ := p.calls(d, a)
			form := named(ref, a, "kind", "phan_anh", "result", result, "signed", "1")
			bad := p.post(desk(d)+"/entry", append(form, c.lacks...)...)
			if bad.status != http.StatusUnprocessableEntity || !strings.Contains(strings.ToLower(bad.text(".entry-said")), c.says) {
				t.Errorf("%d %q", bad.status, bad.text(".entry-said"))
			}
			if bad.value("#entry input[name=ref]", "value") != ref || bad.text("#f-content") != "Trình bày về một việc mẫu, đủ dài" ||
				!bad.has("#entry input[value="+result+"]") || bad.value("#f-address", "value") != "Số 1, đường Mẫu" {
				t.Errorf("typed and lost: %s", bad.text("#entry"))
			}
			status, v := p.enters(desk(d)+"/entry", append(form, c.lacks...)...)
			if status != http.StatusUnprocessableEntity || v.Said == "" {
				t.Errorf("the script is told %d %+v", status, v)
			}
			good := p.post(desk(d)+"/entry", append(form, c.has...)...)
			if !good.has(".done") {
				t.Fatalf("%d %s", good.status, good.text(".entry-said"))
			}
			if c.paper == "" {
				return
			}
			link := ""
			for _, n := range good.all(".done a") {
				if strings.HasSuffix(value(n, "href"), "/"+c.paper) {
					link = value(n, "href")
				}
			}
			if got := p.get(link); got.header.Get("Content-Type") != "application/pdf" {
				t.Errorf("%q is %s", link, got.header.Get("Content-Type"))
			}
		})
	}
}

func TestGroupHasItsSpokesmen(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, d := s.staff(tiepdan.Receptionist, "", false), s.reception(true)
	a := s.booked(d, "Người Dân Mẫu 1")
	ref, _ := p.calls(d, a)
	form := func(spokesmen string) []string {
		f := named(ref, a, "kind", "khieu_nai", "result", "guided", "representatives", spokesmen)
		for i := range f {
			if f[i] == "people" {
				f[i+1] = "7"
			}
		}
		return f
	}
	for _, wrong := range []string{"", "Người Dân Mẫu 1\nNgười Dân Mẫu 2\nNgười Dân Mẫu 3"} {
		if status, v := p.enters(desk(d)+"/entry", form(wrong)...); status != http.StatusUnprocessableEntity || !strings.Contains(v.Said, "đại diện") {
			t.Errorf("%q: %d %+v", wrong, status, v)
		}
	}
	alone := named(ref, a, "kind", "khieu_nai", "result", "guided", "representatives", "Người Dân Mẫu 1\nNgười Dân Mẫu 2")
	if status, v := p.enters(desk(d)+"/entry", alone...); status != http.StatusUnprocessableEntity || !strings.Contains(v.Said, "số người") {
		t.Errorf("of one person: %d %+v", status, v)
	}
	p.enters(desk(d)+"/entry", form("Người Dân Mẫu 1\nNgười Dân Mẫu 2")...)
	if es := s.entries(t); len(es) != 1 || !es[0].InGroup() || len(es[0].Spokesmen) != 2 {
		t.Errorf("%+v", es)
	}
}

func TestDenouncerIsNotNamedInTheBookAndWhoIsNotClearedReadsNothing(t *testing.T) {
	t.Parallel()
	for name, kind := range map[string][]string{"kind": {"kind", "to_cao", "field", "dat_dai"}, "field": {"kind", "phan_anh", "field", "tham_nhung"}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newSite(t)
			p, cleared, d := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.BoardHead, "", true), s.reception(true)
			a := s.booked(d, "Người Dân Mẫu Kín")
			ref, _ := p.calls(d, a)
			form := append([]string{"ref", ref, "appointment", id(a.ID), "name", "Người Dân Mẫu Kín", "phone", "0900000009", "people", "1",
				"content", "Nội dung tố cáo mẫu rất kín", "handling", "Xử lý mẫu rất kín", "result", "taken_in"}, kind...)
			_, v := p.enters(desk(d)+"/entry", form...)
			if done := p.get(v.Where); done.status != http.StatusOK || !done.has(".done") {
				t.Errorf("%s is %d", v.Where, done.status)
			}
			es := s.entries(t)
			if len(es) != 1 || !es[0].Sealed() || !es[0].Person.IsZero() || es[0].Case == 0 {
				t.Fatalf("%+v", es)
			}
			entry := "/book/" + id(es[0].ID)
			for _, path := range []string{v.Where, desk(d), "/book", "/book?words=kin", "/book?words=noi+dung", entry, desk(d) + "/dossier", desk(d) + "/book"} {
				if got := p.get(path); strings.Contains(got.body, "rất kín") || strings.Contains(got.body, "Mẫu Kín") || strings.Contains(got.body, "0900000009") {
					t.Errorf("%s shows it: %s", path, got.text("main"))
				}
			}
			if got := p.get(entry + "/correct"); got.status != http.StatusForbidden {
				t.Errorf("who isn't cleared corrects it: %d", got.status)
			}
			if got := p.get("/book"); !strings.Contains(got.text(".book"), "Giữ bí mật danh tính") || strings.Contains(got.body, "book.handled") || got.text(".b12") != "" {
				t.Errorf("the line: %s", got.text(".book"))
			}
			got := cleared.get(entry)
			if !strings.Contains(got.body, "Nội dung tố cáo mẫu rất kín") || strings.Contains(got.body, "Mẫu Kín") {
				t.Errorf("the cleared see %s", got.text("main"))
			}
			rows, _, err := s.store.AuditList(t.Context(), tiepdan.AuditFilter{Staff: cleared.ID})
			if err != nil || len(rows) == 0 {
				t.Errorf("the look isn't recorded: %v", err)
			}
		})
	}
}

func TestCorrectionStandsBesideWhatWas(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p, other, d := s.staff(tiepdan.Receptionist, "", false), s.staff(tiepdan.BoardHead, "", true), s.reception(true)
	a := s.booked(d, "Người Dân Mẫu 1")
	ref, _ := p.calls(d, a)
	p.enters(desk(d)+"/entry", named(ref, a, "kind", "kien_nghi", "result", "guided", "guided_to", "Sở Mẫu")...)
	entry := "/book/" + id(s.entries(t)[0].ID)
	form := p.get(entry + "/correct")
	if form.value("#f-guided_to", "value") != "Sở Mẫu" || form.value("#entry input[name=expected]", "value") != "1" {
		t.Fatalf("the form doesn't have what stands: %s", form.text("#entry"))
	}
	fix := named(form.value("#entry input[name=ref]", "value"), a, "expected", "1", "kind", "kien_nghi", "result", "guided", "guided_to", "UBND phường Mẫu 1")
	if got := p.post(entry, fix...); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(".entry-said"), "lý do") {
		t.Errorf("without a reason: %d %q", got.status, got.text(".entry-said"))
	}
	got := p.post(entry, append(fix, "why", "Ghi nhầm cơ quan")...)
	if len(got.all(".versions td.changed")) != 1 || !strings.Contains(got.text(".versions td.changed"), "UBND phường Mẫu 1") ||
		!strings.Contains(got.text(".versions"), "Sở Mẫu") || !strings.Contains(got.text(".why-said"), "Ghi nhầm cơ quan") {
		t.Errorf("%d %s", got.status, got.text("main"))
	}
	if late := other.post(entry, append(fix, "why", "Sửa theo bản cũ")...); late.status != http.StatusConflict || late.value("#f-guided_to", "value") != "UBND phường Mẫu 1" {
		t.Errorf("who corrects an old version: %d %s", late.status, late.text(".entry-said"))
	}
	if got := p.get("/book"); !strings.Contains(got.text(".book .badge"), "đính chính 1 lần") {
		t.Errorf("the book doesn't mark it: %s", got.text(".book"))
	}
	if reader := s.staff(tiepdan.Auditor, "", false); reader.get(entry).has("a[href="+entry+"/correct]") || reader.get(entry+"/correct").status != http.StatusForbidden {
		t.Error("an auditor corrects")
	}
}

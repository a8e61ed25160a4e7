package tiepdan

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// filling is a case with all that templates ask for; what is said is its key.
func filling(k Kind) Filling {
	r := rulesOf2026()
	r.Office.Name = "Ủy ban nhân dân phường Mẫu"
	r.Fields = []Field{{Code: "dat_dai", Name: "Đất đai", Active: true}}
	r.Units = []Unit{{ID: 3, Name: "Phòng Kinh tế", Active: true}}
	c := Case{Code: "TD26-0000-0000", Kind: k, Field: "dat_dai", Unit: 3, Round: 1, Received: on("2026-11-16").At(9 * 60), Person: Person{Name: "Người Dân Mẫu 1", Address: "Số 1, đường Mẫu"}}
	return Filling{Case: c, Rules: r, Today: on("2026-11-23"), Details: Details{Signer: "Lãnh đạo Mẫu", Next: "court"}, Say: func(key string, args any) string {
		if s, ok := args.(string); ok && s != "" {
			return key + "/" + s
		}
		return key
	}}
}

func TestTemplatesAreFilled(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		kind Kind
		body string
		want string
	}{
		{"facts of the case", KhieuNai, "{{mã đơn}}, {{lĩnh vực}}, {{ngày tiếp nhận}}, {{đơn vị giải quyết}}", "TD26-0000-0000, Đất đai, 16/11/2026, Phòng Kinh tế"},
		{"capitals and spaces don't matter", KhieuNai, "{{ Họ  Tên }}", "Người Dân Mẫu 1"},
		{"the Word templates' name does, too", KhieuNai, "{{.Code}}", "TD26-0000-0000"},
		{"what the form says", KhieuNai, "{{người ký}} {{quyền khiếu nại tiếp theo}}", "Lãnh đạo Mẫu filling.right/court"},
		{"what is unknown stays a gap", KhieuNai, "Thụ lý ngày {{ngày thụ lý}}.", "Thụ lý ngày [… ngày thụ lý]."},
		{"no field", KhieuNai, "Kính gửi [… tên] }", "Kính gửi [… tên] }"},
		{"of a sealed case, its code", ToCao, "{{mã đơn}} {{họ tên}} {{địa chỉ}} {{lĩnh vực}} {{đơn vị giải quyết}} {{kính gửi}}",
			"TD26-0000-0000 [… họ tên] [… địa chỉ] [… lĩnh vực] [… đơn vị giải quyết] filling.to"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			if got := filling(test.kind).Fill(test.body); got != test.want {
				t.Errorf("%q", got)
			}
		})
	}
}

func TestACorruptionCaseIsFilledWithItsCodeOnly(t *testing.T) {
	t.Parallel()
	f := filling(PhanAnh)
	f.Case.Corruption = true
	for _, field := range TemplateFields() {
		got := f.Fill("{{" + field.Name + "}}")
		if !field.Open && len(Gaps(got)) != 1 || strings.Contains(got, "Mẫu 1") {
			t.Errorf("%s: %q", field.Name, got)
		}
	}
}

func TestWhatACitizenTypedIsNoMark(t *testing.T) {
	t.Parallel()
	f := filling(PhanAnh)
	f.Case.Person.Name = "[… x] {{mã đơn}}"
	if got := f.Fill("{{họ tên}}"); len(Gaps(got)) != 0 || strings.Contains(got, "TD26") {
		t.Errorf("%q", got)
	}
}

func TestUnknownFieldsAreNamed(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{"{{ho ten}}": "họ tên", "{{mã đợn}}": "mã đơn", "{{ngày tiếp nhân}}": "ngày tiếp nhận"} {
		err := CheckTemplate(body)
		e, ok := errors.AsType[*Error](err)
		if !ok || e.Key != "answer_template.field_unknown" || e.Args["Near"] != want {
			t.Errorf("%s: %v", body, err)
		}
	}
	for _, body := range []string{"{{mã đơn", "mã đơn}}", "{{mã đơn}} }}"} {
		if e, ok := errors.AsType[*Error](CheckTemplate(body)); !ok || e.Key != "answer_template.mark_open" {
			t.Errorf("%s is taken", body)
		}
	}
}

func TestBuiltInTemplatesAreValid(t *testing.T) {
	t.Parallel()
	keys := map[string]bool{}
	for _, tpl := range BuiltInTemplates() {
		if err := tpl.Valid(); err != nil || tpl.Source == "" || !tpl.BuiltIn() || keys[tpl.Key] || len(tpl.Key) > 30 {
			t.Errorf("%s: %v", tpl.Key, err)
		}
		keys[tpl.Key] = true
	}
	r := &Rules{Templates: AnswerTemplates(nil)}
	for _, k := range Kinds() {
		for _, f := range Findings(k) {
			ts := r.TemplatesFor(Case{Kind: k}, Propose, f)
			if len(ts) == 0 || ts[0].Result != f {
				t.Errorf("%s, %s: nothing for it comes first", k, f)
			}
		}
	}
}

func TestTheBestTemplateComesFirst(t *testing.T) {
	t.Parallel()
	r := &Rules{Templates: []AnswerTemplate{
		{Key: "b.any", Do: Answer, Active: true}, {Key: "b.kind", Do: Answer, Kinds: []Kind{KhieuNai}, Active: true}, {Key: "o1", Do: Answer, Kinds: []Kind{KhieuNai}, Active: true},
		{Key: "b.wrong", Do: Answer, Result: "wrong", Active: true}, {Key: "b.right", Do: Answer, Result: "right", Active: true}, {Key: "b.done", Do: Answer, Result: "done", Active: true},
		{Key: "b.off", Do: Answer}, {Key: "b.other", Do: Answer, Kinds: []Kind{PhanAnh}, Active: true}, {Key: "b.progress", Do: Progress, Active: true}}}
	for result, want := range map[string]string{"wrong": "b.wrong o1 b.kind b.any", "": "o1 b.kind b.any b.wrong b.right"} {
		var got []string
		for _, tpl := range r.TemplatesFor(Case{Kind: KhieuNai}, Propose, result) {
			got = append(got, tpl.Key)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v", result, got)
		}
	}
}

func TestGapsBlockWhatTheCitizenReads(t *testing.T) {
	t.Parallel()
	c := Case{Kind: PhanAnh, Status: InProgress, Unit: 3, Officer: 5}
	by := Actor{Role: Officer, Staff: 5, Unit: 3}
	for _, do := range []Action{Propose, Answer, AskMore, Tell, Progress} {
		_, _, err := Act{Do: do, By: by, At: on("2026-11-23").At(600), Text: "Đã làm [… việc].", Details: Details{Until: on("2026-12-01")}}.Apply(c)
		if e, ok := errors.AsType[*Error](err); !ok || e.Key != "act.gaps_left" || e.Args["Gap"] != "[… việc]" {
			t.Errorf("%s: %v", do, err)
		}
	}
	if _, _, err := (Act{Do: Note, By: by, At: on("2026-11-23").At(600), Text: "[… việc]"}).Apply(c); err != nil {
		t.Error(err)
	}
}

func TestFillingKeepsWhatIsNoField(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		f := filling(rapid.SampledFrom(Kinds()).Draw(t, "kind"))
		plain := rapid.SliceOfN(rapid.StringMatching(`[^{}]{0,12}`), 2, 6).Draw(t, "plain")
		var body, want strings.Builder
		for i, p := range plain {
			body.WriteString(p)
			want.WriteString(p)
			if i < len(plain)-1 {
				mark := "{{" + rapid.SampledFrom(templateFields).Draw(t, "field").Name + "}}"
				body.WriteString(mark)
				want.WriteString(f.Fill(mark))
			}
		}
		got := f.Fill(body.String())
		if got != want.String() {
			t.Fatalf("%q, not %q", got, want.String())
		}
		if f.Fill(got) != got {
			t.Fatal("what is filled changes when it is filled again")
		}
		if strings.Contains(got, "{{") {
			t.Fatalf("a mark is left in %q", got)
		}
	})
}

func TestTheOfficesOrderHolds(t *testing.T) {
	t.Parallel()
	first := BuiltInTemplates()[0].Key
	ts := AnswerTemplates([]AnswerTemplate{{Key: "o1", Place: 0, Active: true}, {Key: first, Place: 1000}, {Key: "b.gone", Place: 1}})
	if ts[0].Key != "o1" || ts[len(ts)-1].Key != first || ts[len(ts)-1].Active || ts[len(ts)-1].Body == "" {
		t.Errorf("%s … %+v", ts[0].Key, ts[len(ts)-1])
	}
	if slices.ContainsFunc(ts, func(tpl AnswerTemplate) bool { return tpl.Key == "b.gone" }) {
		t.Error("one that isn't brought any more is offered")
	}
}

func TestAWordAboutAnAcceptanceIsForAnAcceptedCase(t *testing.T) {
	t.Parallel()
	r := rulesOf2026()
	r.Templates = append(AnswerTemplates(nil), AnswerTemplate{Key: "o1", Do: Tell, Body: "Mời Ông/Bà đến {{cơ quan}}.", Active: true})
	c := Case{Kind: KienNghi, Status: InProgress, Received: on("2026-11-16").At(9 * 60), History: []Entry{{N: 1, Do: Submit, At: on("2026-11-16").At(9 * 60)}}}
	taken := c
	taken.Accepted = true
	taken.History = append(slices.Clone(c.History), Entry{N: 2, Do: Accept, At: on("2026-11-17").At(9 * 60)})
	ended := taken
	ended.Status = Closed
	for name, test := range map[string]struct {
		c    Case
		want bool
	}{"not accepted": {c, false}, "accepted": {taken, true}, "accepted and closed": {ended, false}} {
		ts := r.TemplatesFor(test.c, Tell, "")
		has := func(key string) bool {
			return slices.ContainsFunc(ts, func(t AnswerTemplate) bool { return t.Key == key })
		}
		if has("b.accepted") != test.want || !has("o1") {
			t.Errorf("%s: %v", name, ts)
		}
	}
}

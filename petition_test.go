package tiepdan

import (
	"strings"
	"testing"
)

func TestPetitionSetters(t *testing.T) {
	t.Parallel()
	p := petition(PhanAnh)
	for _, x := range []struct {
		fact string
		err  error
		key  string
	}{
		{"a name of one letter", p.SetName("A"), "petition.name_length"},
		{"a name that goes on", p.SetName(strings.Repeat("dài ", 99)), "petition.name_length"},
		{"a phone of words", p.SetPhone("không có"), "petition.phone_form"},
		{"content of nothing", p.AddContent("", " \u200b ", now), "petition.content_empty"},
		{"content beyond the limit", p.AddContent("", strings.Repeat("ơ", MaxContent), now), "petition.content_long"},
		{"a field of another kind", p.SetField(bribery), "petition.field_unknown"},
		{"a kind that isn't", p.SetKind(KindSetting{Kind: "x"}), "petition.kind_unknown"},
		{"six people, three representatives", p.SetGroup(Group{People: 6, Representatives: []string{"a", "b", "c"}}), "petition.representatives_many"},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			e, ok := x.err.(*Error)
			if !ok || e.Key != x.key || e.Code != Invalid {
				t.Errorf("%v", x.err)
			}
		})
	}
	complaint := petition(KhieuNai)
	if err := complaint.StayUnnamed(); CodeOf(err) != Invalid {
		t.Errorf("a complaint went without a name: %v", err)
	}
}

func TestEditedContentKeepsWhatStoodBefore(t *testing.T) {
	t.Parallel()
	p := Petition{}
	if err := p.AddContent("m1", "Đèn hỏng", now); err != nil {
		t.Fatal(err)
	}
	if !p.EditContent("m1", "Đèn hỏng ở ngõ 5") || p.EditContent("m2", "x") || p.EditContent("m1", "Đèn hỏng ở ngõ 5") {
		t.Error("the wrong edits were taken")
	}
	if c := p.Content[0]; c.Text != "Đèn hỏng ở ngõ 5" || len(c.Old) != 1 || c.Old[0] != "Đèn hỏng" {
		t.Errorf("%+v", c)
	}
}

func TestTheSameFileTwiceIsOne(t *testing.T) {
	t.Parallel()
	p := Petition{}
	for range 2 {
		if err := p.AddFile(Attachment{SHA256: "a"}); err != nil {
			t.Fatal(err)
		}
	}
	for i := range MaxFiles {
		_ = p.AddFile(Attachment{SHA256: string(rune('A' + i))})
	}
	if err := p.AddFile(Attachment{SHA256: "z"}); len(p.Files) != MaxFiles || CodeOf(err) != Invalid {
		t.Errorf("%d files, %v", len(p.Files), err)
	}
}

func TestMissing(t *testing.T) {
	t.Parallel()
	p := Petition{ID: "d"}
	for _, step := range []struct {
		want string
		do   func() error
	}{
		{"kind", func() error { return p.SetKind(setting(PhanAnh)) }},
		{"field", func() error { return p.SetField(road) }},
		{"content", func() error { return p.AddContent("", "Đèn đường hỏng hai tuần", now) }},
		{"who", func() error { return p.SetName("Người Dân Mẫu 1") }},
		{"", func() error { return nil }},
	} {
		if got := p.Missing(); got != step.want {
			t.Fatalf("missing %q, want %q", got, step.want)
		}
		if err := step.do(); err != nil {
			t.Fatal(err)
		}
	}
}

package store_test

import (
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestAnswerTemplatesAreCopiedChangedMovedAndSwitchedOff(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, false).Actor()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	all := func() []tiepdan.AnswerTemplate {
		t.Helper()
		r, err := s.Rules(t.Context())
		must(err)
		return r.Templates
	}
	built := all()[1]
	own := tiepdan.AnswerTemplate{Name: "Mẫu của cơ quan", Do: built.Do, Kinds: built.Kinds, Result: built.Result, Body: "Đơn {{mã đơn}}.", Copied: built.Key}
	key, err := s.SaveAnswerTemplate(t.Context(), head, own)
	must(err)
	ts := all()
	if ts[1].Key != key || ts[2].Key != built.Key || ts[1].Version != 1 || !ts[1].Active || len(ts) != len(tiepdan.BuiltInTemplates())+1 {
		t.Fatalf("%+v", ts[:3])
	}
	own.Key, own.Version, own.Body = key, 1, "Đơn {{mã đơn}}, bản hai."
	_, err = s.SaveAnswerTemplate(t.Context(), head, own)
	must(err)
	if _, err = s.SaveAnswerTemplate(t.Context(), head, own); tiepdan.CodeOf(err) != tiepdan.Conflict {
		t.Errorf("one writes over the other: %v", err)
	}
	vs, err := s.AnswerTemplateVersions(t.Context(), key)
	must(err)
	if len(vs) != 2 || vs[0].Body != own.Body || vs[1].Body != "Đơn {{mã đơn}}." || vs[0].By == "" {
		t.Errorf("%+v", vs)
	}
	must(s.MoveAnswerTemplate(t.Context(), head, key, false))
	must(s.UseAnswerTemplate(t.Context(), head, built.Key, false))
	if ts = all(); ts[1].Key != built.Key || ts[1].Active || ts[1].Body != built.Body || ts[2].Key != key || ts[2].Body != own.Body {
		t.Errorf("%+v", ts[:3])
	}
	own.Key, own.Body = "", "{{mã hồ}}"
	if _, err = s.SaveAnswerTemplate(t.Context(), head, own); tiepdan.CodeOf(err) != tiepdan.Invalid {
		t.Errorf("an unknown field is kept: %v", err)
	}
	built.Name = "Đổi"
	if _, err = s.SaveAnswerTemplate(t.Context(), head, built); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("a built-in one is changed: %v", err)
	}
	rows, _, err := s.AuditList(t.Context(), tiepdan.AuditFilter{By: head})
	must(err)
	if rows[0].Action != "use_answer_template" || rows[1].Action != "move_answer_template" || rows[2].Action != "save_answer_template" {
		t.Errorf("%+v", rows[:3])
	}
}

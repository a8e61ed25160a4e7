package store_test

import (
	"bytes"
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestEveryVersionOfATemplateIsKept(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	by := storetest.Staff(t, s, tiepdan.BoardHead, 0, false)
	save := func(kind, name string, data []byte) {
		t.Helper()
		if err := s.SaveDocumentTemplate(t.Context(), by.Actor(), kind, name, data); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.DocumentTemplate(t.Context(), "guidance", 0); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("a template that there is none of: %v", err)
	}
	save("guidance", "mau-1.docx", []byte("một"))
	save("guidance", "mau-2.docx", []byte("hai"))
	save("guidance", "", nil)
	save("result", "mau.docx", []byte("ba"))

	now, err := s.DocumentTemplates(t.Context())
	if err != nil || len(now) != 2 || now[0].Kind != "guidance" || now[0].Own() || now[0].Version != 3 || !now[1].Own() || now[1].By != by.Name {
		t.Errorf("%+v, %v", now, err)
	}
	all, err := s.DocumentVersions(t.Context(), "guidance")
	if err != nil || len(all) != 3 || all[0].Version != 3 || all[2].Name != "mau-1.docx" || all[2].Data != nil {
		t.Errorf("%+v, %v", all, err)
	}
	if old, err := s.DocumentTemplate(t.Context(), "guidance", 1); err != nil || !bytes.Equal(old.Data, []byte("một")) {
		t.Errorf("%+v, %v", old, err)
	}
	if newest, err := s.DocumentTemplate(t.Context(), "guidance", 0); err != nil || newest.Own() || newest.Data != nil {
		t.Errorf("%+v, %v", newest, err)
	}
	log, _, err := s.AuditList(t.Context(), tiepdan.AuditFilter{SubjectKind: "template"})
	if err != nil || len(log) != 4 || log[1].Action != "reset_template" || log[3].Action != "save_template" || log[3].ActorStaff != by.ID {
		t.Errorf("%+v, %v", log, err)
	}
}

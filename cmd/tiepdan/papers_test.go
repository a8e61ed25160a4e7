package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

// TestPapersOfEveryKind makes every paper of a case of every kind.
func TestPapersOfEveryKind(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	made := papers{store: s, botName: func() string { return "mau_bot" }, site: "https://office.example"}
	for _, kind := range tiepdan.Kinds() {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			p := storetest.Petition(kind, "Nội dung mẫu để in ra giấy, đủ dài.")
			c := storetest.File(t, s, p, storetest.Filing(storetest.Peer(len(kind)), time.Now()))
			for name, want := range map[string]string{"receipt": "%PDF", "petition": "%PDF", "petition_docx": "PK", "checklist": "%PDF", "qr": "\x89PNG"} {
				file, mime, data, err := made.Paper(t.Context(), name, c.ID)
				if err != nil || !bytes.HasPrefix(data, []byte(want)) || mime == "" || !strings.Contains(file, string(c.Code)) {
					t.Errorf("%s: %q, %q, %d bytes, %v", name, file, mime, len(data), err)
				}
			}
		})
	}
	if _, _, _, err := made.Paper(t.Context(), "nothing", 1); err == nil {
		t.Error("a paper that there is none of was made")
	}
}

// TestPaperWords sees to it that no key is printed in place of its words.
func TestPaperWords(t *testing.T) {
	t.Parallel()
	keys := []string{"office.unnamed", "sample.citizen"}
	for _, k := range tiepdan.Kinds() {
		keys = append(keys, "page.kind."+string(k))
	}
	for _, r := range tiepdan.StaffRoles() {
		keys = append(keys, "page.role."+string(r))
	}
	for _, key := range keys {
		if said := say(key, nil); said == key || said == "" {
			t.Errorf("%s has no words", key)
		}
	}
	if term := say("paper.term", map[string]any{"N": 10, "Unit": "working_day"}); term != "10 ngày làm việc" {
		t.Errorf("the term reads %q", term)
	}
	var h tiepdan.Hours
	h[time.Monday] = []tiepdan.Span{{From: 450, To: 690}}
	if said := hoursOf(h); said != "Thứ Hai: 07:30–11:30" {
		t.Errorf("the hours read %q", said)
	}
}

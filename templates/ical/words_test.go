package ical

import (
	"bytes"
	"strings"
	"testing"

	"github.com/emersion/go-ical"
	"pgregory.net/rapid"

	"tiepdan"
	"tiepdan/templates"
)

// The words that the office really sends come back letter by letter.
func TestTheOfficesOwnWordsComeBack(t *testing.T) {
	t.Parallel()
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		word := func(key string) func(tiepdan.Session) string {
			return func(s tiepdan.Session) string {
				said, err := templates.Messages(lang).Plain(key, s)
				if err != nil {
					t.Error(err)
				}
				return said
			}
		}
		o := options()
		o.Summary, o.Details = word("ical.summary"), word("ical.details")
		data, err := Calendar(sample(), o)
		if err != nil {
			t.Fatal(err)
		}
		cal, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
		if err != nil || len(cal.Events()) != 4 {
			t.Fatalf("%s: %v", lang, err)
		}
		for i, e := range cal.Events() {
			s := sample()[i]
			summary, _ := e.Props.Text("SUMMARY")
			details, _ := e.Props.Text("DESCRIPTION")
			if summary != o.Summary(s) || details != o.Details(s) || summary == "" {
				t.Errorf("%s, session %d: %q %q", lang, s.ID, summary, details)
			}
		}
	}
}

func TestAnyTextComesBackClean(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		s := sample()[0]
		s.Place = rapid.String().Draw(t, "place")
		s.Focus = strings.Join(rapid.SliceOf(rapid.StringMatching(`[ \t\nạảẽữợĐ,;:\\"'=a-z]*`)).Draw(t, "focus"), "\n")
		data, err := Calendar([]tiepdan.Session{s}, options())
		if err != nil {
			t.Fatal(err)
		}
		for text := range strings.SplitSeq(string(data), "\r\n") {
			if len(text) > 75 || strings.ContainsAny(text, "\r\n") {
				t.Fatalf("%d octets: %q", len(text), text)
			}
		}
		cal, err := ical.NewDecoder(bytes.NewReader(data)).Decode()
		if err != nil || len(cal.Events()) != 1 {
			t.Fatalf("%v in\n%s", err, data)
		}
		place, _ := cal.Events()[0].Props.Text("LOCATION")
		focus, _ := cal.Events()[0].Props.Text("DESCRIPTION")
		if place != line(s.Place) || focus != lines(s.Focus) {
			t.Fatalf("%q and %q came back of %q and %q", place, focus, line(s.Place), lines(s.Focus))
		}
	})
}

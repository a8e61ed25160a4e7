package backend

import (
	"strings"
	"testing"

	"tiepdan"
)

func TestWhyAMessageDidNotGoOutIsSaidInWords(t *testing.T) {
	t.Parallel()
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		for reason := range whys {
			for _, r := range []string{reason, "partial: " + reason, "failed: partial: " + reason, "blocked: " + reason} {
				if said := why(lang, r); said == "" || strings.Contains(said, "page.") || strings.Contains(said, "_") {
					t.Errorf("%s: %q is said as %q", lang, r, said)
				}
			}
		}
	}
	if a, b := why(tiepdan.Vietnamese, "failed: partial: blocked"), why(tiepdan.Vietnamese, "partial: blocked"); a != b {
		t.Errorf("the task says %q, the case %q", a, b)
	}
	if why(tiepdan.Vietnamese, "a kind that came later") != why(tiepdan.Vietnamese, "ours") {
		t.Error("a reason that isn't known has other words than our own faults")
	}
}

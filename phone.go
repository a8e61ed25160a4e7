package tiepdan

import (
	"regexp"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// vietnamesePhone is the loose rule: ten digits of a mobile network, or eleven of a landline. It lets new
// networks' numbers pass, and is for warning, never for refusing.
var vietnamesePhone = regexp.MustCompile(`^(?:(?:\+|00)?840?|0)([35789]\d{8}|2\d{9})$`)

var phoneMarks = strings.NewReplacer(" ", "", "\u00a0", "", "\t", "", ".", "", "-", "", "(", "", ")", "", "/", "",
	"‐", "", "‑", "", "–", "", "—", "", "−", "", "\u200b", "", "\u2060", "", "\u202a", "", "\u202c", "", "\ufeff", "")

// Phone returns a Vietnamese phone number as 0912345678, from any usual way of writing it, and whether it looks
// like one. What doesn't look like one comes back as it was, trimmed.
func Phone(s string) (number string, ok bool) {
	if len(s) > 64 {
		return strings.TrimSpace(s), false
	}
	m := vietnamesePhone.FindStringSubmatch(phoneMarks.Replace(norm.NFKC.String(s)))
	if m == nil {
		return strings.TrimSpace(s), false
	}
	return "0" + m[1], true
}

// numbersWithin find what looks like a phone number within a text, however it is
// grouped: of nine more digits than its first, or of ten.
var numbersWithin = []*regexp.Regexp{
	regexp.MustCompile(`(?:^|[^\d])(\+?(?:84|0)(?:[ .()-]{0,2}\d){9})(?:[^\d]|$)`),
	regexp.MustCompile(`(?:^|[^\d])(\+?(?:84|0)(?:[ .()-]{0,2}\d){10})(?:[^\d]|$)`),
}

// HasPhone reports whether a Vietnamese phone number seems to stand somewhere in a text.
func HasPhone(text string) bool {
	for _, form := range numbersWithin {
		for _, found := range form.FindAllStringSubmatch(norm.NFKC.String(text), -1) {
			if _, ok := Phone(found[1]); ok {
				return true
			}
		}
	}
	return false
}

package tiepdan

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// What only the desk and the secure page ask.

// MaxRespondent is how long the words may be that say who is complained of.
const MaxRespondent = 300

var idNumber = regexp.MustCompile(`^[A-Z]{0,2}[0-9]{6,12}$`)

// SetIDNumber takes the number of an identity card or a passport, however it is
// spaced; "" takes it away.
func (p *Petition) SetIDNumber(s string) error {
	s = strings.ToUpper(strings.NewReplacer(" ", "", ".", "", "-", "").Replace(Clean(s)))
	if s != "" && !idNumber.MatchString(s) {
		return invalid("petition.id_number_form", nil)
	}
	p.Person.IDNumber = s
	return nil
}

// SetRespondent says whose decision or act a complaint is against, and where they
// are. Only a complaint has one.
func (p *Petition) SetRespondent(name, address string) error {
	var parts []string
	for _, s := range []string{name, address} {
		if s = strings.Join(strings.Fields(Clean(s)), " "); s != "" {
			parts = append(parts, s)
		}
	}
	s := strings.Join(parts, ", ")
	if utf8.RuneCountInString(s) > MaxRespondent {
		return invalid("petition.respondent_long", map[string]any{"Max": MaxRespondent})
	}
	if p.Kind == KhieuNai {
		p.Respondent = s
	}
	return nil
}

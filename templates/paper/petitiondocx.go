package paper

import (
	"fmt"
	"strings"
	"sync"
)

// PetitionTemplate returns the Word template that PetitionDOCX fills, for an
// office to change in Word.
func PetitionTemplate() ([]byte, error) { return petitionTemplate() }

var petitionTemplate = sync.OnceValues(func() ([]byte, error) { return packed("petition") })

// petitionFields is PetitionData as the Word template names it. What is unknown is
// a tab, which the template's tab stops draw as dots.
type petitionFields struct {
	DateLine, To, Name, OnBehalf, Address, IDNumber, IDIssuedOn, IDIssuedBy string
	Phone, People, Against, AgainstAddress, SubjectLabel, Subject           string
	Pledge, Sign, SignName, SignersWhy, Foot                                string
	Content, Request, Attachments                                           []string
	Group                                                                   bool
	Signers                                                                 []signer
}

type signer struct {
	N             int
	Name, Address string
}

// PetitionDOCX returns the petition as a Word file, to be changed before printing:
// the office's own template filled, or the built-in one where there is none.
func PetitionDOCX(d PetitionData, own []byte) (docx []byte, err error) {
	if own == nil {
		if own, err = PetitionTemplate(); err != nil {
			return nil, err
		}
	}
	fields, err := scrubbed(d).fields()
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return FillDOCX(own, fields)
}

func (d PetitionData) fields() (f petitionFields, err error) {
	p := d.Complainant
	f = petitionFields{
		To: orDots(d.To), Name: orDots(p.Name), OnBehalf: d.OnBehalf, Address: orDots(p.Address),
		IDNumber: orDots(p.IDNumber), IDIssuedBy: orDots(p.IDIssuedBy), Phone: orDots(p.Phone),
		Against: orDots(d.Against), AgainstAddress: orDots(d.AgainstAddress), Subject: orDots(d.Subject),
		Content: paragraphs(d.Content, 6), Request: paragraphs(d.Request, 3),
		Attachments: numbered(d.Attachments), SignName: p.Name, Group: d.group(), Signers: d.signers(),
	}
	for _, w := range []struct {
		to   *string
		key  string
		data any
	}{
		{&f.DateLine, "date.place", dateline{d.Place, d.Date}},
		{&f.IDIssuedOn, "petition.issued_day", p},
		{&f.People, "petition.people_n", d},
		{&f.SubjectLabel, "petition.subject", d},
		{&f.Pledge, "petition.pledge", d.group()},
		{&f.Sign, "petition.sign", d.group()},
		{&f.SignersWhy, "signers.why", nil},
		{&f.Foot, "petition.scan", d},
	} {
		if *w.to, err = say(w.key, w.data); err != nil {
			return f, err
		}
	}
	f.People = orDots(f.People)
	return f, nil
}

func orDots(s string) string {
	if s == "" {
		return "\t"
	}
	return s
}

func paragraphs(s string, empty int) []string {
	if s != "" {
		return strings.Split(s, "\n")
	}
	return dotted(empty)
}

func dotted(n int) []string { return strings.Split(strings.Repeat("\t", n), "") }

func numbered(items []string) []string {
	if len(items) == 0 {
		return dotted(2)
	}
	var out []string
	for i, a := range items {
		out = append(out, fmt.Sprintf("%d. %s", i+1, a))
	}
	return out
}

func (d PetitionData) signers() (out []signer) {
	people := append([]Person{d.Complainant}, d.Others...)
	for i := range min(maxSigners, max(d.People, len(people))) {
		s := signer{N: i + 1}
		if i < len(people) {
			s.Name, s.Address = people[i].Name, people[i].Address
		}
		out = append(out, s)
	}
	return out
}

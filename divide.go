package tiepdan

import (
	"crypto/rand"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxParts is how many cases a petition of mixed content is divided into at most; ours, not the law's.
const MaxParts = 10

// Part is one content of a mixed petition, as it becomes a case of its own (TT05, Điều 6).
type Part struct {
	Text  string
	Kind  Kind
	Field string
	Place string
	Files []string // of the petition's, by their SHA-256
}

// Partition is what a petition is divided into. Sealing says that one of the parts is
// a denunciation and the petition names who wrote it: it must be sealed as well, since
// its words stand there, and nothing may lead from it to the parts that name somebody.
type Partition struct {
	Petitions []Petition
	Sealing   bool
	Wrong     int // which part an error is about, from 1; 0: all of them
}

// PartitionOf makes the petitions that c is divided into, of the same person, or says what
// is wrong with which part. Who doesn't name themself can't complain; of a sealed one
// nobody knows whose an ordinary part would be.
func PartitionOf(c Case, parts []Part, rules *Rules) (pn Partition, err error) {
	if len(parts) < 2 || len(parts) > MaxParts {
		return pn, invalid("divide.number", map[string]any{"Max": MaxParts})
	}
	for i, part := range parts {
		p, err := c.partOf(part, i+1, rules)
		if err != nil {
			return Partition{Wrong: i + 1}, err
		}
		pn.Petitions = append(pn.Petitions, p)
		pn.Sealing = pn.Sealing || p.Sealed() && !c.Sealed()
	}
	return pn, nil
}

// partOf is the petition that the n-th part becomes.
func (c Case) partOf(part Part, n int, rules *Rules) (Petition, error) {
	p := Petition{ID: fmt.Sprintf("%s/%d", c.Draft, n), Anonymous: c.Unnamed, Person: c.Person, Group: c.Group, Respondent: c.Respondent}
	p.Unsigned = c.Status == AwaitingOriginal || c.Channel != "desk" && !c.did(RecordOriginal)
	if err := p.SetKind(rules.Kind(part.Kind)); err != nil {
		return p, err
	}
	field, _ := rules.Field(part.Field)
	if err := p.SetField(field); err != nil {
		return p, err
	}
	if _, ok := rules.Ward(part.Place); part.Place != "" && !ok {
		return p, invalid("page.case.place_unknown", nil)
	}
	p.Place = part.Place
	text := Clean(part.Text)
	if utf8.RuneCountInString(text) < MinContent {
		return p, invalid("divide.text_short", map[string]any{"Min": MinContent})
	}
	if err := p.AddContent("", text, c.Received); err != nil {
		return p, err
	}
	for _, sha := range part.Files {
		i := slices.IndexFunc(c.Files, func(f Attachment) bool { return f.SHA256 == sha })
		if i < 0 {
			return p, invalid("divide.file_unknown", nil)
		}
		p.Files = append(p.Files, c.Files[i])
	}
	return p, c.mayGiveRise(&p)
}

// mayGiveRise reports whether c can have p for a part, and gives a denunciation a
// draft that doesn't lead back to it.
func (c Case) mayGiveRise(p *Petition) error {
	switch {
	case p.Sealed():
		if !c.Sealed() {
			p.ID = "part-" + rand.Text()
		}
	case c.Sealed():
		return invalid("divide.sealed_whole", nil)
	case p.Anonymous && p.Kind != PhanAnh:
		return invalid("petition.name_needed", nil)
	}
	return nil
}

// Passages are a text's paragraphs, for marking which part each belongs to.
func Passages(text string) (list []string) {
	for _, p := range strings.Split(text, "\n") {
		if p = strings.TrimSpace(p); p != "" {
			list = append(list, p)
		}
	}
	return list
}

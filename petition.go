package tiepdan

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of what a submission takes. They are ours, not the law's.
const (
	MaxContent = 20_000 // characters in all passages together
	MaxFiles   = 20
	MaxName    = 120
	MaxAddress = 300
	MinContent = 10
)

// Point is a place on the map, WGS 84 degrees.
type Point struct{ Lat, Lng float64 }

// Passage is one message of a submission's content. Ref is the channel's own
// mark of the message, so that an edit finds it; Old keeps what stood before.
type Passage struct {
	Ref  string    `json:"ref,omitempty"`
	Text string    `json:"text"`
	At   time.Time `json:"at"`
	Old  []string  `json:"old,omitempty"`
}

// Attachment is a file that is kept: by its content, under the name that its
// giver used.
type Attachment struct {
	SHA256 string `json:"sha256"`
	Name   string `json:"name"`
	MIME   string `json:"mime"`
	Size   int64  `json:"size"`
	Class  string `json:"class"` // photo, document, audio, video
	Ref    string `json:"ref,omitempty"`
}

// Person is what a petitioner tells of themself. Address and IDNumber come from
// the secure page or the desk only, never from a chat.
type Person struct {
	Name     string `json:"name,omitempty"`
	Phone    string `json:"phone,omitempty"`
	Address  string `json:"address,omitempty"`
	IDNumber string `json:"id_number,omitempty"`
}

// IsZero reports whether nothing is told.
func (p Person) IsZero() bool { return p == Person{} }

// Petition is what a citizen tells us before there is a case. Its setters are
// the rules of what we take, whichever channel the words came through. ID is the
// draft's own, and becomes the case's unique key: a petition is filed once.
type Petition struct {
	ID         string       `json:"id"`
	Kind       Kind         `json:"kind,omitempty"`
	Mode       Mode         `json:"mode,omitempty"`
	Field      string       `json:"field,omitempty"`
	Place      string       `json:"place,omitempty"` // a ward's code
	Point      *Point       `json:"point,omitempty"`
	Content    []Passage    `json:"content,omitempty"`
	Files      []Attachment `json:"files,omitempty"`
	Anonymous  bool         `json:"anonymous,omitempty"`
	Person     Person       `json:"person,omitzero"`
	Group      Group        `json:"group,omitzero"`
	Respondent string       `json:"respondent,omitempty"` // khiếu nại: whose decision or act
	Earlier    int64        `json:"earlier,omitempty"`    // the case that this one follows: khiếu nại lần hai, tố cáo tiếp
	Unsigned   bool         `json:"unsigned,omitempty"`   // at the desk: the signed original isn't there yet; a chat never has it
	Begun      time.Time    `json:"begun,omitzero"`
}

// SetKind chooses the kind and the mode that the office has for it. A kind that
// is guided takes no identity, so whatever was told before goes.
func (p *Petition) SetKind(s KindSetting) error {
	if !s.Kind.Valid() {
		return invalid("petition.kind_unknown", nil)
	}
	if p.Kind != "" && p.Kind != s.Kind {
		p.Earlier = 0 // a second round is of the same kind
	}
	p.Kind, p.Mode = s.Kind, s.Mode
	if p.Sealed() {
		p.forget()
	}
	return nil
}

// SetField chooses the field. Corruption makes a denunciation of it.
func (p *Petition) SetField(f Field) error {
	if !f.Offered(p.Kind) {
		return invalid("petition.field_unknown", nil)
	}
	p.Field = f.Code
	if f.Corruption {
		if p.Kind != ToCao {
			p.Earlier = 0
		}
		p.Kind, p.Mode = ToCao, Guide
		p.forget()
	}
	return nil
}

// forget drops what names the person: a denouncer's identity isn't kept
// (Luật Tố cáo 2018, Điều 9 and 56; QĐ 774/QĐ-TTg 2020).
func (p *Petition) forget() {
	p.Person, p.Group, p.Anonymous = Person{}, Group{}, true
}

// Round is 2 for a petition that follows an earlier case.
func (p *Petition) Round() int {
	if p.Earlier != 0 {
		return 2
	}
	return 1
}

// Sealed reports whether p is under a denunciation's rules.
func (p *Petition) Sealed() bool { return p.Kind == ToCao }

// AddContent adds a passage.
func (p *Petition) AddContent(ref, text string, at time.Time) error {
	text = Clean(text)
	if text == "" {
		return invalid("petition.content_empty", nil)
	}
	if p.contentLength()+utf8.RuneCountInString(text) > MaxContent {
		return invalid("petition.content_long", map[string]any{"Max": MaxContent})
	}
	p.Content = append(p.Content, Passage{Ref: ref, Text: text, At: at})
	return nil
}

// EditContent replaces the passage that message ref brought and keeps the old
// words. It reports whether there is such a passage and the words differ.
func (p *Petition) EditContent(ref, text string) bool {
	text = Clean(text)
	for i := range p.Content {
		c := &p.Content[i]
		if c.Ref != ref || c.Text == text || text == "" {
			continue
		}
		if p.contentLength()+utf8.RuneCountInString(text)-utf8.RuneCountInString(c.Text) > MaxContent {
			return false
		}
		c.Old, c.Text = append(c.Old, c.Text), text
		return true
	}
	return false
}

func (p *Petition) contentLength() (n int) {
	for _, c := range p.Content {
		n += utf8.RuneCountInString(c.Text)
	}
	return n
}

// Text returns the whole content as one text.
func (p *Petition) Text() string {
	var b strings.Builder
	for i, c := range p.Content {
		if i > 0 {
			b.WriteString("\n\n")
		}
		b.WriteString(c.Text)
	}
	return b.String()
}

// AddFile adds a file. The same content twice is one file.
func (p *Petition) AddFile(f Attachment) error {
	for _, have := range p.Files {
		if have.SHA256 == f.SHA256 {
			return nil
		}
	}
	if len(p.Files) >= MaxFiles {
		return invalid("petition.files_many", map[string]any{"Max": MaxFiles})
	}
	p.Files = append(p.Files, f)
	return nil
}

// SetName takes a full name. It warns of nothing but length: names are people's own.
func (p *Petition) SetName(s string) error {
	s = strings.Join(strings.Fields(Clean(s)), " ")
	if n := utf8.RuneCountInString(s); n < 2 || n > MaxName {
		return invalid("petition.name_length", map[string]any{"Max": MaxName})
	}
	p.Person.Name, p.Anonymous = s, false
	return nil
}

// SetPhone takes a telephone number in the loose Vietnamese form.
func (p *Petition) SetPhone(s string) error {
	n, ok := Phone(s)
	if !ok {
		return invalid("petition.phone_form", nil)
	}
	p.Person.Phone = n
	return nil
}

// SetAddress takes the home address, from the secure page or the desk.
func (p *Petition) SetAddress(s string) error {
	s = Clean(s)
	if utf8.RuneCountInString(s) > MaxAddress {
		return invalid("petition.address_long", map[string]any{"Max": MaxAddress})
	}
	p.Person.Address = s
	return nil
}

// StayUnnamed drops the name, where the kind allows it.
func (p *Petition) StayUnnamed() error {
	if p.Kind != PhanAnh && p.Kind != ToCao {
		return invalid("petition.name_needed", nil)
	}
	p.forget()
	return nil
}

// Missing names the first step that still lacks its answer, or "".
func (p *Petition) Missing() string {
	switch {
	case !p.Kind.Valid():
		return "kind"
	case p.Field == "":
		return "field"
	case utf8.RuneCountInString(p.Text()) < MinContent && len(p.Files) == 0:
		return "content"
	case !p.Sealed() && !p.Anonymous && p.Person.Name == "":
		return "who"
	}
	return ""
}

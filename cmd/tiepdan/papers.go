package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/templates"
	"tiepdan/templates/paper"
)

// papers makes the printable documents of a case. Paper speaks Vietnamese.
type papers struct {
	store   *store.Store
	botName func() string
	site    string
}

// printable is one kind of document: its file's name, its type, and who makes it.
type printable struct {
	Name string
	MIME string
	Make func(*sheet) ([]byte, error)
}

const (
	pdfType  = "application/pdf"
	docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	pngType  = "image/png"
)

var printables = map[string]printable{
	"receipt":       {"phieu-tiep-nhan-%s.pdf", pdfType, func(s *sheet) ([]byte, error) { return paper.Receipt(s.receipt()) }},
	"petition":      {"don-khieu-nai-%s.pdf", pdfType, func(s *sheet) ([]byte, error) { return paper.Petition(s.petition()) }},
	"petition_docx": {"don-khieu-nai-%s.docx", docxType, func(s *sheet) ([]byte, error) { return paper.PetitionDOCX(s.petition(), s.own) }},
	"checklist":     {"giay-to-can-mang-%s.pdf", pdfType, func(s *sheet) ([]byte, error) { return paper.Checklist(s.checklist()) }},
	"qr":            {"ma-qr-%s.png", pngType, func(s *sheet) ([]byte, error) { return paper.QR(s.link) }},
}

// Paper makes one document of a case.
func (p papers) Paper(ctx context.Context, kind string, caseID int64) (name, mime string, data []byte, err error) {
	d, ok := printables[kind]
	if !ok {
		return p.letter(ctx, kind, caseID)
	}
	s, err := p.sheet(ctx, caseID)
	if err != nil {
		return "", "", nil, err
	}
	if kind == "petition_docx" {
		if s.own, err = p.own(ctx, "petition"); err != nil {
			return "", "", nil, err
		}
	}
	data, err = d.Make(s)
	if err != nil {
		return "", "", nil, fmt.Errorf("papers: %s: %w", kind, err)
	}
	return fmt.Sprintf(d.Name, s.c.Code), d.MIME, data, nil
}

// sheet is what every document of a case is made from.
type sheet struct {
	c     tiepdan.Case
	rules *tiepdan.Rules
	pin   string
	link  string
	bot   string
	site  string
	own   []byte // the office's own Word template of the paper, where it has one
}

func (p papers) sheet(ctx context.Context, caseID int64) (*sheet, error) {
	c, err := p.store.Case(ctx, caseID)
	if err != nil {
		return nil, err
	}
	rules, err := p.store.Rules(ctx)
	if err != nil {
		return nil, err
	}
	token, err := p.store.CaseToken(ctx, caseID)
	if err != nil {
		return nil, err
	}
	s := &sheet{c: c, rules: rules, pin: p.store.PIN(c.Code), site: p.site}
	if name := p.botName(); name != "" {
		s.link, s.bot = "https://t.me/"+name+"?start=case_"+token, "@"+name
	}
	return s, nil
}

// say words a key in Vietnamese; a key without words shows as itself, which the
// templates' own test would have caught.
func say(key string, args any) string {
	text, err := templates.Texts{}.Plain(tiepdan.Vietnamese, key, args)
	if err != nil {
		return key
	}
	return text
}

func (s *sheet) office() paper.Office {
	return officeOf(s.rules.Office)
}

func (s *sheet) field() string {
	f, _ := s.rules.Field(s.c.Field)
	return f.Name
}

func (s *sheet) place() string {
	if ward, ok := s.rules.Ward(s.c.Place); ok {
		return ward.Name
	}
	return ""
}

var modes = map[tiepdan.Mode]paper.Mode{tiepdan.File: paper.File, tiepdan.Prepare: paper.Prepare, tiepdan.Guide: paper.Guide}

func (s *sheet) receipt() paper.ReceiptData {
	c := s.c
	d := paper.ReceiptData{Office: s.office(), Mode: modes[c.Mode], Code: string(c.Code), PIN: s.pin, From: c.Person.Name,
		Kind: say("page.kind."+string(c.Kind), nil), Field: s.field(), Where: s.place(), ReceivedAt: c.Received,
		LegalDay: c.Legal.Time(), Files: s.filesAtFiling(), QR: s.link, Bot: s.bot, Site: s.site}
	if c.Number > 0 {
		d.Number = fmt.Sprintf("%d/%d", c.Number, c.Legal.Year)
	}
	if c.Sealed() {
		d.Mode, d.From, d.PIN = paper.Guide, "", "" // nobody but its account may track it
	}
	for _, duty := range tiepdan.Duties(c, s.rules) {
		if duty.ID == "reception.initial_notice" {
			rule, _ := tiepdan.RuleByID(duty.ID)
			d.AnswerBy, d.Source = duty.On.Time(), duty.Source
			d.Term = say("paper.term", map[string]any{"N": rule.Length, "Unit": string(rule.Unit)})
		}
	}
	return d
}

func (s *sheet) filesAtFiling() int {
	if len(s.c.History) == 0 {
		return 0
	}
	return len(s.c.History[0].Files)
}

func (s *sheet) petition() paper.PetitionData {
	c := s.c
	d := paper.PetitionData{To: s.rules.Office.Name, Place: s.rules.Office.Place, Date: c.Received,
		Complainant: paper.Person{Name: c.Person.Name, Address: c.Person.Address, Phone: c.Person.Phone, IDNumber: c.Person.IDNumber},
		OnBehalf:    c.Group.OnBehalf, People: c.Group.People, Speakers: c.Group.Representatives, Round: max(1, c.Round), Against: c.Respondent, Content: c.Text,
		Attachments: s.attachments(), Code: string(c.Code), QR: s.link, CreatedAt: c.Received}
	if basis := c.Group.Basis; basis != "" {
		d.OnBehalf += " (" + say("page.basis."+basis, nil) + ")"
	}
	d.Others = cosigners(c)
	return d
}

// cosigners are the others who put their names to a petition: the representatives
// first, each with the address that the list has.
func cosigners(c tiepdan.Case) (ps []paper.Person) {
	people := make([]tiepdan.Complainant, 0, len(c.Group.Complainants)+len(c.Group.Representatives))
	for _, name := range c.Group.Representatives {
		people = append(people, tiepdan.Complainant{Name: name})
	}
	people = append(people, c.Group.Complainants...)
	for _, k := range people {
		at := slices.IndexFunc(ps, func(p paper.Person) bool { return tiepdan.Same(p.Name, k.Name) })
		switch {
		case tiepdan.Same(k.Name, c.Person.Name):
		case at < 0:
			ps = append(ps, paper.Person{Name: k.Name, Address: k.Address})
		case ps[at].Address == "":
			ps[at].Address = k.Address
		}
	}
	return ps
}

func (s *sheet) attachments() []string {
	var names []string
	if len(s.c.History) > 0 {
		for _, f := range s.c.History[0].Files {
			names = append(names, strings.TrimSpace(f.Name))
		}
	}
	return names
}

func (s *sheet) checklist() paper.ChecklistData {
	g := s.c.Group
	return paper.ChecklistData{Office: s.office(), Code: string(s.c.Code), Group: g.Many(), Second: s.c.Round > 1, Authorised: g.Authorised(), Lawful: g.Lawful(),
		Attachments: s.attachments(), CreatedAt: s.c.Received}
}

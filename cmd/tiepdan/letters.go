package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"tiepdan"
	"tiepdan/templates/paper"
)

// letter makes one of the papers that a case calls for, as PDF by the built-in
// layout or as a Word file by the office's template.
func (p papers) letter(ctx context.Context, kind string, caseID int64) (name, mime string, data []byte, err error) {
	kind, word := strings.CutSuffix(kind, "_docx")
	form, ok := paper.FormOf(kind)
	if !ok {
		return "", "", nil, fmt.Errorf("papers: no paper %q", kind)
	}
	s, err := p.sheet(ctx, caseID)
	if err != nil {
		return "", "", nil, err
	}
	calls := tiepdan.CasePapers(s.c)
	i := slices.IndexFunc(calls, func(cp tiepdan.CasePaper) bool { return cp.Kind == kind })
	if i < 0 {
		return "", "", nil, &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
	}
	d, err := p.fill(ctx, s, calls[i])
	if err != nil {
		return "", "", nil, err
	}
	name = form.File + "-" + string(s.c.Code)
	if !word {
		data, err = paper.CasePDF(form, d)
		return name + ".pdf", pdfType, data, err
	}
	own, err := p.own(ctx, kind)
	if err == nil {
		data, err = paper.CaseDOCX(form, d, own)
	}
	return name + ".docx", docxType, data, err
}

// own is the office's own template of a paper, nil where it has none.
func (p papers) own(ctx context.Context, kind string) ([]byte, error) {
	t, err := p.store.DocumentTemplate(ctx, kind, 0)
	if tiepdan.CodeOf(err) == tiepdan.NotFound {
		return nil, nil
	}
	return t.Data, err
}

// fill gathers what a paper says: of the case, of the entry that it puts on paper,
// and of the office's rules.
func (p papers) fill(ctx context.Context, s *sheet, of tiepdan.CasePaper) (paper.CaseLetter, error) {
	d := s.letter(of)
	by := of.Entry.By.Staff
	if of.Kind == "handover" && len(s.c.History) > 0 && s.c.History[0].Details.Desk {
		by = s.c.History[0].By.Staff
	}
	if by == 0 || of.Kind != "handover" {
		return d, nil
	}
	st, err := p.store.Staff(ctx, by)
	if err == nil {
		d.Receiver, d.Post = st.Name, say("page.role."+string(st.Role), nil)
	}
	return d, err
}

var matters = map[tiepdan.Kind]paper.Matter{tiepdan.KhieuNai: paper.Complaint, tiepdan.ToCao: paper.Denunciation}

// letter is all that the papers of a case can say; each takes what it needs. A
// sealed case hands over nothing that people brought.
func (s *sheet) letter(of tiepdan.CasePaper) paper.CaseLetter {
	c, e := s.c, of.Entry
	d := paper.CaseLetter{Office: s.office(), Code: string(c.Code), Kind: strings.ToLower(say("page.kind."+string(c.Kind), nil)),
		Matter: matters[c.Kind], Second: c.Round == 2, Secret: c.Sealed(), Received: c.Received, Body: e.Details.Body, Unit: s.unit(c.Unit),
		Until: dateOrZero(e.Details.Until), Findings: s.findings(), At: c.Received}
	if c.Number > 0 {
		d.Booked = fmt.Sprintf("%d/%d", c.Number, c.Legal.Year)
	}
	if !d.Secret {
		p := c.Person
		d.Sender = paper.Person{Name: p.Name, Address: p.Address, Phone: p.Phone, IDNumber: p.IDNumber}
		d.People, d.Field, d.Where, d.Against, d.Content = c.Group.People, s.field(), s.place(), c.Respondent, c.Text
		if c.Channel == "desk" {
			d.Papers = items(s.attachments())
		}
	}
	d.Text, d.Reason, d.Ground = e.Text, sentences(e.Reason), e.Details.Legal
	if g, ok := tiepdan.LegalGroundByID(e.Details.Ground); ok {
		d.Reason, d.Ground = sentences(g.Label, e.Reason), g.SourceOf(c.Kind)
	}
	s.dates(&d, e)
	s.signing(&d, of)
	return d
}

func items(names []string) (all []paper.Item) {
	for _, n := range names {
		all = append(all, paper.Item{Name: n})
	}
	return all
}

// sentences sets texts one after the other, each with its stop; one of several
// paragraphs begins its own.
func sentences(texts ...string) string {
	var kept []string
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			if !strings.ContainsAny(t[len(t)-1:], "!?") {
				t = strings.TrimRight(t, ".") + "."
			}
			kept = append(kept, t)
		}
	}
	if slices.ContainsFunc(kept, func(t string) bool { return strings.Contains(t, "\n") }) {
		return strings.Join(kept, "\n")
	}
	return strings.Join(kept, " ")
}

func (s *sheet) unit(id int64) string {
	u, _ := s.rules.Unit(id)
	return u.Name
}

// dates are the days that the case's clocks give, and the day of the act.
func (s *sheet) dates(d *paper.CaseLetter, e tiepdan.Entry) {
	if !e.At.IsZero() {
		d.At, d.From = e.At, tiepdan.DateOf(e.At).Time()
	}
	for _, h := range s.c.History {
		if h.Do == tiepdan.Accept {
			d.Accepted = h.At
		}
	}
	if next, ok := tiepdan.NextDue(s.c, s.rules); ok {
		d.AnswerBy, d.Source = dateOrZero(next.On), next.Source
	}
	if duty, ok := s.resolving(e); ok {
		d.Due = dateOrZero(duty.On)
		if rule, ok := tiepdan.RuleByID(duty.ID); ok {
			d.Term = say("paper.term", map[string]any{"N": rule.Length, "Unit": string(rule.Unit)})
		}
	}
}

// resolving is the clock of the resolution as it ran after that entry: the law's,
// or the office's own target.
func (s *sheet) resolving(e tiepdan.Entry) (found tiepdan.Duty, ok bool) {
	c := s.c
	if e.N > 0 && e.N <= len(c.History) {
		c.History, c.Status = c.History[:e.N], e.To
	}
	for _, d := range tiepdan.Duties(c, s.rules) {
		if d.Legal && strings.Contains(d.ID, ".resolve") || !ok && d.ID == tiepdan.TargetDuty {
			found, ok = d, true
		}
	}
	return found, ok
}

// follows are the papers that tell of another one, which has the recorded number.
var follows = []string{"transfer_notice", "accept_denunciation_notice"}

// signing sets the number, day and signer where they were recorded, and the number
// of the paper that this one tells of.
func (s *sheet) signing(d *paper.CaseLetter, of tiepdan.CasePaper) {
	doc := s.c.Signed(of.Entry)
	if slices.Contains(follows, of.Kind) {
		d.Paper = numberAndDay(doc)
		return
	}
	if of.Kind == "resumption" {
		for _, e := range s.c.History {
			if e.Do == tiepdan.Suspend && e.N < of.Entry.N {
				d.Paper = numberAndDay(s.c.Signed(e))
			}
		}
	}
	number, _, _ := strings.Cut(doc.Document, " ngày ")
	d.Letter = paper.Letter{Number: number, Date: dateOrZero(doc.Signed), Signer: doc.Signer}
}

// numberAndDay names a signed paper within a sentence.
func numberAndDay(d tiepdan.Details) string {
	if d.Document == "" {
		return ""
	}
	day := time.Time{}
	if !strings.Contains(d.Document, " ngày ") {
		day = dateOrZero(d.Signed)
	}
	return say("paper.document", map[string]any{"Number": d.Document, "Day": day})
}

// findings are how the case was classified, a sentence each.
func (s *sheet) findings() string {
	k := s.c.Class
	var said []string
	if k.Eligible != "" {
		said = append(said, say("paper.eligible_"+string(k.Eligible), nil))
	}
	for _, lack := range k.Lacks {
		said = append(said, say("paper.lacks_"+lack, nil))
	}
	if k.Competent != "" {
		said = append(said, say("paper.competent_"+string(k.Competent), nil))
	}
	if k.Mixed {
		said = append(said, say("paper.mixed", nil))
	}
	return strings.Join(said, "\n")
}

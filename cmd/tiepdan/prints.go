package main

import (
	"context"
	"fmt"
	"net/url"
	"strconv"
	"time"

	"tiepdan"
	"tiepdan/templates"
	"tiepdan/templates/ical"
	"tiepdan/templates/paper"
)

// printing is one paper of the reception being made: what it is of, for whom, and
// what was asked about it.
type printing struct {
	papers
	ctx   context.Context
	by    tiepdan.Actor // nobody: for citizens
	id    int64
	q     url.Values
	rules *tiepdan.Rules
	now   time.Time
}

const xlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// prints are the papers that aren't a case's: sessions, appointments, the book,
// conclusions and directions. A name may hold what they are of.
var prints = map[string]struct {
	Name, MIME string
	Make       func(*printing) (of string, data []byte, err error)
}{
	"slip":              {"phieu-hen-%s.pdf", pdfType, (*printing).slip},
	"slip_qr":           {"ma-phieu-hen-%s.png", pngType, (*printing).slipQR},
	"session_qr":        {"ma-dang-ky-%s.png", pngType, (*printing).sessionQR},
	"ics":               {"lich-tiep-cong-dan%s.ics", ical.Type, (*printing).calendar},
	"session_ics":       {"buoi-tiep-%s.ics", ical.Type, (*printing).sessionCalendar},
	"schedule":          {"lich-tiep-cong-dan-%s.pdf", pdfType, (*printing).schedule},
	"roster":            {"lich-truc-%s.pdf", pdfType, (*printing).roster},
	"signatures":        {"danh-sach-ky-%s.pdf", pdfType, (*printing).signatures},
	"dossier":           {"ho-so-buoi-tiep-%s.pdf", pdfType, (*printing).dossier},
	"book_pdf":          {"so-tiep-cong-dan-%s.pdf", pdfType, (*printing).bookPDF},
	"book_xlsx":         {"so-tiep-cong-dan-%s.xlsx", xlsxType, (*printing).bookXLSX},
	"refusal":           {"tu-choi-tiep-%s.pdf", pdfType, (*printing).refusal},
	"answer_date":       {"giay-hen-%s.pdf", pdfType, (*printing).answerDate},
	"conclusion_pdf":    {"ket-luan-%s.pdf", pdfType, (*printing).conclusionPDF},
	"conclusion_docx":   {"ket-luan-%s.docx", docxType, (*printing).conclusionDOCX},
	"directives_pdf":    {"chi-dao-%s.pdf", pdfType, (*printing).directivesPDF},
	"directives_xlsx":   {"chi-dao-%s.xlsx", xlsxType, (*printing).directivesXLSX},
	"overdue_xlsx":      {"thoi-han-%s.xlsx", xlsxType, (*printing).overdueXLSX},
	"results_xlsx":      {"ket-qua-%s.xlsx", xlsxType, (*printing).resultsXLSX},
	"results_pdf":       {"ket-qua-%s.pdf", pdfType, (*printing).resultsPDF},
	"satisfaction_xlsx": {"hai-long-%s.xlsx", xlsxType, (*printing).satisfactionXLSX},
	"duty_xlsx":         {"trach-nhiem-tiep-dan-%s.xlsx", xlsxType, (*printing).dutyXLSX},
}

// Print makes a paper of the reception. What it is of stands in id, or in q.
func (p papers) Print(ctx context.Context, by tiepdan.Actor, what string, id int64, q url.Values) (name, mime string, data []byte, err error) {
	d, ok := prints[what]
	if !ok {
		return "", "", nil, fmt.Errorf("papers: no print %q", what)
	}
	rules, err := p.store.Rules(ctx)
	if err != nil {
		return "", "", nil, err
	}
	of, data, err := d.Make(&printing{papers: p, ctx: ctx, by: by, id: id, q: q, rules: rules, now: time.Now()})
	if err != nil {
		return "", "", nil, fmt.Errorf("papers: %s: %w", what, err)
	}
	return fmt.Sprintf(d.Name, of), d.MIME, data, nil
}

func (p *printing) office() paper.Office { return officeOf(p.rules.Office) }

func officeOf(o tiepdan.Office) paper.Office {
	return paper.Office{Parent: o.Parent, Name: o.Name, Place: o.Place, Address: o.Address, Phone: o.Phone, Sample: o.Sample}
}

// meeting is a session as papers have it.
func (p *printing) meeting(s tiepdan.Session) paper.Meeting {
	m := paper.Meeting{Kind: say("page.session_kind."+string(s.Kind), nil), Starts: s.Starts, Ends: s.Ends, Place: s.Place, Host: s.Host, Online: s.Online,
		Presides: s.Presides, Delegated: s.Delegated, Why: s.Why, Attends: p.attends(s), Focus: s.Focus, Note: s.Note, Cancelled: s.Cancelled(),
		Reason: s.Reason, Places: s.Places}
	if s.Moved() {
		m.Was = s.Original.Time()
	}
	return m
}

// attends are those who attend in words, and the units that were called.
func (p *printing) attends(s tiepdan.Session) string {
	text := s.Attends
	for _, id := range s.Units {
		if u, ok := p.rules.Unit(id); ok {
			if text != "" {
				text += "; "
			}
			text += u.Name
		}
	}
	return text
}

// days are the days that q asks for, from the first to before the last.
func (p *printing) days() (from, until tiepdan.Date, err error) {
	if from, err = tiepdan.ParseDate(p.q.Get("from")); err != nil {
		return from, until, err
	}
	until, err = tiepdan.ParseDate(p.q.Get("until"))
	return from, until, err
}

// last is the last day of a span that ends before until.
func last(until tiepdan.Date) time.Time { return until.Add(-1).Time() }

// unit is a unit's name; the office's own where there is none.
func (p *printing) unit(id int64) string {
	if u, ok := p.rules.Unit(id); ok {
		return u.Name
	}
	return ""
}

// bookingLink is where a session's QR code leads: the bot, which opens its booking.
func (p *printing) bookingLink(s tiepdan.Session) string {
	if name := p.botName(); name != "" {
		return "https://t.me/" + name + "?start=book_" + s.Token
	}
	return p.site + "/schedule/" + s.Token
}

func (p *printing) sessionQR() (of string, data []byte, err error) {
	s, err := p.store.Session(p.ctx, p.id)
	if err != nil {
		return "", nil, err
	}
	data, err = paper.QR(p.bookingLink(s))
	return s.On().String(), data, err
}

// calendar is the public schedule for calendar apps: a quarter back and a year on.
func (p *printing) calendar() (of string, data []byte, err error) {
	from, until, err := p.days()
	if err != nil { // nobody said which days
		today := tiepdan.DateOf(p.now)
		from, until = today.AddMonths(-3), today.AddMonths(13)
	}
	all, err := p.public(from, until)
	if err != nil {
		return "", nil, err
	}
	data, err = p.ics(all)
	return "", data, err
}

func (p *printing) sessionCalendar() (of string, data []byte, err error) {
	s, err := p.store.Session(p.ctx, p.id)
	if err != nil {
		return "", nil, err
	}
	data, err = p.ics([]tiepdan.Session{s})
	return s.On().String(), data, err
}

// public are the sessions that citizens see, of the unit and kind that q asks for.
func (p *printing) public(from, until tiepdan.Date) ([]tiepdan.Session, error) {
	all, err := p.store.PublicSessions(p.ctx, from.Time(), until.Time())
	if err != nil {
		return nil, err
	}
	var asked []tiepdan.Session
	for _, s := range all {
		unit, kind := p.q.Get("unit"), p.q.Get("kind")
		if (unit == "" || unit == strconv.FormatInt(s.Unit, 10)) && (kind == "" || kind == string(s.Kind)) {
			asked = append(asked, s)
		}
	}
	return asked, nil
}

func (p *printing) ics(all []tiepdan.Session) ([]byte, error) {
	lang := tiepdan.Vietnamese
	if p.q.Get("lang") == string(tiepdan.English) {
		lang = tiepdan.English
	}
	words := func(key string) func(tiepdan.Session) string {
		return func(s tiepdan.Session) string { return word(lang, key, s) }
	}
	return ical.Calendar(all, ical.Options{Name: word(lang, "ical.name", p.rules.Office.Name), URL: p.site + "/schedule", Now: p.now,
		Summary: words("ical.summary"), Details: words("ical.details"),
		Link: func(s tiepdan.Session) string { return p.site + "/schedule/" + s.Token }})
}

// word is a text in a language; a key without words shows as itself.
func word(lang tiepdan.Language, key string, args any) string {
	text, err := templates.Messages(lang).Plain(key, args)
	if err != nil {
		return key
	}
	return text
}

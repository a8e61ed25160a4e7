package paper

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// CaseFields is a CaseLetter as the forms and an office's own templates name it:
// words that stand in a sentence, with dots where something is unknown.
type CaseFields struct {
	Parent, OfficeHead, OfficeName, Head, Authority, Premises, Contact string
	To, SignHow                                                        string // "Nơi nhận:"; how to sign
	Number, DateLine, Today, Signer, Foot                              string
	FirstRole                                                          string
	MoreRole, Recipients, Grounds                                      []string

	Code, Booked, Kind, Petition, Round, Field, Where, About, Respondent, Summary string
	Sender, SenderTo, AtAddress, Name, Address, IDNumber, Phone                   string
	Content, Findings, Proposal, Text, TextOrBlank                                []string
	Reasons, ReasonsOrBlank                                                       []string
	Named, Secret, HasDue                                                         bool

	ReceivedOn, AcceptedOn, Due, Until, From, KeepUntil, AnswerBy, Term string
	Laws, AndGround, Body, Reason, ReasonOrBlank, NextRight             string
	ByPaper, BySource, Unit, Receiver, ReceiverPost, Returned           string
	Papers                                                              []PaperRow

	letter Letter // as the page signs it
}

// PaperRow is one row of the papers that were handed over.
type PaperRow struct{ N, Name, Copy, Pages, Note string }

// worder words keys and keeps the first error.
type worder struct{ err error }

func (w *worder) say(key string, data any) string {
	text, err := say(key, data)
	w.err = firstOf(w.err, err)
	return strings.NewReplacer(boldOn, "", boldOff, "").Replace(text)
}

// or is s, or dots to write on.
func (w *worder) or(s string) string {
	if s == "" {
		return w.say("case.blank", nil)
	}
	return s
}

// lines are the paragraphs of s, or dotted ones to write on.
func (w *worder) lines(s string, empty int) []string {
	if s != "" {
		return strings.Split(s, "\n")
	}
	var out []string
	for range empty {
		out = append(out, w.say("case.long", nil))
	}
	return out
}

func (w *worder) day(t time.Time) string { return w.say("case.day", t) }

// fields words d for f. It is the one place that keeps a secret case's words.
func (d CaseLetter) fields(f Form) (CaseFields, error) {
	if d = scrubbed(d); d.Secret {
		d.Sender, d.People, d.Papers = Person{}, 0, nil
		d.Field, d.Where, d.Against, d.Content = "", "", "", ""
	}
	w := &worder{}
	c := CaseFields{Code: w.or(d.Code), Booked: w.or(d.Booked), Kind: w.or(d.Kind), Field: w.or(d.Field), Where: w.or(d.Where)}
	d.office(w, &c, f)
	d.people(w, &c)
	d.words(w, &c, f)
	d.days(w, &c)
	return c, w.err
}

func (d CaseLetter) office(w *worder, c *CaseFields, f Form) {
	o, l := d.Office, d.Letter
	c.Parent, c.OfficeHead, c.OfficeName = strings.ToUpper(o.Parent), strings.ToUpper(o.Name), w.or(o.Name)
	c.Head, c.Premises, c.Contact = w.say("case.head", d), w.say("case.premises", d), w.say("case.contact", d)
	c.Authority = strings.ToUpper(c.Head)
	c.Number, c.DateLine = w.say("letter.number", l.Number), w.say("date.place", dateline{o.Place, l.Date})
	c.Today, c.Signer = w.say("case.today", l.Date), l.Signer
	c.To, c.SignHow = w.say("letter.to", nil), w.say("case.sign_how", nil)
	role := l.SignerRole
	if role == "" {
		role = w.say("letter.role", nil)
	}
	roles := strings.Split(strings.ToUpper(role), "\n")
	c.FirstRole, c.MoreRole = roles[0], roles[1:]
	foot := ""
	if o.Sample {
		foot = w.say("sample", nil)
	}
	c.Foot = together([]string{w.say("code", c.Code), foot}, " · ")
	if len(l.Recipients) == 0 {
		l.Recipients = d.recipients(w, f)
	}
	c.letter, c.Recipients = l, strings.Split(w.say("letter.recipients", l.Recipients), "\n")
}

// recipients are who gets a letter when nothing else is said.
func (d CaseLetter) recipients(w *worder, f Form) []string {
	to := []string{w.say("case.as_above", f)}
	if d.Matter == Complaint && f.Inspectorate {
		to = append(to, w.say("case.inspectorate", nil))
	}
	if d.Unit != "" {
		to = append(to, d.Unit)
	}
	return to
}

func (d CaseLetter) people(w *worder, c *CaseFields) {
	p := d.Sender
	c.Named, c.Secret = !d.Secret, d.Secret
	c.Sender, c.SenderTo, c.AtAddress = w.say("case.sender", d), w.say("case.sender_to", d), w.say("case.at_address", d)
	c.Name, c.Address, c.IDNumber, c.Phone = w.or(p.Name), w.or(p.Address), w.or(p.IDNumber), w.or(p.Phone)
	c.Unit, c.Body = w.or(d.Unit), w.or(d.Body)
	c.Receiver, c.ReceiverPost = w.or(d.Receiver), w.or(d.Post)
	c.Respondent = w.or(d.Against)
	for i, item := range d.Papers {
		row := PaperRow{N: fmt.Sprint(i + 1), Name: item.Name, Copy: item.Copy, Note: item.Note}
		if item.Pages > 0 {
			row.Pages = fmt.Sprintf("%02d", item.Pages)
		}
		c.Papers = append(c.Papers, row)
	}
	for n := len(c.Papers); n < 4; n++ {
		c.Papers = append(c.Papers, PaperRow{N: fmt.Sprint(n + 1)})
	}
}

func (d CaseLetter) words(w *worder, c *CaseFields, f Form) {
	laws := struct {
		CaseLetter
		Processing bool
	}{d, f.Processing}
	c.Laws, c.Petition = w.say("case.laws", laws), w.say("case.petition", c)
	if !named(c.Laws, d.Ground) {
		c.AndGround = w.say("case.and_ground", d)
	}
	c.Round, c.About, c.NextRight = w.say("case.round", d), w.say("case.about", d), w.say("case.next_right", d)
	c.ByPaper, c.BySource = w.say("case.by_paper", d), w.say("case.by_source", d)
	if d.Ground != "" {
		c.Grounds = []string{d.Ground}
	}
	c.Reason = joined(d.Reason)
	if c.ReasonOrBlank = c.Reason; c.Reason == "" {
		c.ReasonOrBlank = w.say("case.long", nil)
	}
	if c.ReasonsOrBlank = w.lines(d.Reason, 1); d.Reason != "" {
		c.Reasons = c.ReasonsOrBlank
	}
	c.Content, c.Summary = w.lines(clipped(d.Content, longest), 3), joined(clipped(d.Content, summary))
	if c.Summary == "" {
		c.Summary = w.say("case.long", nil)
	}
	c.Findings = w.lines(d.Findings, 2)
	c.Proposal, c.TextOrBlank = w.lines(d.Proposal, 3), w.lines(d.Text, 4)
	if d.Text != "" {
		c.Text = c.TextOrBlank
	}
	c.Returned = d.returned(w)
}

// instrument is the number of a law or circular, such as 05/2021/TT-TTCP; an article
// says more of where in it.
var (
	instrument = regexp.MustCompile(`\d+/\d{4}/[\pL-]*\pL`)
	article    = regexp.MustCompile(`Điều \d`)
)

// named reports whether laws name all that the ground rests on already.
func named(laws, ground string) bool {
	numbers := instrument.FindAllString(ground, -1)
	return len(numbers) > 0 && !article.MatchString(ground) &&
		!slices.ContainsFunc(numbers, func(n string) bool { return !strings.Contains(laws, n) })
}

func (d CaseLetter) days(w *worder, c *CaseFields) {
	c.ReceivedOn, c.AcceptedOn, c.Due = w.day(d.Received), w.day(d.Accepted), w.day(d.Due)
	c.Until, c.From, c.AnswerBy = w.day(d.Until), w.day(d.From), w.day(d.AnswerBy)
	c.HasDue, c.Term = !d.Due.IsZero(), w.or(d.Term)
	var keep time.Time
	if !d.From.IsZero() {
		keep = d.From.AddDate(1, 0, 0)
	}
	c.KeepUntil = w.day(keep)
}

// longest is how many letters of a petition a form repeats, summary how many within
// a sentence; the petition itself is in the file.
const (
	longest = 1500
	summary = 700
)

// clipped is the beginning of s, whole words, with the mark of what is left out.
func clipped(s string, most int) string {
	rs := []rune(s)
	if len(rs) <= most {
		return s
	}
	cut := string(rs[:most])
	if i := strings.LastIndexAny(cut, " \n"); i > 0 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;.\n") + " […]"
}

// mostNamed is how many papers a sentence names one by one.
const mostNamed = 5

// returned is the list of papers within a sentence.
func (d CaseLetter) returned(w *worder) string {
	var names []string
	for i, item := range d.Papers {
		if i == mostNamed {
			names = append(names, w.say("case.more_papers", len(d.Papers)-mostNamed))
			break
		}
		names = append(names, item.Name)
	}
	return strings.Join(names, "; ")
}

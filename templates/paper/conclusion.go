package paper

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// ConclusionData is the notice after a session: what was concluded about each
// matter, and who is to do what by when. Whatever is empty or zero has no words.
type ConclusionData struct {
	Office   Office
	Letter   Letter
	Meeting  Meeting
	Receiver string // who really received
	InPerson bool   // … and it was the head
	Came     []string
	Received int // how many visits there were
	Opening  string
	Items    []ConclusionItem
	To       string // the citizen that this copy is for; empty: for everybody
	At       time.Time
}

// ConclusionItem is the conclusion about one matter. Of a Secret one only its
// number and the fact are printed.
type ConclusionItem struct {
	Reception int64
	Person    string
	Matter    string
	Text      string
	Unit      string
	Task      string
	Due       time.Time
	Secret    bool
}

// For is the copy for one citizen: the items of their own receptions and no others,
// without who else is told, who else came and what was said of the session as a whole.
func (d ConclusionData) For(name string, receptions ...int64) ConclusionData {
	d.To, d.Opening, d.Came, d.Received = name, "", nil, 0
	d.Letter.Recipients = []string{name}
	var own []ConclusionItem
	for _, i := range d.Items {
		if !i.Secret && slices.Contains(receptions, i.Reception) {
			own = append(own, i)
		}
	}
	d.Items = own
	return d
}

// Conclusion returns the "Thông báo kết luận việc tiếp công dân", A4 pages.
func Conclusion(d ConclusionData) ([]byte, error) {
	d = scrubbed(d)
	return drawn(a4, "conclusion.head", d, d.At, func(s *sheet) {
		s.opened(d.Office, d.Letter, s.say("conclusion.title", nil), s.say("conclusion.about", d))
		if d.To != "" {
			s.para(heading, runs("", s.say("conclusion.dear", d))...)
			s.down(1)
		}
		s.para(body, runs("", s.say("conclusion.was", d.was()))...)
		if d.Opening != "" {
			s.para(body, run{"", d.Opening})
		}
		s.para(body, run{"", s.say("conclusion.as", d)})
		for _, line := range d.lines(s.say) {
			if line.Head != "" {
				s.room(18)
			}
			s.para(body, run{"B", line.Head}, run{"", line.Text})
		}
		s.para(body, run{"", s.say("conclusion.end", d)})
		s.signed(d.Letter)
	})
}

// heldBy is the session as the opening sentence tells of it.
type heldBy struct {
	ConclusionData
	Chair, Kind, With string
}

func (d ConclusionData) was() heldBy {
	w := heldBy{ConclusionData: d, Chair: d.Receiver, Kind: lowered(d.Meeting.Kind), With: strings.Join(d.Came, "; ")}
	if w.Chair == "" {
		w.Chair = d.Meeting.Presides
	}
	return w
}

// lowered is s within a sentence: its first letter is a small one.
func lowered(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

// conclusionLine is one paragraph about an item; Head is set in bold before Text.
type conclusionLine struct{ Head, Text string }

type numberedItem struct {
	N int
	ConclusionItem
}

// lines are the paragraphs of all items, worded by say.
func (d ConclusionData) lines(say func(string, any) string) (out []conclusionLine) {
	for n, i := range d.Items {
		item := numberedItem{n + 1, i}
		if i.Secret {
			out = append(out, conclusionLine{say("conclusion.item", numberedItem{N: n + 1}) + " ", say("conclusion.secret", nil)})
			continue
		}
		out = append(out, conclusionLine{say("conclusion.item", item), ""})
		if i.Text != "" {
			out = append(out, conclusionLine{"", i.Text})
		}
		if i.Unit != "" || i.Task != "" {
			i.Task = strings.TrimRight(i.Task, ".; ")
			out = append(out, conclusionLine{"", say("conclusion.task", i)})
		}
	}
	return out
}

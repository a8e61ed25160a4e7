package paper

import (
	"fmt"
	"strings"
	"time"
)

// Person is one complainant. What is empty becomes a dotted line.
type Person struct {
	Name       string
	Address    string
	Phone      string
	IDNumber   string // of the identity card or passport
	IDIssuedOn time.Time
	IDIssuedBy string
}

// PetitionData is a complaint to be printed and signed, after form 01 of Decree
// 124/2020 and article 8 of the Law on Complaints. What is empty or zero becomes
// a dotted line to fill by hand.
type PetitionData struct {
	To             string // who is competent to resolve it
	Place          string // the locality of the date line
	Date           time.Time
	Complainant    Person
	OnBehalf       string   // whom the complainant stands for, and by what; may be empty
	Others         []Person // further people who complain of the same; representatives first
	People         int      // how many complain in all; 0 and 1 are one
	Speakers       []string // who represents them all
	Round          int      // 1 first, 2 second complaint; 0 leaves it open
	Against        string   // the body or person complained of; after a comma, maybe their address
	AgainstAddress string
	Subject        string // the decision or act, and what it is about
	Content        string // may have several paragraphs
	Request        string
	Attachments    []string
	Code           string // the case's
	QR             string // opens the case for the office; empty for none
	CreatedAt      time.Time
}

// maxSigners is how many lines the list of signers has at most; a larger group
// writes on further sheets.
const maxSigners = 200

// tight is how much closer a petition is set when that saves a page.
const tight = 0.85

// Petition returns the "Đơn khiếu nại", A4 pages, as few as it reads well on.
func Petition(d PetitionData) ([]byte, error) {
	d = scrubbed(d)
	pdf, pages, err := petition(d, 1)
	if err != nil || pages == 1 {
		return pdf, err
	}
	closer, fewer, err := petition(d, tight)
	if err != nil || fewer < pages {
		return closer, err
	}
	return pdf, nil
}

// petition draws d with everything but the head scaled by k.
func petition(d PetitionData, k float64) (pdf []byte, pages int, err error) {
	pdf, err = drawn(a4, "petition.title", d, d.CreatedAt, func(s *sheet) {
		s.k = k
		if d.Code != "" {
			s.code = s.say("code", d.Code)
		}
		s.petitionHead(d)
		s.petitionWho(d)
		s.petitionWhat(d)
		s.petitionSign(d)
		if d.group() {
			s.signersList(d)
		}
		pages = s.pdf.PageCount()
	})
	return pdf, pages, err
}

func (d PetitionData) group() bool { return d.People > 1 || len(d.Others) > 0 }

// body is the running text of a letter, line a text that may be written by hand.
var (
	body    = look{pt: 13.5, lead: 6.6, after: 1.6, indent: 10, align: justified}
	line    = look{pt: 13.5, lead: 7.2, after: 0.8}
	item    = look{pt: 13.5, lead: 6.6, after: 0.6, indent: 10}
	heading = look{pt: 13.5, lead: 6.6, after: 0.8}
)

// byHand is the distance of lines to write on, in millimetres.
const byHand = 8.0

// scaled is l as close as this sheet is set.
func (s *sheet) scaled(l look) look {
	l.pt, l.lead, l.after = l.pt*(1+s.k)/2, l.lead*s.k, l.after*s.k
	return l
}

func (s *sheet) petitionHead(d PetitionData) {
	s.motto(s.left, s.width, head{small: 13, big: 14, lead: 6.2})
	s.down(5 * s.k)
	place := s.say("date.place", dateline{d.Place, d.Date})
	s.pdf.SetFont(family, "I", 13.5)
	s.pdf.Text(s.left+s.width-s.pdf.GetStringWidth(place), s.y()+5, place)
	s.down(11.5 * s.k)
	s.centred(s.left, s.width, s.y(), 8, run{"B", s.say("petition.title", d)}, 17)
	s.down(11.5 * s.k)
	s.field(s.say("petition.to", d), d.To)
	s.down(2)
}

func (s *sheet) petitionWho(d PetitionData) {
	p := d.Complainant
	s.field(s.say("petition.name", d), p.Name)
	if d.OnBehalf != "" {
		s.field(s.say("petition.on_behalf", d), d.OnBehalf)
	}
	s.field(s.say("petition.address", d), p.Address)
	s.field(s.say("petition.id", d), p.IDNumber)
	s.pair(s.say("petition.issued_on", d), s.say("petition.issued_day", p), s.say("petition.issued_by", d), p.IDIssuedBy)
	s.field(s.say("petition.phone", d), p.Phone)
	if d.group() {
		s.field(s.say("petition.people", d), s.say("petition.people_n", d))
	}
}

func (s *sheet) petitionWhat(d PetitionData) {
	s.field(s.say("petition.against", d), d.Against)
	if d.AgainstAddress != "" || !strings.Contains(d.Against, ",") {
		s.field(s.say("petition.against_address", d), d.AgainstAddress)
	}
	s.field(s.say("petition.subject", d), d.Subject)
	s.passage("petition.content", d.Content, 6)
	s.passage("petition.request", d.Request, 3)
	s.title("petition.attachments")
	for i, a := range d.Attachments {
		s.para(s.scaled(item), run{"", fmt.Sprintf("%d. %s", i+1, a)})
	}
	if len(d.Attachments) == 0 {
		s.lines(2)
	}
}

// title begins a part; it doesn't stay alone at the foot of a page.
func (s *sheet) title(key string) {
	s.room(16 * s.k)
	s.down(1.6 * s.k)
	s.para(s.scaled(heading), run{"B", s.say(key, nil)})
}

// passage is a part of several paragraphs, or empty lines.
func (s *sheet) passage(key, text string, empty int) {
	s.title(key)
	if text == "" {
		s.lines(empty)
		return
	}
	s.para(s.scaled(body), run{"", text})
}

// lines draws n dotted lines, far enough apart for a hand.
func (s *sheet) lines(n int) {
	for range n {
		s.room(byHand * s.k)
		s.dots(s.left, s.left+s.width, s.y()+0.8*byHand*s.k)
		s.down(byHand * s.k)
	}
}

// field is a label with its value, or with dots up to the edge.
func (s *sheet) field(label, value string) {
	if value != "" {
		s.para(s.scaled(line), run{"", label + " " + value})
		return
	}
	s.room(byHand * s.k)
	s.blank(s.left, s.width, label)
	s.down(byHand * s.k)
}

// pair is two fields on one line, when what is known of them fits there.
func (s *sheet) pair(label1, value1, label2, value2 string) {
	half := s.width * 0.46
	s.pdf.SetFont(family, "", s.scaled(line).pt)
	if s.pdf.GetStringWidth(label2+" "+value2) > s.width-half {
		s.field(label1, value1)
		s.field(label2, value2)
		return
	}
	s.room(byHand * s.k)
	y := s.y()
	s.within(0, half, func() { s.para(s.scaled(line), run{"", label1 + " " + value1}) })
	s.pdf.SetXY(s.left, y)
	s.within(half, s.width-half, func() { s.field(label2, value2) })
}

// blank writes a label and dots after it, on the present line.
func (s *sheet) blank(x, w float64, label string) {
	s.pdf.SetFont(family, "", s.scaled(line).pt)
	y := s.y() + 0.72*line.lead*s.k
	s.pdf.Text(x, y, label)
	s.dots(x+s.pdf.GetStringWidth(label)+1.5, x+w, y+0.4)
}

// petitionSign is the pledge and the block to sign, with the way back to the case
// beside it. A signature never stands on a page without what it is under.
func (s *sheet) petitionSign(d PetitionData) {
	h := 46 * s.k
	s.room(h + 16*s.k)
	s.down(1)
	s.para(s.scaled(body), run{"", s.say("petition.pledge", d.group())})
	s.down(3)
	y, right := s.y(), s.width*0.46
	if d.QR != "" {
		s.qr(s.left-2, y, 24, d.QR)
		s.pdf.SetXY(s.left, y+24)
		s.within(0, right-8, func() {
			s.para(look{pt: 9, lead: 4}, run{"I", s.say("petition.scan", d)})
		})
	}
	s.pdf.SetXY(s.left, y)
	s.within(right, s.width-right, func() {
		c := look{pt: 13.5, lead: 6.2, align: centre}
		s.para(c, run{"B", s.say("petition.sign", d.group())})
		s.para(look{pt: 12, lead: 5.4, align: centre}, run{"I", s.say("petition.sign_how", nil)})
		s.down(22 * s.k)
		if d.Complainant.Name != "" {
			s.para(c, run{"B", d.Complainant.Name})
		}
	})
	s.pdf.SetXY(s.left, max(s.y(), y+h-3))
}

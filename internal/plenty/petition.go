package plenty

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"time"

	"tiepdan"
)

// write fills the gaps of a sentence.
func write(r *rand.Rand, sentence string) string {
	v := words()
	var b strings.Builder
	for {
		before, rest, gap := strings.Cut(sentence, "{")
		b.WriteString(before)
		if !gap {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, "}")
		switch name {
		case "thing":
			b.WriteString(often(r, v.Things))
		case "street":
			b.WriteString(often(r, v.Streets) + " " + one(r, v.Streets))
		case "n":
			b.WriteString(strconv.Itoa(1 + int(r.ExpFloat64()*60)))
		case "d":
			b.WriteString(strconv.Itoa(1 + r.IntN(28)))
		case "m":
			b.WriteString(strconv.Itoa(1 + r.IntN(12)))
		}
		sentence = after
	}
}

// kindOf draws a kind: most of what people bring is a report.
func kindOf(r *rand.Rand) tiepdan.Kind {
	switch n := r.IntN(100); {
	case n < 52:
		return tiepdan.PhanAnh
	case n < 72:
		return tiepdan.KienNghi
	case n < 93:
		return tiepdan.KhieuNai
	}
	return tiepdan.ToCao
}

// petition is what somebody brings, and whether by chat or at the desk.
func (w *World) petition(r *rand.Rand, i int) (p tiepdan.Petition, chat bool) {
	kind := w.Rules.Kind(kindOf(r))
	field := often(r, w.Rules.FieldsFor(kind.Kind))
	if field.Corruption {
		kind = w.Rules.Kind(tiepdan.ToCao)
	}
	p = tiepdan.Petition{ID: Draft(w.Seed, i), Kind: kind.Kind, Mode: kind.Mode, Field: field.Code, Begun: w.came(i)}
	if wards := w.Rules.Wards(); len(wards) > 0 && r.IntN(10) > 0 {
		p.Place = often(r, wards).Code
	}
	chat = r.IntN(10) < 6
	p.Content = []tiepdan.Passage{{Text: content(r, kind.Kind), At: w.came(i)}}
	p.Anonymous = kind.Kind == tiepdan.ToCao || kind.Kind == tiepdan.PhanAnh && r.IntN(8) == 0
	if kind.Kind == tiepdan.KhieuNai || kind.Kind == tiepdan.ToCao {
		p.Respondent = named(words().Respondent, 1+r.IntN(400))
	}
	if !p.Anonymous {
		w.sign(r, &p)
	}
	return p, chat
}

// sign says who brings it: one of many people, some of whom come again; now and
// then for others, too.
func (w *World) sign(r *rand.Rand, p *tiepdan.Petition) {
	n := 1 + r.IntN(1+w.Cases*3/5)
	p.Person = tiepdan.Person{Name: named(words().Person, n), Phone: "09" + pad(n, 8)}
	if r.IntN(25) > 0 {
		return
	}
	p.Group.People = 2 + int(r.ExpFloat64()*8)
	for m := range min(tiepdan.MaxRepresentatives(p.Group.People), 2) {
		p.Group.Representatives = append(p.Group.Representatives, named(words().Person, n+m+1))
	}
}

func named(pattern string, n int) string { return strings.ReplaceAll(pattern, "{n}", strconv.Itoa(n)) }

func pad(n, digits int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, digits-len(s))) + s
}

// content is some sentences, and that they are no real person's.
func content(r *rand.Rand, k tiepdan.Kind) string {
	v := words()
	said := []string{one(r, v.Openings)}
	switch k {
	case tiepdan.KhieuNai:
		said = append(said, v.Complaint)
	case tiepdan.ToCao:
		said = []string{v.Denunciation}
	}
	for range 1 + r.IntN(4) {
		said = append(said, one(r, v.Middles))
	}
	said = append(said, one(r, v.Closings), v.Label)
	for n, sentence := range said {
		said[n] = write(r, sentence)
	}
	return strings.Join(said, " ")
}

// open files the petition as case i.
func (w *World) open(r *rand.Rand, i int, again bool) (tiepdan.Case, error) {
	p, chat := w.petition(r, i)
	if again && p.Kind == tiepdan.KhieuNai && r.IntN(25) == 0 {
		p.Earlier = w.earlier(r, i)
	}
	by, at := tiepdan.Actor{Role: tiepdan.Citizen}, w.came(i)
	channel := "telegram"
	if !chat {
		by, channel = one(r, w.people[tiepdan.Receptionist]), "desk"
		p.Unsigned = r.IntN(6) == 0
	}
	c, err := tiepdan.Open(p, w.Rules.Kind(p.Kind), by, at, tiepdan.LegalDay(at, w.Rules.Calendar, w.Rules.Office.Hours))
	if err != nil {
		return c, err
	}
	c.Channel, c.Language = channel, tiepdan.Vietnamese
	field, _ := w.Rules.Field(p.Field)
	c.Corruption, c.History[0].Details.Corruption = field.Corruption, field.Corruption
	return c, nil
}

// earlier is a complaint of before that was decided, which its maker complains of
// again; 0: none was come across.
func (w *World) earlier(r *rand.Rand, i int) int64 {
	for range 6 {
		back := 1 + int(float64(w.Cases)/Years/12*(3+r.Float64()*9))
		if back > i {
			continue
		}
		c, err := w.tell(i-back, false)
		if err == nil && c.Kind == tiepdan.KhieuNai && !c.Sealed() && slices.Contains([]tiepdan.Status{tiepdan.Answered, tiepdan.Closed}, c.Status) {
			return w.First + int64(i-back)
		}
	}
	return 0
}

// hour is a moment of a working day's hours.
func (w *World) hour(r *rand.Rand, d tiepdan.Date) time.Time {
	return w.Rules.Calendar.Next(d).At(8*60 + r.IntN(3*60)).Add(time.Duration(r.IntN(3600)) * time.Second)
}

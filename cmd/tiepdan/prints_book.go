package main

import (
	"errors"
	"strconv"
	"strings"

	"tiepdan"
	"tiepdan/templates/paper"
	"tiepdan/templates/xlsx"
)

// entries walks the book's entries that q asks for.
func (p *printing) entries(each func(tiepdan.Reception, tiepdan.BookLine) error) (from, until tiepdan.Date, err error) {
	if from, until, err = p.days(); err != nil {
		return from, until, err
	}
	f := tiepdan.ReceptionFilter{By: p.by, From: from, Until: until, Words: p.q.Get("words")}
	return from, until, p.store.EachReception(p.ctx, f, func(r tiepdan.Reception) error {
		return each(r, tiepdan.BookRow(r, say))
	})
}

// manyEntries is how many entries a printed book holds at most: more are for the
// workbook.
const manyEntries = 5000

var errManyEntries = &tiepdan.Error{Code: tiepdan.Invalid, Key: "book.too_many", Args: map[string]any{"Max": manyEntries}}

func (p *printing) bookPDF() (of string, data []byte, err error) {
	d := paper.BookData{Office: p.office(), At: p.now}
	from, until, err := p.entries(func(r tiepdan.Reception, l tiepdan.BookLine) error {
		if len(d.Rows) == manyEntries {
			return errManyEntries
		}
		row := paper.BookRow{Number: l[0], On: r.On.Time(), Person: l[2], Identity: l[3], Content: l[4], KindPeople: l[5], PriorBody: l[6],
			Accept: l[7], Return: l[8], Transfer: l[9], Followed: l[10], Note: l[11]}
		if r.Version > 1 {
			row.Corrections = []paper.Correction{{Version: r.Version, At: r.At, Why: r.Why}}
		}
		d.Rows = append(d.Rows, row)
		return nil
	})
	if err != nil {
		return "", nil, err
	}
	d.From, d.Until = from.Time(), last(until)
	data, err = paper.Book(d)
	return from.String() + "-" + until.Add(-1).String(), data, err
}

var errEnough = errors.New("papers: the reader wants no more")

// bookXLSX streams the entries into the workbook.
func (p *printing) bookXLSX() (of string, data []byte, err error) {
	from, until, err := p.days()
	if err != nil {
		return "", nil, err
	}
	rows := func(yield func(xlsx.BookRow, error) bool) {
		_, _, err := p.entries(func(r tiepdan.Reception, l tiepdan.BookLine) error {
			row := xlsx.BookRow{Number: r.Number, On: r.On.Time(), Person: l[2], Identity: l[3], Content: l[4], KindPeople: l[5], PriorBody: l[6],
				Accept: l[7], Return: l[8], Transfer: l[9], Followed: l[10], Note: l[11], Version: r.Version}
			if r.Version > 1 {
				row.Corrected = r.At
			}
			if !yield(row, nil) {
				return errEnough
			}
			return nil
		})
		if err != nil && !errors.Is(err, errEnough) {
			yield(xlsx.BookRow{}, err)
		}
	}
	data, err = xlsx.Book(xlsx.BookData{Heading: p.heading(from, until), Rows: rows})
	return from.String() + "-" + until.Add(-1).String(), data, err
}

// refusal is the notice to somebody who wasn't received (TT04, Mẫu số 01).
func (p *printing) refusal() (of string, data []byte, err error) {
	r, err := p.store.Reception(p.ctx, p.by, p.id)
	if err != nil {
		return "", nil, err
	}
	if r.Result != tiepdan.ResultRefused {
		return "", nil, &tiepdan.Error{Code: tiepdan.NotFound, Key: "reception.none"}
	}
	data, err = paper.Refusal(paper.RefusalData{Office: p.office(), Letter: paper.Letter{Date: p.now}, On: r.On.Time(), Name: r.Person.Name,
		Address: r.Person.Address, Identity: r.Person.IDNumber, Matter: r.Content, Ground: string(r.Ground), GroundText: r.GroundText, At: p.now})
	return strconv.Itoa(r.Number), data, err
}

// answerDate says by when somebody gets an answer (Luật Tiếp công dân 2013, Điều 18(4)).
func (p *printing) answerDate() (of string, data []byte, err error) {
	r, err := p.store.Reception(p.ctx, p.by, p.id)
	if err != nil {
		return "", nil, err
	}
	if r.AnswerBy.IsZero() {
		return "", nil, &tiepdan.Error{Code: tiepdan.NotFound, Key: "reception.none"}
	}
	rule, _ := tiepdan.RuleByID("reception.answer_or_date")
	d := paper.AnswerDateData{Office: p.office(), Number: number(r.Number), Name: r.Person.Name, Address: r.Person.Address, Matter: r.Content,
		Body: r.Body, CaseCode: string(r.CaseCode), ReceivedOn: r.On.Time(), AnswerBy: r.AnswerBy.Time(), Source: rule.Source, Receiver: r.Receiver, At: p.now}
	if name := p.botName(); name != "" {
		d.Bot, d.QR = "@"+name, "https://t.me/"+strings.TrimPrefix(name, "@")
	}
	data, err = paper.AnswerDate(d)
	return strconv.Itoa(r.Number), data, err
}

package backend

import (
	"net/http"
	"net/url"

	"tiepdan"
	"tiepdan/templates"
)

// pageOfBook is how many entries of the book a page has.
const pageOfBook = 50

// bookLine is an entry as the book shows it.
type bookLine struct {
	tiepdan.Reception
	Cells  tiepdan.BookLine
	Hidden bool // sealed, and not for this reader
}

// bookPage is what book.html shows. Last is the last day of the period.
type bookPage struct {
	Asked bookAsked
	Last  tiepdan.Date
	Spans []spanLink
	Form  form
	Lines []bookLine
	Next  string
	First string
	XLSX  string
	PDF   string
}

// spanLink is a tab of the book.
type spanLink struct {
	Name    string
	Path    string
	Current bool
	From    tiepdan.Date
	Last    tiepdan.Date
}

func (s *Server) showBook(w http.ResponseWriter, r *http.Request) error {
	asked, err := readBookAsked(r, tiepdan.DateOf(s.Now()))
	if err != nil {
		return s.wrongSpan(w, r, err)
	}
	p := s.bookPage(r, asked)
	f := tiepdan.ReceptionFilter{By: who(r).Actor(), From: asked.From, Until: asked.Until, Words: asked.Words,
		After: r.FormValue("after"), Limit: pageOfBook}
	entries, next, err := s.Store.Receptions(r.Context(), f)
	if err != nil {
		return err
	}
	for _, e := range entries {
		p.Lines = append(p.Lines, newBookLine(e, who(r).Actor(), s.language(r)))
	}
	if next != "" {
		p.Next = with(r.URL, "after", next)
	}
	if f.After != "" {
		p.First = with(r.URL, "after", "")
	}
	return s.render(w, r, "book", p)
}

// wrongSpan shows the book's form again with what is wrong with its days.
func (s *Server) wrongSpan(w http.ResponseWriter, r *http.Request, err error) error {
	f, status, err := s.mend(r, err)
	if err != nil {
		return err
	}
	from, until := bookSpans[0].Days(tiepdan.DateOf(s.Now()))
	p := s.bookPage(r, bookAsked{From: from, Until: until})
	p.Form = form{Values: r.Form, Said: f.Said}
	return s.renderStatus(w, r, "book", status, p)
}

func (s *Server) bookPage(r *http.Request, asked bookAsked) bookPage {
	p := bookPage{Asked: asked, Last: asked.Until.Add(-1)}
	p.Form = filled("from", asked.From.String(), "until", p.Last.String(), "words", asked.Words)
	for _, span := range bookSpans {
		from, until := span.Days(tiepdan.DateOf(s.Now()))
		link := spanLink{Name: span.Name, Current: span.Name == asked.Span, From: from, Last: until.Add(-1)}
		link.Path = with(&url.URL{Path: "/book", RawQuery: without(r.URL.Query(), "after", "from", "until")}, "span", span.Name)
		p.Spans = append(p.Spans, link)
	}
	q := p.query().Encode()
	p.XLSX, p.PDF = "/book.xlsx?"+q, "/book.pdf?"+q
	return p
}

// query is what a paper of the book is asked for with: from, until (the last day)
// and words.
func (p bookPage) query() url.Values {
	q := url.Values{"from": {p.Asked.From.String()}, "until": {p.Last.String()}}
	if p.Asked.Words != "" {
		q.Set("words", p.Asked.Words)
	}
	return q
}

// newBookLine words an entry in the twelve columns.
func newBookLine(e tiepdan.Reception, by tiepdan.Actor, lang tiepdan.Language) bookLine {
	words := templates.Messages(lang)
	line := bookLine{Reception: e, Hidden: e.Sealed() && !by.Cleared}
	line.Cells = tiepdan.BookRow(e, func(key string, args any) string {
		said, err := words.Plain(key, args)
		if err != nil {
			return key // the test of all keys doesn't let this happen
		}
		return said
	})
	return line
}

// printBook prints a period of the book. Its address has the days themselves, the
// last one included; the paper is asked for with the first day after.
func (s *Server) printBook(what string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		asked, err := readBookAsked(r, tiepdan.DateOf(s.Now()))
		if err != nil {
			return err
		}
		q := url.Values{"from": {asked.From.String()}, "until": {asked.Until.String()}, "words": {asked.Words}}
		return s.sendPrint(w, r, what, 0, q)
	}
}

package backend

import (
	"net/http"
	"slices"
	"strconv"

	"tiepdan"
)

// mostItems bounds how many items a conclusion's form may bring.
const mostItems = 300

// typedConclusion is a conclusion as its form has it, over what stands there. Of a
// item that the writer may not read the form brings only its place.
func typedConclusion(r *http.Request, stands tiepdan.Conclusion) (tiepdan.Conclusion, error) {
	c, in := stands, typedIn(r)
	c.Version = int(number(r, "version"))
	c.Opening, c.Signer, c.SignerRole = tiepdan.Clean(r.PostFormValue("opening")), in.line("signer"), in.line("signer_role")
	c.Items = nil
	for n := range min(int(number(r, "items")), mostItems) {
		at := strconv.Itoa(n + 1)
		if ticked(r, "drop-"+at) {
			continue
		}
		i := tiepdan.ConclusionItem{Reception: number(r, "reception-"+at), Matter: tiepdan.Clean(r.PostFormValue("matter-" + at)),
			Text: tiepdan.Clean(r.PostFormValue("text-" + at)), Unit: number(r, "unit-"+at), Task: tiepdan.Clean(r.PostFormValue("task-" + at)), Due: in.day("due-" + at)}
		if s, ok := itemAbout(stands, i.Reception); ok && s.Secret {
			i.Secret = true
			if s.Withheld {
				i = s
			}
		}
		if i != (tiepdan.ConclusionItem{}) {
			c.Items = append(c.Items, i)
		}
	}
	return c, in.fault
}

// itemAbout is the item about an entry of the book.
func itemAbout(c tiepdan.Conclusion, reception int64) (tiepdan.ConclusionItem, bool) {
	i := slices.IndexFunc(c.Items, func(i tiepdan.ConclusionItem) bool { return i.Reception == reception })
	if reception == 0 || i < 0 {
		return tiepdan.ConclusionItem{}, false
	}
	return c.Items[i], true
}

// stands is the session of the address, and its conclusion as this person may see it.
func (s *Server) stands(r *http.Request) (tiepdan.Session, tiepdan.Conclusion, error) {
	d, err := s.reception(r)
	if err != nil {
		return d, tiepdan.Conclusion{}, err
	}
	c, ok, err := s.Store.Conclusion(r.Context(), who(r).Actor(), d.ID)
	if err == nil && !ok {
		err = &tiepdan.Error{Code: tiepdan.NotFound, Key: "conclusion.none"}
	}
	return d, c, err
}

// draftConclusion writes a draft from the book, or adds the entries written since.
func (s *Server) draftConclusion(w http.ResponseWriter, r *http.Request) error {
	d, err := s.reception(r)
	if err != nil {
		return err
	}
	c, err := s.Store.DraftConclusion(r.Context(), who(r).Actor(), d.ID)
	if err != nil {
		return s.again(w, r, err, "conclusion", func(f form) (any, error) { return s.conclusionPage(r, d, c, f) })
	}
	return s.done(w, r, "conclusion.drafted", conclusionPath(d.ID))
}

// saveConclusion keeps what was typed, and gives it to the leader when asked to. What
// is not complete is kept all the same.
func (s *Server) saveConclusion(w http.ResponseWriter, r *http.Request) error {
	d, stands, err := s.stands(r)
	if err != nil {
		return err
	}
	by := who(r).Actor()
	typed, err := typedConclusion(r, stands)
	saved, said := typed, "conclusion.saved"
	if err == nil {
		saved, err = s.Store.SaveConclusion(r.Context(), by, typed)
	}
	if err == nil {
		typed = saved
		if r.PostFormValue("do") == string(tiepdan.SubmitConclusion) {
			said = "conclusion.submitted"
			err = s.Store.SubmitConclusion(r.Context(), by, saved.ID, saved.Version)
		}
	}
	if err != nil {
		return s.again(w, r, err, "conclusion", func(f form) (any, error) { return s.conclusionPage(r, d, typed, f) })
	}
	return s.done(w, r, said, conclusionPath(d.ID))
}

// numberConclusion keeps the signed paper's number.
func (s *Server) numberConclusion(w http.ResponseWriter, r *http.Request) error {
	return s.decideOn(w, r, "conclusion.numbered", func(c tiepdan.Conclusion) error {
		in := typedIn(r)
		if number := in.line("number"); in.fault == nil {
			return s.Store.NumberConclusion(r.Context(), who(r).Actor(), c.ID, number)
		}
		return in.fault
	}, func(p *conclusionPage, f form) { p.NumberForm = f })
}

// askConclusionChanges gives the conclusion back to who wrote it.
func (s *Server) askConclusionChanges(w http.ResponseWriter, r *http.Request) error {
	return s.decideOn(w, r, "conclusion.asked", func(c tiepdan.Conclusion) error {
		return s.Store.AskConclusionChanges(r.Context(), who(r).Actor(), c.ID, r.PostFormValue("text"))
	}, func(p *conclusionPage, f form) { p.Ask = f })
}

// approveConclusion signs off what the person was shown: its version says which.
func (s *Server) approveConclusion(w http.ResponseWriter, r *http.Request) error {
	return s.decideOn(w, r, "conclusion.approved", func(c tiepdan.Conclusion) error {
		_, err := s.Store.ApproveConclusion(r.Context(), who(r).Actor(), c.ID, int(number(r, "version")), s.Now())
		return err
	}, func(p *conclusionPage, f form) { p.Form = form{Said: f.Said} })
}

// decideOn does something to a conclusion as a whole; put shows what was wrong.
func (s *Server) decideOn(w http.ResponseWriter, r *http.Request, said string, do func(tiepdan.Conclusion) error, put func(*conclusionPage, form)) error {
	d, c, err := s.stands(r)
	if err != nil {
		return err
	}
	if err := do(c); err != nil {
		return s.again(w, r, err, "conclusion", func(f form) (any, error) {
			p, err := s.conclusionPage(r, d, c, form{})
			put(&p, f)
			return p, err
		})
	}
	return s.done(w, r, said, conclusionPath(d.ID))
}

func (s *Server) printConclusion(what string) handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		d, _, err := s.stands(r)
		if err != nil {
			return err
		}
		return s.sendPrint(w, r, what, d.ID, nil)
	}
}

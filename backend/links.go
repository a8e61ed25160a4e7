package backend

import (
	"net/http"

	"tiepdan"
)

// alikeShown is how many suggestions a case's page shows; the compare page is a step further.
const alikeShown = 5

// linksPanel is what a case's page says of other cases: those that it is linked to, and
// those that it may be the same as.
type linksPanel struct {
	Path    string
	Lines   []tiepdan.LinkLine
	Matter  int64 // shared with others; 0: none
	Alike   []tiepdan.Alike
	Letter  int // how many of them are the same text
	MayLink bool
	Kinds   []option
	Form    form
}

// Any reports whether there is anything to show.
func (p linksPanel) Any() bool {
	return len(p.Lines) > 0 || len(p.Alike) > 0 || p.MayLink
}

func (s *Server) linksOf(r *http.Request, c tiepdan.Case, f form) (p linksPanel, err error) {
	actor := who(r).Actor()
	p = linksPanel{Path: casePath(c.Code), MayLink: tiepdan.May(c, actor, tiepdan.Link), Kinds: linkOptions(s.language(r)), Form: f}
	if p.Lines, err = s.Store.Linked(r.Context(), actor, c); err != nil {
		return p, err
	}
	if p.Matter, err = s.Store.MatterOf(r.Context(), actor, c.ID); err != nil || !p.MayLink {
		return p, err
	}
	p.Alike, p.Letter, err = s.suggested(r, c)
	return p, err
}

// suggested are the first of those that c may be the same as, and how many have its text.
func (s *Server) suggested(r *http.Request, c tiepdan.Case) (list []tiepdan.Alike, letter int, err error) {
	list, err = s.Store.Alike(r.Context(), who(r).Actor(), c)
	for _, a := range list {
		if a.Likely {
			letter++
		}
	}
	return list[:min(len(list), alikeShown)], letter, err
}

func linkOptions(lang tiepdan.Language) (opts []option) {
	for _, k := range tiepdan.LinkKinds() {
		opts = append(opts, option{Value: string(k), Label: plain(lang, "link.to_"+string(k)), Hint: plain(lang, "link.about_"+string(k))})
	}
	return opts
}

// changeLink links the case to another one, takes a link back, or remembers that they
// have nothing to do with each other.
func (s *Server) changeLink(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caseAsked(r)
	if err != nil {
		return err
	}
	do := tiepdan.Action(r.PostFormValue("do"))
	other, err := s.otherCase(r, r.PostFormValue("other"))
	switch {
	case err != nil:
	case do == "unlike":
		err = s.Store.Unlike(r.Context(), who(r).Actor(), c.ID, other.ID)
	case do == tiepdan.Link || do == tiepdan.Unlink:
		_, err = s.Store.LinkCases(r.Context(), c.ID, s.linking(r, do, other.ID, tiepdan.LinkKind(r.PostFormValue("kind"))))
	default:
		err = &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.error.bad_form"}
	}
	if err != nil {
		f, status, err := s.mend(r, err)
		if err != nil {
			return err
		}
		return s.renderCase(w, r, c, status, tiepdan.Link, f)
	}
	return s.done(w, r, "done."+string(do), casePath(c.Code))
}

func (s *Server) linking(r *http.Request, do tiepdan.Action, other int64, kind tiepdan.LinkKind) tiepdan.Act {
	return tiepdan.Act{Do: do, By: who(r).Actor(), At: s.Now(), Details: tiepdan.Details{Other: other, Link: kind}}
}

// otherCase is the case of a code that somebody typed or chose, for who may know of it.
// That it isn't there is a fault of the form.
func (s *Server) otherCase(r *http.Request, code string) (tiepdan.Case, error) {
	none := &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.links.unknown"}
	parsed, err := tiepdan.ParseCaseCode(code)
	if err != nil {
		return tiepdan.Case{}, none
	}
	c, err := s.Store.CaseByCode(r.Context(), parsed)
	if err != nil && tiepdan.CodeOf(err) != tiepdan.NotFound {
		return c, err
	}
	if err != nil || who(r).Actor().See(c) != tiepdan.Everything {
		return tiepdan.Case{}, none
	}
	return c, nil
}

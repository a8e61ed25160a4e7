package backend

import (
	"net/http"
	"net/url"

	"tiepdan"
)

// matterPage is what matter.html shows: all petitions of one matter.
type matterPage struct {
	Lines  []tiepdan.MatterLine
	People int
}

func (s *Server) showMatter(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "matter.none")
	if err != nil {
		return err
	}
	var p matterPage
	if p.Lines, err = s.Store.Matter(r.Context(), who(r).Actor(), id); err != nil {
		return err
	}
	for _, l := range p.Lines {
		p.People += max(1, l.People)
	}
	return s.render(w, r, "matter", p)
}

// letterPage is what letter.html shows: petitions that have one text.
type letterPage struct {
	Case    tiepdan.Case
	Lines   []tiepdan.Alike
	People  int
	Capped  bool
	MayLink bool
	Form    form
}

// Petitions is how many there are, the case's own among them.
func (p letterPage) Petitions() int { return len(p.Lines) + 1 }

// Path is the page's own.
func (p letterPage) Path() string { return casePath(p.Case.Code) + "/letter" }

func (s *Server) showLetter(w http.ResponseWriter, r *http.Request) error {
	return s.renderLetter(w, r, http.StatusOK, form{})
}

func (s *Server) renderLetter(w http.ResponseWriter, r *http.Request, status int, f form) error {
	c, err := s.caseAsked(r)
	if err != nil {
		return err
	}
	actor := who(r).Actor()
	if actor.See(c) != tiepdan.Everything {
		return &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.case.unknown"}
	}
	p := letterPage{Case: c, MayLink: tiepdan.May(c, actor, tiepdan.Link), Form: f}
	if p.Lines, p.People, p.Capped, err = s.Store.SameLetter(r.Context(), actor, c); err != nil {
		return err
	}
	return s.renderStatus(w, r, "letter", status, p)
}

// linkLetter links the chosen petitions to the case as other people's of one matter.
// Each is a link of its own: what was linked before one is refused stays.
func (s *Server) linkLetter(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caseAsked(r)
	if err != nil {
		return err
	}
	chosen := r.PostForm["other"]
	if len(chosen) == 0 {
		err = &tiepdan.Error{Code: tiepdan.Invalid, Key: "act.other_missing"}
	}
	for _, code := range chosen {
		other, err2 := s.otherCase(r, code)
		if err = err2; err == nil {
			_, err = s.Store.LinkCases(r.Context(), c.ID, s.linking(r, tiepdan.Link, other.ID, tiepdan.SameMatter))
		}
		if err != nil {
			break
		}
	}
	if err != nil {
		f, status, err := s.mend(r, err)
		if err != nil {
			return err
		}
		return s.renderLetter(w, r, status, f)
	}
	return s.done(w, r, "done.link", casePath(c.Code))
}

// mattersCount is what a list says beside its count: how many matters its petitions
// are, and the way to a list of these.
type mattersCount struct {
	N    int
	Path string // "": the list has one line a matter, or as many matters as petitions
}

// countMatters counts đơn and vụ việc apart, unless there are too many to count.
func (s *Server) countMatters(r *http.Request, p *listPage, c *caseQuery) (err error) {
	if c.f.OneAMatter || p.Capped || p.Count == 0 {
		return nil
	}
	n, capped := p.matters, false
	if n == 0 {
		f := c.f
		f.OneAMatter = true
		n, capped, err = s.Store.CountCases(r.Context(), f, tiepdan.CountCap)
	}
	if err == nil && !capped && n != p.Count {
		q := c.Values.Encode()
		p.Matters = mattersCount{N: n, Path: with(&url.URL{Path: "/cases", RawQuery: q}, "one", "1")}
	}
	return err
}

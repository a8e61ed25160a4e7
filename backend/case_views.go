package backend

import (
	"net/http"
	"net/url"
	"strconv"

	"tiepdan"
)

// savedLink is a saved view as the list shows it.
type savedLink struct {
	tiepdan.CaseView
	Path    string
	Current bool
	Mine    bool
	Ignored int
	beside
}

// mostSaved is how many saved views a list shows with their counts; the others are
// on their page.
const mostSaved = 8

// savedOf is the view that a list's address asks for, or the one that the reader
// begins with when it asks for nothing.
func savedOf(r *http.Request, list []tiepdan.CaseView) (v tiepdan.CaseView, ok bool) {
	id := number(r, "saved")
	for _, v := range list {
		if v.ID == id || r.URL.RawQuery == "" && v.First {
			return v, true
		}
	}
	return v, false
}

// asked is what a list's address asks for, with the saved view that it names.
func (s *Server) asked(r *http.Request) (q url.Values, saved tiepdan.CaseView, list []tiepdan.CaseView, err error) {
	if list, err = s.Store.CaseViews(r.Context(), who(r).Actor()); err != nil {
		return nil, saved, nil, err
	}
	q = r.URL.Query()
	saved, ok := savedOf(r, list)
	if !ok {
		q.Del("saved")
		return q, saved, list, nil
	}
	old, err := url.ParseQuery(saved.Query)
	if err != nil {
		old = url.Values{} // what can't be read narrows nothing
	}
	old.Set("saved", strconv.FormatInt(saved.ID, 10))
	if after := q.Get("after"); after != "" {
		old.Set("after", after)
	}
	return old, saved, list, nil
}

// savedLinks are the saved views, read with the office that c has at hand, and with the numbers beside them still to be counted.
func (s *Server) savedLinks(r *http.Request, c *caseQuery, list []tiepdan.CaseView, current int64) (links []savedLink, numbers []*beside) {
	links = make([]savedLink, len(list))
	for i, v := range list {
		q, err := url.ParseQuery(v.Query)
		if err != nil {
			q = url.Values{}
		}
		saved := s.readAmong(r, q, c.rules, c.staff)
		links[i] = savedLink{CaseView: v, Path: "/cases?saved=" + strconv.FormatInt(v.ID, 10), Current: v.ID == current, Mine: v.Staff == who(r).ID,
			Ignored: len(saved.Ignored), beside: beside{of: saved.f}}
		numbers = append(numbers, &links[i].beside)
	}
	return links, numbers
}

// viewsPage is what case_views.html shows. Form is of the view Editing, or of a new
// one when it is 0.
type viewsPage struct {
	Links   []savedLink
	Editing int64
	Form    form
	Shares  []option
}

func (s *Server) showCaseViews(w http.ResponseWriter, r *http.Request) error {
	return s.viewsPage(w, r, form{}, 0, http.StatusOK)
}

func (s *Server) viewsPage(w http.ResponseWriter, r *http.Request, f form, editing int64, status int) error {
	list, err := s.Store.CaseViews(r.Context(), who(r).Actor())
	if err != nil {
		return err
	}
	p := viewsPage{Form: f, Editing: editing, Shares: s.shares(r)}
	c, err := s.readQuery(r, nil)
	if err != nil {
		return err
	}
	var numbers []*beside
	p.Links, numbers = s.savedLinks(r, c, list, 0)
	if err := s.countBeside(r.Context(), numbers); err != nil {
		return err
	}
	return s.renderStatus(w, r, "case_views", status, p)
}

// shares are with whom the reader may share a view; none: with nobody.
func (s *Server) shares(r *http.Request) (opts []option) {
	may := who(r).Actor().MaySharing()
	if len(may) < 2 {
		return nil
	}
	for _, how := range may {
		opts = append(opts, option{Value: string(how), Label: plain(s.language(r), "views.share_"+string(how))})
	}
	return opts
}

// saveCaseView saves a new view, or changes the name and the sharing of one.
func (s *Server) saveCaseView(w http.ResponseWriter, r *http.Request) error {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	old, err := url.ParseQuery(r.FormValue("query"))
	if err != nil {
		old = url.Values{}
	}
	saved, err := s.Store.SaveCaseView(r.Context(), who(r).Actor(), tiepdan.CaseView{ID: id, Name: r.FormValue("name"),
		Shared: tiepdan.Sharing(r.FormValue("shared")), Query: narrowing(old)})
	if err != nil {
		f, status, err := s.mend(r, err)
		if err != nil {
			return err
		}
		return s.viewsPage(w, r, f, id, status)
	}
	if id != 0 {
		return s.done(w, r, "views.saved", "/case-views")
	}
	return s.done(w, r, "views.saved", "/cases?saved="+strconv.FormatInt(saved, 10))
}

func (s *Server) deleteCaseView(w http.ResponseWriter, r *http.Request) error {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err := s.Store.DeleteCaseView(r.Context(), who(r).Actor(), id); err != nil {
		return err
	}
	return s.done(w, r, "views.deleted", "/case-views")
}

// beginWithCaseView makes a view the first page of the reader's list, or none.
func (s *Server) beginWithCaseView(w http.ResponseWriter, r *http.Request) error {
	id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if r.FormValue("not") != "" {
		id = 0
	}
	if err := s.Store.BeginWithCaseView(r.Context(), who(r).Actor(), id); err != nil {
		return err
	}
	return s.done(w, r, "views.begun", "/case-views")
}

// exportCases sends the list as a workbook.
func (s *Server) exportCases(w http.ResponseWriter, r *http.Request) error {
	q, _, _, err := s.asked(r)
	if err != nil {
		return err
	}
	c, err := s.readQuery(r, q)
	if err != nil {
		return err
	}
	lines := func(each func(tiepdan.CaseLine) error) (more bool, err error) {
		_, more, err = s.Store.ExportCases(r.Context(), c.f, each)
		return more, err
	}
	name, mime, data, err := s.Papers.CaseList(r.Context(), lines)
	return send(w, name, mime, data, err)
}

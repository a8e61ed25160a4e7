package backend

import (
	"net/http"
	"strconv"

	"tiepdan"
)

// editPlanned changes one session from its row of the plan, and comes back to it.
func (s *Server) editPlanned(w http.ResponseWriter, r *http.Request) error {
	year, quarter, err := planOf(r)
	if err != nil {
		return err
	}
	d, err := s.reception(r)
	if err != nil {
		return err
	}
	change, err := s.edited(r)
	if err == nil {
		_, err = s.Store.ChangeSession(r.Context(), who(r).Actor(), d.ID, change)
	}
	if err != nil {
		return s.again(w, r, err, "plan", func(f form) (any, error) { return s.planPage(r, d.ID, f) })
	}
	return s.done(w, r, "sessions.saved", planPath(year, quarter)+"#s-"+decimal(d.ID))
}

// confirmPlanned confirms the sessions that the form names; all drafts of the
// quarter where it says so.
func (s *Server) confirmPlanned(w http.ResponseWriter, r *http.Request) error {
	year, quarter, err := planOf(r)
	if err != nil {
		return err
	}
	var ids []int64
	for _, v := range r.PostForm["id"] {
		if id, err := strconv.ParseInt(v, 10, 64); err == nil {
			ids = append(ids, id)
		}
	}
	where := planPath(year, quarter)
	if ticked(r, "all") {
		_, list, err := s.Store.Plan(r.Context(), year, quarter)
		if err != nil {
			return err
		}
		for _, d := range list {
			if d.Status == tiepdan.SessionDraft {
				ids = append(ids, d.ID)
			}
		}
	} else if len(ids) > 0 {
		where += "#s-" + decimal(ids[0])
	}
	if _, err := s.Store.ConfirmSessions(r.Context(), who(r).Actor(), ids); err != nil {
		return err
	}
	return s.done(w, r, "plans.confirmed", where)
}

func (s *Server) submitPlan(w http.ResponseWriter, r *http.Request) error {
	year, quarter, err := planOf(r)
	if err == nil {
		err = s.Store.SubmitPlan(r.Context(), who(r).Actor(), year, quarter)
	}
	if err != nil {
		return s.planAgain(w, r, err)
	}
	return s.done(w, r, "plans.submitted", planPath(year, quarter))
}

func (s *Server) askPlanChanges(w http.ResponseWriter, r *http.Request) error {
	year, quarter, err := planOf(r)
	if err != nil {
		return err
	}
	text := tiepdan.Clean(r.PostFormValue("text"))
	if err = incomplete("act.text_missing"); text != "" {
		err = s.Store.AskPlanChanges(r.Context(), who(r).Actor(), year, quarter, text)
	}
	if err != nil {
		return s.planAgain(w, r, err)
	}
	return s.done(w, r, "plans.asked", planPath(year, quarter))
}

func (s *Server) publishPlan(w http.ResponseWriter, r *http.Request) error {
	year, quarter, err := planOf(r)
	if err != nil {
		return err
	}
	n, err := s.Store.PublishPlan(r.Context(), who(r).Actor(), year, quarter, s.Now())
	if err != nil {
		return s.planAgain(w, r, err)
	}
	http.Redirect(w, r, planPath(year, quarter)+"?published="+strconv.Itoa(n), http.StatusSeeOther)
	return nil
}

// planAgain shows the plan with what is wrong with it as a whole.
func (s *Server) planAgain(w http.ResponseWriter, r *http.Request, err error) error {
	return s.again(w, r, err, "plan", func(f form) (any, error) {
		p, err := s.planPage(r, 0, form{})
		p.Said, p.AskForm = f, f
		return p, err
	})
}

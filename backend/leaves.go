package backend

import (
	"net/http"
	"slices"

	"tiepdan"
)

// leaveRow is a leave in the list. Note is for those who may write it down.
type leaveRow struct {
	tiepdan.Leave
	Name       string
	Unit       string
	Substitute string
	Now        bool // it lasts today
	Mine       bool // to change
	Gap        bool // nobody stands in: none is named, or they are away too
}

// leavesPage is what leaves.html shows.
type leavesPage struct {
	Rows []leaveRow // of now and to come
	Past []leaveRow
	For  []leaveRow // those for whom the reader stands in today
}

// pastLeaves is how many leaves that are over the page shows.
const pastLeaves = 30

func (s *Server) showLeaves(w http.ResponseWriter, r *http.Request) error {
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	past, err := s.Store.PastLeaves(r.Context(), pastLeaves)
	if err != nil {
		return err
	}
	var p leavesPage
	today, me := tiepdan.DateOf(s.Now()), who(r)
	covered := names.rules.Leaves.StoodInFor(me.ID, today)
	for _, l := range names.rules.Leaves {
		if l.Until.Before(today) {
			continue
		}
		row := names.leaveRow(l, me, today)
		p.Rows = append(p.Rows, row)
		if row.Now && slices.Contains(covered, l.Staff) {
			p.For = append(p.For, row)
		}
	}
	for _, l := range past {
		p.Past = append(p.Past, names.leaveRow(l, me, today))
	}
	return s.render(w, r, "leaves", p)
}

func (n namer) leaveRow(l tiepdan.Leave, me tiepdan.Staff, today tiepdan.Date) leaveRow {
	of, _ := n.someone(l.Staff)
	row := leaveRow{Leave: l, Name: of.Name, Unit: n.unit(of.Unit), Substitute: n.person(l.Substitute), Now: l.Covers(today)}
	row.Mine = me.Actor().MayEnterLeave(of) && !l.Until.Before(today)
	if !row.Mine {
		row.Note = ""
	}
	if row.Now {
		_, ok := n.rules.Leaves.StandIn(l.Staff, today)
		row.Gap = !ok
	}
	return row
}

// leavePage is what leave.html shows: one leave, or a new one.
type leavePage struct {
	Leave       tiepdan.Leave // the zero value: a new one
	Name        string        // whose it is, of one that is there
	Form        form
	People      []group // whose leave may be written down
	Substitutes []group
}

func (s *Server) leavePage(r *http.Request, l tiepdan.Leave, f form) (leavePage, error) {
	names, err := s.namer(r)
	if err != nil {
		return leavePage{}, err
	}
	me := who(r)
	p := leavePage{Leave: l, Name: names.person(l.Staff), Form: f}
	may := func(of tiepdan.Staff) bool { return me.Actor().MayEnterLeave(of) }
	p.People = names.groups(may)
	p.Substitutes = names.groups(func(sub tiepdan.Staff) bool {
		return slices.ContainsFunc(names.staff, func(of tiepdan.Staff) bool {
			return (l.Staff == of.ID || l.Staff == 0 && may(of)) && sub.MayStandIn(of)
		})
	})
	return p, nil
}

// groups are the people who meet the condition, under their units, with when they
// are away.
func (n namer) groups(meets func(tiepdan.Staff) bool) (gs []group) {
	units := append([]tiepdan.Unit{{Name: plain(n.lang, "leaves.office")}}, n.rules.Units...)
	for _, u := range units {
		g := group{Label: u.Name}
		for _, p := range n.staff {
			if p.Unit == u.ID && !p.Disabled && meets(p) {
				g.Options = append(g.Options, option{Value: decimal(p.ID), Label: p.Name, Hint: plain(n.lang, "role."+string(p.Role))})
			}
		}
		if len(g.Options) > 0 {
			gs = append(gs, g)
		}
	}
	return gs
}

func (s *Server) showNewLeave(w http.ResponseWriter, r *http.Request) error {
	p, err := s.leavePage(r, tiepdan.Leave{}, filled("staff", decimal(who(r).ID)))
	if err != nil {
		return err
	}
	return s.render(w, r, "leave", p)
}

// leave is the one that the address names, if the reader may change it; a new one
// where it names none.
func (s *Server) leave(r *http.Request) (tiepdan.Leave, error) {
	if r.PathValue("id") == "" {
		return tiepdan.Leave{}, nil
	}
	id, err := pathID(r, "leave.none")
	if err != nil {
		return tiepdan.Leave{}, err
	}
	names, err := s.namer(r)
	if err != nil {
		return tiepdan.Leave{}, err
	}
	i := slices.IndexFunc(names.rules.Leaves, func(l tiepdan.Leave) bool { return l.ID == id })
	if i < 0 || !names.leaveRow(names.rules.Leaves[i], who(r), tiepdan.DateOf(s.Now())).Mine {
		return tiepdan.Leave{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "leave.none"}
	}
	return names.rules.Leaves[i], nil
}

func (s *Server) showLeave(w http.ResponseWriter, r *http.Request) error {
	l, err := s.leave(r)
	if err != nil {
		return err
	}
	p, err := s.leavePage(r, l, filled("from", l.From.String(), "until", l.Until.String(), "substitute", decimal(l.Substitute), "note", l.Note))
	if err != nil {
		return err
	}
	return s.render(w, r, "leave", p)
}

// saveLeave writes a leave down, or changes the one that the address names.
func (s *Server) saveLeave(w http.ResponseWriter, r *http.Request) error {
	before, err := s.leave(r)
	if err != nil {
		return err
	}
	in := typedIn(r)
	l := tiepdan.Leave{ID: before.ID, Staff: before.Staff, From: in.day("from"), Until: in.day("until"), Substitute: number(r, "substitute"),
		Note: in.line("note")}
	if l.ID == 0 {
		l.Staff = number(r, "staff")
	}
	if err = in.fault; err == nil {
		_, err = s.Store.SaveLeave(r.Context(), who(r).Actor(), l)
	}
	if err != nil {
		return s.again(w, r, err, "leave", func(f form) (any, error) { return s.leavePage(r, before, f) })
	}
	return s.done(w, r, "leaves.saved", "/leaves")
}

func (s *Server) endLeave(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "leave.none")
	if err != nil {
		return err
	}
	if err := s.Store.EndLeave(r.Context(), who(r).Actor(), id); err != nil {
		return err
	}
	return s.done(w, r, "leaves.ended", "/leaves")
}

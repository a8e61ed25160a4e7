package backend

import (
	"net/http"
	"net/url"

	"tiepdan"
)

// followPage is what transfers.html and stored.html show: cases that aren't worked
// on any more but looked after.
type followPage struct {
	Name  string // transfers, stored
	Rows  []followRow
	Due   int // of what is stored: how many whose time is over
	First string
	Next  string
}

// followRow is a line of them.
type followRow struct {
	tiepdan.FollowUp
	Ground string // in words
	Waits  int    // days since the transfer
	Over   bool   // its time is over
	Decide bool   // the reader decides, or writes to the body
}

// showTransfers lists what was passed on and isn't replied to, the oldest first.
func (s *Server) showTransfers(w http.ResponseWriter, r *http.Request) error {
	p, err := s.followPage(r, "transfers", tiepdan.Transferred)
	if err != nil {
		return err
	}
	return s.render(w, r, "transfers", p)
}

// showStored lists what is filed away, that first whose time is over first.
func (s *Server) showStored(w http.ResponseWriter, r *http.Request) error {
	p, err := s.followPage(r, "stored", tiepdan.FiledAway)
	if err == nil {
		p.Due, err = s.Store.DueFollowUps(r.Context(), who(r).Actor(), tiepdan.FiledAway, tiepdan.DateOf(s.Now()))
	}
	if err != nil {
		return err
	}
	return s.render(w, r, "stored", p)
}

func (s *Server) followPage(r *http.Request, name string, status tiepdan.Status) (followPage, error) {
	p := followPage{Name: name}
	after, by, today := r.FormValue("after"), who(r).Actor(), tiepdan.DateOf(s.Now())
	found, next, err := s.Store.FollowUps(r.Context(), by, status, after)
	if err != nil {
		return p, err
	}
	for _, f := range found {
		row := followRow{FollowUp: f, Waits: f.Since.DaysUntil(today), Over: f.On.Before(today),
			Decide: by.Role.Writes() && (!f.Sealed || by.Cleared) && (status == tiepdan.Transferred || by.Role != tiepdan.Receptionist)}
		if g, ok := tiepdan.LegalGroundByID(f.Ground); ok {
			row.Ground = groundName(g, s.language(r))
		}
		p.Rows = append(p.Rows, row)
	}
	if after != "" {
		p.First = "/" + name
	}
	if next != "" {
		p.Next = "/" + name + "?after=" + url.QueryEscape(next)
	}
	return p, nil
}

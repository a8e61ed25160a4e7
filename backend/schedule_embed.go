package backend

import (
	"net/http"
	"strconv"

	"tiepdan"
)

// How many days an embedded schedule shows.
const (
	embedDays    = 45
	embedDaysMax = 184
)

// embedPage is what schedule_embed.html shows within another site.
type embedPage struct {
	Rows   []sessionCard
	Duties []dutyLine
	All    string // the whole schedule
	Base   string
}

// showEmbed is the part of the schedule that the authority's own site frames: no
// script, nothing to sign in with, nothing to send.
func (s *Server) showEmbed(w http.ResponseWriter, r *http.Request) error {
	framable(w)
	days := embedDays
	if v := r.Form.Get("days"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 || n > embedDaysMax {
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.schedule.asked_wrong"}
		}
		days = n
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	today := tiepdan.DateOf(s.Now())
	a, err := readAsked(r, rules, today)
	if err != nil {
		return err
	}
	a.From, a.Until = today, today.Add(days)
	list, err := s.Store.PublicSessions(r.Context(), a.From.Time(), a.Until.Time())
	if err != nil {
		return err
	}
	p := embedPage{All: s.PublicURL + "/schedule", Base: s.PublicURL, Duties: duties(list, a, rules)}
	for _, d := range list {
		if a.shows(d) && !isDuty(d) {
			p.Rows = append(p.Rows, s.card(d, rules))
		}
	}
	w.Header().Set("Cache-Control", "public, max-age=300")
	return s.renderIn("embed_layout", w, r, "schedule_embed", http.StatusOK, p)
}

// framable lets any site show the page in a frame, where it can do nothing.
func framable(w http.ResponseWriter) {
	head := w.Header()
	head.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *")
	head.Del("X-Frame-Options")
	head.Del("Cross-Origin-Opener-Policy")
}

package backend

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"tiepdan"
)

// sessionsPage is what sessions.html shows: a stretch of the schedule as staff have it.
type sessionsPage struct {
	Rows  []tiepdan.Session
	Past  bool
	Kind  string
	Kinds []option
	Edits bool
}

// showSessions lists the sessions of the next four months, or of the last three.
// The regular duty, every working day's, is shown when it is asked for.
func (s *Server) showSessions(w http.ResponseWriter, r *http.Request) error {
	today := tiepdan.DateOf(s.Now())
	from, until := today, today.AddMonths(4)
	p := sessionsPage{Past: r.FormValue("view") == "past", Kind: r.FormValue("kind"), Kinds: sessionKindOptions(s.language(r)),
		Edits: slices.Contains(planners, who(r).Role)}
	if p.Past {
		from, until = today.AddMonths(-3), today
	}
	list, err := s.Store.Sessions(r.Context(), from.Time(), until.Time())
	if err != nil {
		return err
	}
	for _, d := range list {
		if string(d.Kind) == p.Kind || p.Kind == "" && !isDuty(d) {
			p.Rows = append(p.Rows, d)
		}
	}
	if p.Past {
		slices.Reverse(p.Rows)
	}
	return s.render(w, r, "sessions", p)
}

// sessionPage is what session.html shows: one session, or a new one.
type sessionPage struct {
	Session  tiepdan.Session
	UnitName string
	HeadName string
	Called   []string // the units that are to attend
	Form     form
	Kinds    []option
	Heads    []option
	Units    []option
	May      map[string]bool
	Counted  bool // what was just done is said with a number
	Told     int
	Watchers int
	Code     qrCode
	Link     string
	Year     int
	Quarter  int
}

func (s *Server) sessionPage(r *http.Request, d tiepdan.Session, f form) (sessionPage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return sessionPage{}, err
	}
	heads, err := s.Store.Heads(r.Context())
	if err != nil {
		return sessionPage{}, err
	}
	lang, role := s.language(r), who(r).Role
	p := sessionPage{Session: d, Form: f, Kinds: sessionKindOptions(lang), Heads: headOptions(heads), Units: unitOptions(rules, nil, lang), May: map[string]bool{}}
	if d.ID == 0 {
		return p, nil
	}
	unit, _ := rules.Unit(d.Unit)
	p.UnitName, p.Called = unit.Name, unitNames(rules, d.Units)
	for _, h := range heads {
		if h.ID == d.Head {
			p.HeadName = h.Name
		}
	}
	p.Year, p.Quarter = tiepdan.QuarterOf(d.On())
	for _, do := range []tiepdan.SessionAction{tiepdan.ConfirmSession, tiepdan.PublishSession, tiepdan.EditSession, tiepdan.CancelSession} {
		p.May[string(do)] = d.May(do, role)
	}
	return p, s.announced(r, &p)
}

// announced adds what only a public session has.
func (s *Server) announced(r *http.Request, p *sessionPage) (err error) {
	p.Told, err = strconv.Atoi(r.URL.Query().Get("told"))
	p.Counted = err == nil && r.Method == http.MethodGet
	if !p.Session.Public() {
		return nil
	}
	if p.Watchers, err = s.Store.Watchers(r.Context(), p.Session.ID); err != nil {
		return err
	}
	p.Link = s.sessionLink(p.Session)
	p.Code, err = newQR(p.Link)
	return err
}

func unitNames(rules *tiepdan.Rules, ids []int64) (names []string) {
	for _, id := range ids {
		if u, ok := rules.Unit(id); ok {
			names = append(names, u.Name)
		}
	}
	return names
}

// reception is the session that the address names.
func (s *Server) reception(r *http.Request) (tiepdan.Session, error) {
	id, err := pathID(r, "session.none")
	if err != nil {
		return tiepdan.Session{}, err
	}
	return s.Store.Session(r.Context(), id)
}

func (s *Server) showSession(w http.ResponseWriter, r *http.Request) error {
	d, err := s.reception(r)
	if err != nil {
		return err
	}
	p, err := s.sessionPage(r, d, sessionForm(d))
	if err != nil {
		return err
	}
	return s.render(w, r, "session", p)
}

func (s *Server) showNewSession(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	next := rules.Calendar.Next(tiepdan.DateOf(s.Now()).Add(1))
	f := filled("day", next.String(), "from", "08:00", "until", "11:30", "place", rules.Office.Address, "kind", string(tiepdan.Extraordinary), "places", "0")
	p, err := s.sessionPage(r, tiepdan.Session{}, f)
	if err != nil {
		return err
	}
	return s.render(w, r, "session", p)
}

// addSession adds a session by hand: out of turn, a dialogue, a turn at another
// body's, one more day of a head. It is a draft until somebody confirms it.
func (s *Server) addSession(w http.ResponseWriter, r *http.Request) error {
	d, err := s.readNew(r)
	var id int64
	if err == nil {
		id, err = s.Store.AddSession(r.Context(), who(r).Actor(), d)
	}
	if err != nil {
		return s.again(w, r, err, "session", func(f form) (any, error) { return s.sessionPage(r, tiepdan.Session{}, f) })
	}
	return s.done(w, r, "sessions.added", "/sessions/"+decimal(id))
}

func (s *Server) readNew(r *http.Request) (d tiepdan.Session, err error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return d, err
	}
	heads, err := s.Store.Heads(r.Context())
	if err != nil {
		return d, err
	}
	in := typedIn(r)
	d = tiepdan.Session{Kind: tiepdan.SessionKind(r.PostFormValue("kind")), Status: tiepdan.SessionDraft, Online: ticked(r, "online"),
		Unit: number(r, "unit"), Host: in.line("host")}
	if d.Starts, d.Ends, err = whenOf(r); err != nil {
		return d, err
	}
	switch _, known := rules.Unit(d.Unit); {
	case in.fault != nil:
		return d, in.fault
	case !slices.Contains(tiepdan.SessionKinds(), d.Kind):
		return d, &tiepdan.Error{Code: tiepdan.Invalid, Key: "recurrence.kind_missing"}
	case d.Unit != 0 && !known:
		return d, &tiepdan.Error{Code: tiepdan.Invalid, Key: "unit.none"}
	case d.Kind == tiepdan.Guest && d.Host == "":
		return d, &tiepdan.Error{Code: tiepdan.Invalid, Key: "recurrence.host_missing"}
	case !d.Starts.After(s.Now().Add(-24 * time.Hour)):
		return d, incomplete("page.sessions.past_day")
	}
	return readWho(r, d, rules, heads)
}

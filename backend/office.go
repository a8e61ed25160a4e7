package backend

import (
	"cmp"
	"net/http"
	"strconv"
	"strings"
	"time"

	"tiepdan"
)

// officePage is what office.html shows.
type officePage struct {
	Form form
	Days []weekday
}

// weekday is one day's field of hours.
type weekday struct {
	Day  int // as time.Weekday
	Name string
}

// week is from Monday on.
func week() (days []weekday) {
	for i := range 7 {
		day := (i + 1) % 7
		days = append(days, weekday{day, "hours_" + decimal(day)})
	}
	return days
}

func (s *Server) showOffice(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	o := rules.Office
	f := filled("name", o.Name, "parent", o.Parent, "address", o.Address, "place", o.Place, "phone", o.Phone, "email", o.Email,
		"website", o.Website, "rules", o.Rules, "privacy_contact", o.PrivacyContact, "reopen_days", decimal(cmp.Or(o.ReopenDays, tiepdan.ReopenDays)), "saturday", mark1(o.SaturdayWork),
		"assign_days", strconv.Itoa(o.AssignDays), "take_days", strconv.Itoa(o.TakeDays), "direct_days", strconv.Itoa(o.DirectDays), "close_days", decimal(o.CloseDays), "quiet", o.Quiet.String())
	for _, d := range week() {
		f.Values.Set(d.Name, writeHours(o.Hours[d.Day]))
	}
	return s.render(w, r, "office", officePage{f, week()})
}

func (s *Server) saveOffice(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	o, err := readOffice(r, rules.Office)
	if err == nil {
		err = s.Store.SaveOffice(r.Context(), who(r).Actor(), o)
	}
	if err != nil {
		return s.again(w, r, err, "office", func(f form) (any, error) { return officePage{f, week()}, nil })
	}
	return s.done(w, r, "office.saved", "/office")
}

// readOffice reads the form over what stands. A changed privacy notice gets the
// next version, and every citizen is asked anew.
func readOffice(r *http.Request, o tiepdan.Office) (tiepdan.Office, error) {
	in := typedIn(r)
	o.Name, o.Parent, o.Address, o.Place = in.line("name"), in.line("parent"), in.line("address"), in.line("place")
	o.Phone, o.Email, o.Website = in.line("phone"), in.line("email"), in.line("website")
	o.Rules, o.PrivacyContact = tiepdan.Clean(r.PostFormValue("rules")), in.line("privacy_contact")
	if in.fault != nil {
		return o, in.fault
	}
	o.SaturdayWork = ticked(r, "saturday")
	if in.line("reopen_days") != "" {
		if o.ReopenDays = int(number(r, "reopen_days")); o.ReopenDays < 1 || o.ReopenDays > 366 {
			return o, incomplete("page.office.reopen_days_wrong")
		}
	}
	if days, err := strconv.Atoi(cmp.Or(in.line("close_days"), "0")); err != nil || days < 0 || days > 366 {
		return o, incomplete("page.office.close_days_wrong")
	} else {
		o.CloseDays = days
	}
	if ticked(r, "privacy_changed") {
		o.PrivacyVersion++
	}
	if o.Name == "" || o.Place == "" {
		return o, incomplete("page.office.incomplete")
	}
	if err := readClocks(r, &o); err != nil {
		return o, err
	}
	for _, d := range week() {
		spans, err := readHours(r.PostFormValue(d.Name))
		if err != nil {
			return o, err
		}
		o.Hours[time.Weekday(d.Day)] = spans
	}
	return o, o.Hours.Valid()
}

// mostDays is the longest time limit that the office can set itself.
const mostDays = 60

// readClocks reads the office's own time limits and its quiet hours.
func readClocks(r *http.Request, o *tiepdan.Office) (err error) {
	for name, days := range map[string]*int{"assign_days": &o.AssignDays, "take_days": &o.TakeDays, "direct_days": &o.DirectDays} {
		n, err := strconv.Atoi(cmp.Or(strings.TrimSpace(r.PostFormValue(name)), "0"))
		if err != nil || n < 0 || n > mostDays {
			return incomplete("page.office.days_wrong")
		}
		*days = n
	}
	o.Quiet, err = readQuiet(r)
	return err
}

// readQuiet reads quiet hours as people type them.
func readQuiet(r *http.Request) (tiepdan.Quiet, error) {
	return tiepdan.ParseQuiet(strings.NewReplacer("–", "-", "—", "-", " ", "", "h", ":", "H", ":").Replace(r.PostFormValue("quiet")))
}

// writeHours writes a day's hours as 07:30-11:30, 13:00-17:00.
func writeHours(spans []tiepdan.Span) string {
	var parts []string
	for _, s := range spans {
		parts = append(parts, s.String())
	}
	return strings.Join(parts, ", ")
}

// readHours reads what writeHours wrote, and a dash or a point as people type them.
func readHours(text string) (spans []tiepdan.Span, err error) {
	text = strings.NewReplacer("–", "-", "—", "-", " ", "", "h", ":", "H", ":", ";", ",").Replace(text)
	for part := range strings.SplitSeq(text, ",") {
		if part == "" {
			continue
		}
		var s tiepdan.Span
		if err := s.UnmarshalText([]byte(part)); err != nil {
			return nil, err
		}
		spans = append(spans, s)
	}
	return spans, nil
}

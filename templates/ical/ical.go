// Package ical writes receptions of citizens as an iCalendar file (RFC 5545, RFC
// 7986): the feed that people subscribe to, and the file of one session. It knows
// no words for people and no store: the words come with its [Options], the
// sessions from whoever asks. It isn't for reading calendars.
package ical

import (
	"errors"
	"strings"
	"time"

	ics "github.com/arran4/golang-ical"

	"tiepdan"
)

// Type is the media type of what [Calendar] returns.
const Type = "text/calendar; charset=utf-8"

const (
	zone    = "Asia/Ho_Chi_Minh"
	maker   = "-//tiepdan//reception//VI"
	local   = "20060102T150405"
	refresh = "PT1H" // how often a subscriber should look again; told changes come by chat
)

// Options are what a calendar says besides its sessions.
type Options struct {
	Name    string    // of the calendar, as apps list it
	URL     string    // of the page that shows the same; may be empty
	Now     time.Time // the moment of writing
	Summary func(tiepdan.Session) string
	Details func(tiepdan.Session) string // may be nil; its lines are kept
	Link    func(tiepdan.Session) string // the session's own page; may be nil
}

// Calendar writes the sessions in their order, one event each; those that were
// never public are left out. A session keeps its UID whatever is changed, so that
// a moved one moves in people's calendars, and a cancelled one is marked there.
func Calendar(ss []tiepdan.Session, o Options) ([]byte, error) {
	if o.Summary == nil || o.Now.IsZero() {
		return nil, errors.New("ical: no words or no time to write with")
	}
	cal := ics.NewCalendar()
	cal.SetProductId(maker)
	cal.SetCalscale("GREGORIAN")
	cal.SetMethod(ics.MethodPublish)
	cal.SetName(line(o.Name))
	cal.SetXWRTimezone(zone)
	cal.SetRefreshInterval(refresh) // the library names its type
	cal.SetXPublishedTTL(refresh)
	if o.URL != "" {
		cal.SetUrl(address(o.URL))
	}
	hanoi(cal)
	for _, s := range ss {
		if s.Public() {
			event(cal, s, o)
		}
	}
	var b strings.Builder
	if err := cal.SerializeTo(&b, ics.WithNewLineWindows); err != nil {
		return nil, err
	}
	return []byte(b.String()), nil
}

// hanoi describes the zone for apps that don't know it; Vietnam has no summer time.
func hanoi(cal *ics.Calendar) {
	standard := cal.AddTimezone(zone).AddStandard()
	standard.SetProperty(ics.ComponentPropertyDtStart, "19700101T000000")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetfrom), "+0700")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzoffsetto), "+0700")
	standard.SetProperty(ics.ComponentProperty(ics.PropertyTzname), "+07")
}

func event(cal *ics.Calendar, s tiepdan.Session, o Options) {
	e := cal.AddEvent(s.UID())
	e.SetDtStampTime(o.Now)
	e.SetSequence(s.Sequence)
	e.SetProperty(ics.ComponentPropertyDtStart, s.Starts.In(tiepdan.Hanoi).Format(local), ics.WithTZID(zone))
	e.SetProperty(ics.ComponentPropertyDtEnd, s.Ends.In(tiepdan.Hanoi).Format(local), ics.WithTZID(zone))
	e.SetSummary(line(o.Summary(s)))
	if s.Place != "" {
		e.SetLocation(line(s.Place))
	}
	if o.Details != nil {
		if text := lines(o.Details(s)); text != "" {
			e.SetDescription(text)
		}
	}
	e.SetStatus(ics.ObjectStatusConfirmed)
	if s.Cancelled() {
		e.SetStatus(ics.ObjectStatusCancelled)
	}
	if o.Link != nil {
		e.SetURL(address(o.Link(s)))
	}
	if !s.Changed.IsZero() {
		e.SetLastModifiedAt(s.Changed)
	}
}

// line makes a text one line, with single spaces: a fold between two spaces would
// leave a line that looks empty.
func line(s string) string { return strings.Join(strings.Fields(tiepdan.Clean(s)), " ") }

// lines does so for each line of a text.
func lines(s string) string {
	all := strings.Split(tiepdan.Clean(s), "\n")
	for i := range all {
		all[i] = strings.Join(strings.Fields(all[i]), " ")
	}
	return strings.Join(all, "\n")
}

// address keeps a link from ending its line.
func address(s string) string { return strings.Join(strings.Fields(s), "%20") }

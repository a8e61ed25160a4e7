package tiepdan

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// What each role may do to a session as it stands; what isn't said can't be done.
func TestTheLifeOfASession(t *testing.T) {
	t.Parallel()
	desk, all, heads := "receptionist board_head system", "receptionist board_head leader system", "board_head leader system"
	may := map[SessionStatus]map[SessionAction]struct {
		by string
		to SessionStatus
	}{
		SessionDraft:     {ConfirmSession: {all, SessionConfirmed}, EditSession: {all, SessionDraft}, CancelSession: {heads, SessionCancelled}},
		SessionConfirmed: {PublishSession: {heads, SessionPublished}, EditSession: {all, SessionConfirmed}, CancelSession: {heads, SessionCancelled}, OpenSession: {desk, SessionOpen}},
		SessionPublished: {EditSession: {all, SessionPublished}, CancelSession: {heads, SessionCancelled}, OpenSession: {desk, SessionOpen}},
		SessionOpen:      {CloseSession: {desk, SessionHeld}},
		SessionHeld:      {ResumeSession: {desk, SessionOpen}},
		SessionCancelled: {},
	}
	for _, status := range SessionStatuses() {
		for _, do := range []SessionAction{ConfirmSession, PublishSession, EditSession, CancelSession, OpenSession, CloseSession, ResumeSession} {
			row, known := may[status][do]
			for _, role := range append(StaffRoles(), Citizen, System) {
				to, err := Session{Status: status}.After(do, role)
				switch allowed := known && slices.Contains(strings.Fields(row.by), string(role)); {
				case allowed && (err != nil || to != row.to):
					t.Errorf("%s %s by %s: %s, %v", status, do, role, to, err)
				case !allowed && known && keyOf(err) != "session.not_yours", !known && keyOf(err) != "session.not_now":
					t.Errorf("%s %s by %s: %v", status, do, role, err)
				case !allowed && to != status:
					t.Errorf("%s %s by %s changed it to %s", status, do, role, to)
				}
				if (err == nil) != (Session{Status: status}).May(do, role) {
					t.Errorf("%s %s by %s: May differs", status, do, role)
				}
			}
		}
	}
}

func TestASessionKeepsItsName(t *testing.T) {
	t.Parallel()
	s := session()
	name := s.UID()
	if name != "session-5-2026-12-01@tiepdan" || s.Moved() || s.Cancelled() || !s.Public() {
		t.Errorf("%s, %+v", name, s)
	}
	s.Starts, s.Ends, s.Sequence = s.Starts.AddDate(0, 0, 1), s.Ends.AddDate(0, 0, 1), 1
	if s.UID() != name || !s.Moved() || s.On() != dated("2026-12-02") {
		t.Errorf("%s, %+v", s.UID(), s)
	}
	if s = (Session{Starts: s.Starts}); s.Moved() {
		t.Error("one without an original day was moved")
	}
}

// A session late in the evening in UTC is the next day's in Hanoi.
func TestADayIsHanois(t *testing.T) {
	t.Parallel()
	s := Session{Starts: time.Date(2026, 11, 30, 18, 0, 0, 0, time.UTC)}
	if s.On() != dated("2026-12-01") {
		t.Error(s.On())
	}
}

func TestHowLateSomebodyCame(t *testing.T) {
	t.Parallel()
	starts := dated("2026-12-01").At(8 * 60)
	for _, tt := range []struct {
		after time.Duration
		want  time.Duration
	}{{-time.Hour, 0}, {0, 0}, {59 * time.Second, 0}, {time.Minute, time.Minute}, {12*time.Minute + 30*time.Second, 12 * time.Minute}} {
		if got := (Attendance{Came: starts.Add(tt.after)}).Late(starts); got != tt.want {
			t.Errorf("%v after: %v", tt.after, got)
		}
	}
	if (Attendance{}).Late(starts) != 0 {
		t.Error("who never came was late")
	}
}

package backend

import (
	"crypto/rand"
	"net/http"
	"time"

	"tiepdan"
)

// What is done to one member of staff beside their name and role.

// oncePage is what once.html shows: a secret that is shown now and never again. It
// is the answer to the post itself: no address, no session and no log holds it.
type oncePage struct {
	Person   tiepdan.Staff
	Password string
	Link     string
	QR       qrCode
	Bot      string
	Until    time.Time
}

// resetPassword gives a member of staff a new password, which ends their sessions.
func (s *Server) resetPassword(w http.ResponseWriter, r *http.Request) error {
	person, err := s.person(r)
	if err != nil {
		return err
	}
	password := freshPassword()
	hash, err := HashPassword(password)
	if err != nil {
		return err
	}
	if err := s.Store.SetPassword(r.Context(), who(r).Actor(), person.ID, hash); err != nil {
		return err
	}
	if person.ID == who(r).ID {
		if err := s.remember(r, person.Login, hash); err != nil {
			return err
		}
	}
	return s.render(w, r, "once", oncePage{Person: person, Password: password})
}

// freshPassword is easy to read out and to type: four groups of lower-case letters
// and digits, 79 bits.
func freshPassword() string {
	const letters = "abcdefghjkmnpqrstuvwxyz23456789" // none that look alike
	b := make([]byte, 0, 19)
	for len(b) < cap(b) {
		if len(b)%5 == 4 {
			b = append(b, '-')
			continue
		}
		b = append(b, letters[below(len(letters))])
	}
	return string(b)
}

// below is a uniform random number below n, which is at most 256.
func below(n int) int {
	var b [1]byte
	for {
		rand.Read(b[:]) // never fails
		if v := int(b[0]); v < 256-256%n {
			return v % n
		}
	}
}

// invitationLife is how long the link of an invitation can be used.
const invitationLife = 24 * time.Hour

// invite makes the link by which a member of staff binds their chat account.
func (s *Server) invite(w http.ResponseWriter, r *http.Request) error {
	person, err := s.person(r)
	if err != nil {
		return err
	}
	bot, now := s.BotName(), s.Now()
	if bot == "" {
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "page.people.no_bot"}
	}
	if person.Disabled {
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "page.people.is_disabled"}
	}
	token, err := s.Store.Invite(r.Context(), who(r).Actor(), person.ID, now)
	if err != nil {
		return err
	}
	link := "https://t.me/" + bot + "?start=join_" + token
	code, err := newQR(link)
	if err != nil {
		return err
	}
	return s.render(w, r, "once", oncePage{Person: person, Link: link, QR: code, Bot: "@" + bot, Until: now.Add(invitationLife)})
}

// showDisable asks before somebody's access is taken away, and says what they hold.
func (s *Server) showDisable(w http.ResponseWriter, r *http.Request) error {
	person, err := s.person(r)
	if err != nil {
		return err
	}
	loads, err := s.Store.Loads(r.Context())
	if err != nil {
		return err
	}
	return s.render(w, r, "disable", struct {
		Person tiepdan.Staff
		Load   tiepdan.Load
	}{person, loads.Officers[person.ID]})
}

// disable takes a person's access away, or gives it back.
func (s *Server) disable(w http.ResponseWriter, r *http.Request) error {
	person, err := s.person(r)
	if err != nil {
		return err
	}
	if person.ID == who(r).ID {
		return &tiepdan.Error{Code: tiepdan.Conflict, Key: "page.people.not_yourself"}
	}
	off := r.PostFormValue("off") != ""
	if err := s.Store.DisableStaff(r.Context(), who(r).Actor(), person.ID, off); err != nil {
		return err
	}
	said := "people.enabled"
	if off {
		said = "people.disabled"
	}
	return s.done(w, r, said, "/people/"+decimal(person.ID))
}

// showJoins lists the accounts that used an invitation and wait until somebody
// says that they are really those persons'.
func (s *Server) showJoins(w http.ResponseWriter, r *http.Request) error {
	joins, err := s.Store.PendingJoins(r.Context())
	if err != nil {
		return err
	}
	return s.render(w, r, "joins", joins)
}

func (s *Server) decideJoin(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "join.none")
	if err != nil {
		return err
	}
	ok := r.PostFormValue("decision") == "confirm"
	if err := s.Store.ConfirmJoin(r.Context(), who(r).Actor(), id, ok, s.Now()); err != nil {
		return err
	}
	said := "people.join_refused"
	if ok {
		said = "people.join_confirmed"
	}
	return s.done(w, r, said, "/joins")
}

package backend

import (
	"crypto/rand"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"tiepdan"
)

// errFiled says that the form was filed before, with other words.
var errFiled = errors.New("backend: this form is filed")

// fileOnce files what the desk took. A form that was filed before is that case; one
// that had other words put into it since, as a browser's way back allows, isn't.
func (s *Server) fileOnce(r *http.Request, p tiepdan.Petition) (tiepdan.Case, error) {
	c, created, err := s.Store.FileCase(r.Context(), p, tiepdan.Filing{Language: tiepdan.Vietnamese,
		By: who(r).Actor(), At: s.Now(), Channel: "desk"})
	switch {
	case err != nil, created, c.Sealed() && !p.Sealed(): // sealed since: names were taken out of it
	case c.Text != p.Text(), !c.Sealed() && c.Person != p.Person:
		err = errFiled
	}
	return c, err
}

// formAnew gives what was typed into a form that is filed a form of its own.
func (s *Server) formAnew(r *http.Request, draft string, files []tiepdan.Attachment) (string, error) {
	s.sessions.Remove(r.Context(), intakeKey(draft))
	draft = rand.Text()
	return draft, s.keepFiles(r, draft, files)
}

// contentFault says at the desk what a chat says to who writes there.
func contentFault(err error) error {
	if e, ok := errors.AsType[*tiepdan.Error](err); ok && e.Key == "petition.content_long" {
		return &tiepdan.Error{Code: e.Code, Key: "page.intake.content_long", Args: e.Args}
	}
	return err
}

// peopleOf is how many people a form says; what is no number is a fault, not one person.
func peopleOf(r *http.Request) (int, error) {
	said := strings.TrimSpace(r.PostFormValue("people"))
	if said == "" {
		return 0, nil
	}
	n, err := strconv.Atoi(said)
	if err != nil {
		return 0, incomplete("petition.people_number")
	}
	return n, nil
}

package backend

import (
	"net/http"
	"strconv"

	"tiepdan"
)

// again shows a form anew, as it was typed and with what is wrong with it, where
// err is the person's to mend. It makes the page's data from the form.
func (s *Server) again(w http.ResponseWriter, r *http.Request, err error, name string, page func(f form) (any, error)) error {
	f, status, err := s.mend(r, err)
	if err != nil {
		return err
	}
	p, err := page(f)
	if err != nil {
		return err
	}
	return s.renderStatus(w, r, name, status, p)
}

// pathID is the number in a page's address.
func pathID(r *http.Request, key string) (int64, error) {
	id, err := strconv.ParseInt(r.PathValue("id"), 10, 64)
	if err != nil || id <= 0 {
		return 0, &tiepdan.Error{Code: tiepdan.NotFound, Key: key}
	}
	return id, nil
}

// mark1 is how a form holds a ticked box.
func mark1(on bool) string {
	if on {
		return "1"
	}
	return ""
}

func decimal[T int | int64](n T) string { return strconv.FormatInt(int64(n), 10) }

// incomplete is the fault of a form that lacks what it can't do without.
func incomplete(key string) error { return &tiepdan.Error{Code: tiepdan.Invalid, Key: key} }

package telegram

import (
	"errors"
	"fmt"
	"strings"

	"tiepdan"
)

// cause is an error as our log may have it: what our own code says on the way
// down, and of what others' errors say only their kind, since a citizen's words may
// stand in them.
func cause(err error) string {
	if err == nil {
		return ""
	}
	switch e := err.(type) { //nolint:errorlint // each link of the chain is looked at
	case *failure:
		return e.Error()
	case *tiepdan.Error:
		return string(e.Code) + ": " + e.Key + below(e.Err)
	case interface{ Unwrap() []error }:
		var all []string
		for _, err := range e.Unwrap() {
			all = append(all, cause(err))
		}
		return strings.Join(all, ": ")
	case interface{ SQLState() string }:
		return "postgres " + e.SQLState()
	}
	inner, kind := errors.Unwrap(err), fmt.Sprintf("%T", err)
	switch {
	case inner == nil && kind == "*errors.errorString":
		return err.Error() // fixed words
	case kind == "*fmt.wrapError":
		return strings.TrimSuffix(err.Error(), inner.Error()) + cause(inner)
	}
	return kind + below(inner)
}

func below(err error) string {
	if err == nil {
		return ""
	}
	return ": " + cause(err)
}

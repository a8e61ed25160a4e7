package tiepdan

import "errors"

// Code says what kind of failure an [Error] is, so that the edges can react
// without reading its text.
type Code string

const (
	Invalid   Code = "invalid"   // the input is wrong; the person can mend it
	NotFound  Code = "not_found" // no such thing, or none that this person may see
	Forbidden Code = "forbidden" // exists, but not for this person
	Conflict  Code = "conflict"  // somebody else was there first
	Limited   Code = "limited"   // too often; later is fine
	Internal  Code = "internal"  // ours to mend; never shown
)

// Error is a failure that a person will be told about. Key names the message,
// which templates renders in that person's language; Err is for our log only and
// must hold no citizen's word.
type Error struct {
	Code Code
	Key  string
	Args map[string]any
	Err  error
}

func (e *Error) Error() string {
	s := string(e.Code) + ": " + e.Key
	if e.Err != nil {
		s += ": " + e.Err.Error()
	}
	return s
}

func (e *Error) Unwrap() error { return e.Err }

// CodeOf returns the code of the first [Error] in err's tree, or Internal when
// there is none: an error that nobody foresaw is ours.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Internal
}

func invalid(key string, args map[string]any) error {
	return &Error{Code: Invalid, Key: key, Args: args}
}

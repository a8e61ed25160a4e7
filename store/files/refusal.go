package files

// Reason is why a file is not taken, as the last part of a text's key.
type Reason string

// The reasons.
const (
	TooBig     Reason = "too_big"
	Empty      Reason = "empty"
	Type       Reason = "type"       // a kind of file that the office doesn't take
	Extension  Reason = "extension"  // the name says something else than the content
	Archive    Reason = "archive"    // zip, rar and the like: what is in them can't be seen
	Macro      Reason = "macro"      // an office document with a programme in it
	Damaged    Reason = "damaged"    // begins as one of our kinds, but can't be read
	Dimensions Reason = "dimensions" // a picture that would fill a computer's memory
	Hidden     Reason = "hidden"     // what it may say of its author can't be taken out
)

// Refusal says why a file is not taken. It holds nothing of the file or its name.
type Refusal struct {
	Reason Reason
	Max    int64 // bytes, with TooBig
}

func (r *Refusal) Error() string { return "files: refused: " + string(r.Reason) }

// Is lets errors.Is find a refusal by its class: ErrTypeRefused stands for every
// reason that lies in the kind of file.
func (r *Refusal) Is(target error) bool {
	t, ok := target.(*Refusal)
	if !ok {
		return false
	}
	return t.Reason == r.Reason || t.Reason == Type && r.typed()
}

func (r *Refusal) typed() bool {
	switch r.Reason {
	case Extension, Archive, Macro, Damaged:
		return true
	}
	return false
}

// To be compared by errors.Is.
var (
	ErrTooBig          error = &Refusal{Reason: TooBig}
	ErrEmpty           error = &Refusal{Reason: Empty}
	ErrTypeRefused     error = &Refusal{Reason: Type}
	ErrImageDimensions error = &Refusal{Reason: Dimensions}
	ErrHidden          error = &Refusal{Reason: Hidden}
)

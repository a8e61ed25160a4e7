package files

import (
	"bytes"
	"context"
)

// Rules are how a file is taken.
type Rules struct {
	Max       int64 // bytes
	StripOnly bool  // keep nothing that may tell of its author, as with denunciations
}

// Taken is a file that was taken.
type Taken struct {
	Kind   Kind
	Kept   Object // as it was sent, which evidence may need; none with StripOnly
	Shared Object // as it is shown and passed on: stripped, where that is possible
}

// Take inspects a file, strips it, and keeps it. What is refused is a *Refusal, and
// nothing of it is kept.
func Take(ctx context.Context, s Store, b []byte, name string, rules Rules) (Taken, error) {
	if int64(len(b)) > rules.Max {
		return Taken{}, &Refusal{Reason: TooBig, Max: rules.Max}
	}
	kind, err := Inspect(bytes.NewReader(b), int64(len(b)), name)
	if err != nil {
		return Taken{}, err
	}
	t := Taken{Kind: kind}
	if rules.StripOnly || CanStrip(kind.MIME) {
		stripped, err := Strip(kind.MIME, b)
		if err != nil {
			return Taken{}, err
		}
		// The few bytes of an orientation can be more than was taken out.
		if t.Shared, err = s.Put(ctx, bytes.NewReader(stripped), int64(len(stripped))); err != nil {
			return Taken{}, err
		}
	}
	if rules.StripOnly {
		return t, nil
	}
	if t.Kept, err = s.Put(ctx, bytes.NewReader(b), rules.Max); err != nil {
		return Taken{}, err
	}
	if t.Shared.SHA256 == "" {
		t.Shared = t.Kept
	}
	return t, nil
}

package tiepdan

// Peer is one person in one chat app. ID is the app's own and opaque to us. A
// Peer never stands in a log, an audit row or a column: the store keeps keyed
// digests and sealed copies of it.
type Peer struct {
	Channel string // "telegram"; another app brings its own name
	ID      string
}

// IsZero reports whether p names nobody, as for a case taken in at the desk.
func (p Peer) IsZero() bool { return p == Peer{} }

// Language is one that we speak.
type Language string

// Vietnamese comes first; it is what a person gets who has not chosen.
const (
	Vietnamese Language = "vi"
	English    Language = "en"
)

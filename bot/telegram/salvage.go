package telegram

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
)

// maxDamaged is how much is kept of an update that isn't JSON: enough to see what it was.
const maxDamaged = 16 << 10

// salvage is what can be read of a batch whose answer isn't JSON: the updates
// before the damage, and from there on the rest, as if it were one. Asking again
// would bring the same for a day, and nothing behind it.
func salvage(err error) []json.RawMessage {
	f, ok := errors.AsType[*failure](err)
	if !ok || !bytes.HasPrefix(f.body, []byte(`{"ok":true`)) {
		return nil
	}
	_, list, ok := bytes.Cut(f.body, []byte(`"result":`))
	if !ok {
		return nil
	}
	d := json.NewDecoder(bytes.NewReader(list))
	if t, err := d.Token(); err != nil || t != json.Delim('[') {
		return nil
	}
	var all []json.RawMessage
	for d.More() {
		at := d.InputOffset()
		var one json.RawMessage
		if d.Decode(&one) != nil {
			return append(all, list[at:min(len(list), int(at)+maxDamaged)])
		}
		all = append(all, one)
	}
	return all
}

var updateNumber = regexp.MustCompile(`^[\s,]*\{\s*"update_id"\s*:\s*([0-9]{1,18})\b`)

// damaged is an update that isn't JSON but tells its number first, as Telegram's
// do. It goes to nobody's lane, is put aside there, and the queue moves on.
func damaged(raw []byte) (u Update, served bool, err error) {
	m := updateNumber.FindSubmatch(raw)
	if m == nil || json.Valid(raw) {
		return Update{}, false, errPoison
	}
	id, err := strconv.ParseInt(string(m[1]), 10, 64)
	return Update{ID: id, Peer: nobody, Raw: raw}, true, err
}

package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"testing"

	"tiepdan"
)

type sqlError struct{}

func (sqlError) Error() string    { return `invalid input: "bí mật"` }
func (sqlError) SQLState() string { return "22P02" }

// The log learns where and what kind, never the words.
func TestCause(t *testing.T) {
	t.Parallel()
	_, number := strconv.Atoi("bí mật")
	syntax := json.Unmarshal([]byte("bí mật"), new(int))
	for _, c := range []struct {
		err  error
		want string
	}{
		{nil, ""},
		{errors.New("no such file"), "no such file"},
		{fmt.Errorf("bot: load a talk: %w", number), "bot: load a talk: *strconv.NumError: invalid syntax"},
		{fmt.Errorf("read: %w", syntax), "read: *json.SyntaxError"},
		{fmt.Errorf("store: %w", sqlError{}), "store: postgres 22P02"},
		{fmt.Errorf("%w: %w", errPartial, &failure{method: "sendPhoto", why: refused, code: 400}), "only a part could be sent: sendPhoto: refused 400"},
		{&tiepdan.Error{Code: tiepdan.Internal, Key: "x.y", Err: number}, "internal: x.y: *strconv.NumError: invalid syntax"},
	} {
		if got := cause(c.err); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

package telegram

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// reason says what became of a call that failed, as far as the caller can act on it.
type reason string

const (
	tooMany      reason = "too_many"     // 429; RetryAfter says how long
	blocked      reason = "blocked"      // the person has blocked the bot
	chatGone     reason = "chat_gone"    // no such chat, a deleted account, one that never wrote
	notModified  reason = "not_modified" // an edit that changes nothing
	tooOld       reason = "too_old"      // a press that can't be answered any more
	gone         reason = "gone"         // the message is not there, or can't be edited
	entities     reason = "entities"     // Telegram doesn't understand our markup
	migrated     reason = "migrated"     // the group has another id now
	tooBig       reason = "too_big"      // the file, or what we send
	conflict     reason = "conflict"     // another poller, or a webhook beside the polling
	unauthorized reason = "unauthorized" // the token is wrong or revoked
	refused      reason = "refused"      // any other 4xx
	server       reason = "server"       // 5xx; the call was not carried out
	unsent       reason = "unsent"       // the request never got there
	unknown      reason = "unknown"      // it got there, the answer did not come back
	spoiled      reason = "spoiled"      // ours: it couldn't be made or read
)

// failure is a call that failed. Its text holds neither the token nor Telegram's
// sentence, in which a citizen's words may stand.
type failure struct {
	method     string
	why        reason
	code       int
	retryAfter time.Duration
	newChat    int64  // of migrated
	err        error  // ours, scrubbed
	body       []byte // an answer that isn't Telegram's form; never for a log
}

func (f *failure) Error() string {
	s := f.method + ": " + string(f.why)
	if f.code != 0 {
		s += " " + strconv.Itoa(f.code)
	}
	if f.err != nil {
		s += ": " + f.err.Error()
	}
	return s
}

func (f *failure) Unwrap() error { return f.err }

// Temporary reports whether the same call may well succeed later. The store's
// lanes wait for such a failure to pass and never put a letter aside for it.
func (f *failure) Temporary() bool {
	switch f.why {
	case tooMany, server, unsent, unknown, conflict, unauthorized:
		return true
	}
	return false
}

// why returns the reason of the first failure in err's tree, or "" when there is none.
func why(err error) reason {
	if f, ok := errors.AsType[*failure](err); ok {
		return f.why
	}
	return ""
}

// retryAfter is how long Telegram asked us to wait, or 0.
func retryAfter(err error) time.Duration {
	if f, ok := errors.AsType[*failure](err); ok {
		return f.retryAfter
	}
	return 0
}

// phrases are what Telegram's sentences hold; only they tell one 400 or 403 from another.
var phrases = []struct {
	code  int
	words string
	why   reason
}{
	{403, "bot was blocked", blocked},
	{403, "user is deactivated", chatGone},
	{403, "can't initiate conversation", chatGone},
	{403, "", chatGone},
	{400, "chat not found", chatGone},
	{400, "user not found", chatGone},
	{400, "peer_id_invalid", chatGone},
	{400, "message is not modified", notModified},
	{400, "query is too old", tooOld},
	{400, "query id is invalid", tooOld},
	{400, "can't parse entities", entities},
	{400, "message to edit not found", gone},
	{400, "message can't be edited", gone},
	{400, "no text in the message to edit", gone},
	{400, "message_id_invalid", gone},
	{400, "message to be replied not found", gone},
	{400, "file is too big", tooBig},
	{400, "message is too long", tooBig},
	{413, "", tooBig},
	{401, "", unauthorized},
	{404, "", unauthorized}, // a wrong token makes a wrong path
	{409, "", conflict},
}

// refusal is what Telegram answers instead of a result.
type refusal struct {
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter int   `json:"retry_after"`
		NewChat    int64 `json:"migrate_to_chat_id"`
	} `json:"parameters"`
}

// failure classifies r.
func (r refusal) failure(method string) *failure {
	f := &failure{method: method, why: refused, code: r.Code}
	switch {
	case r.Code == http.StatusTooManyRequests:
		f.why, f.retryAfter = tooMany, time.Duration(max(r.Parameters.RetryAfter, 1))*time.Second
		return f
	case r.Parameters.NewChat != 0:
		f.why, f.newChat = migrated, r.Parameters.NewChat
		return f
	case r.Code == http.StatusGatewayTimeout:
		f.why = unknown // somebody between us gave up waiting
		return f
	case r.Code >= 500:
		f.why = server
		return f
	}
	said := strings.ToLower(r.Description)
	for _, p := range phrases {
		if p.code == r.Code && strings.Contains(said, p.words) {
			f.why = p.why
			break
		}
	}
	return f
}

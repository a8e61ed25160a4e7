package telegram

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// answering is a client of a server that answers everything so.
func answering(t *testing.T, h http.HandlerFunc) *client {
	t.Helper()
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return newClient(s.URL, "1:"+rand.Text())
}

func TestFailuresAreToldApart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body string
		status     int
		want       reason
		passes     bool
	}{
		{"blocked", `{"ok":false,"error_code":403,"description":"Forbidden: bot was blocked by the user"}`, 403, blocked, false},
		{"a deleted account", `{"ok":false,"error_code":403,"description":"Forbidden: user is deactivated"}`, 403, chatGone, false},
		{"no such chat", `{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}`, 400, chatGone, false},
		{"too many", `{"ok":false,"error_code":429,"description":"Too Many Requests: retry after 7","parameters":{"retry_after":7}}`, 429, tooMany, true},
		{"a proxy says too many", `slow down`, 429, tooMany, true},
		{"not modified", `{"ok":false,"error_code":400,"description":"Bad Request: message is not modified: specified new message content …"}`, 400, notModified, false},
		{"an old press", `{"ok":false,"error_code":400,"description":"Bad Request: query is too old and response timeout expired or query ID is invalid"}`, 400, tooOld, false},
		{"nothing to edit", `{"ok":false,"error_code":400,"description":"Bad Request: message to edit not found"}`, 400, gone, false},
		{"markup", `{"ok":false,"error_code":400,"description":"Bad Request: can't parse entities: Unsupported start tag \"bí mật\" at byte offset 3"}`, 400, entities, false},
		{"a group has moved", `{"ok":false,"error_code":400,"description":"Bad Request: group chat was upgraded","parameters":{"migrate_to_chat_id":-1009}}`, 400, migrated, false},
		{"another refusal", `{"ok":false,"error_code":400,"description":"Bad Request: bí mật"}`, 400, refused, false},
		{"too large", `{"ok":false,"error_code":413,"description":"Request Entity Too Large"}`, 413, tooBig, false},
		{"a file too large to fetch", `{"ok":false,"error_code":400,"description":"Bad Request: file is too big"}`, 400, tooBig, false},
		{"a wrong token", `{"ok":false,"error_code":401,"description":"Unauthorized"}`, 401, unauthorized, true},
		{"two pollers", `{"ok":false,"error_code":409,"description":"Conflict: terminated by other getUpdates request"}`, 409, conflict, true},
		{"their fault", `{"ok":false,"error_code":500,"description":"Internal Server Error"}`, 500, server, true},
		{"a proxy's page", `<html>502 Bad Gateway bí mật</html>`, 502, server, true},
		{"a proxy that waited too long", `<html>504</html>`, 504, unknown, true},
		{"a page instead of a result", `<html>welcome</html>`, 200, unknown, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			api := answering(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(c.status)
				io.WriteString(w, c.body)
			})
			err := api.call(t.Context(), "sendMessage", map[string]string{"text": "a"}, nil)
			if why(err) != c.want || temporary(err) != c.passes {
				t.Errorf("%v: %q, passes %v", err, why(err), temporary(err))
			}
			if strings.Contains(err.Error(), "bí mật") {
				t.Errorf("the error holds words: %v", err)
			}
		})
	}
}

func TestRetryAfter(t *testing.T) {
	t.Parallel()
	api := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(429)
		io.WriteString(w, `{"ok":false,"error_code":429,"parameters":{"retry_after":7}}`)
	})
	if got := retryAfter(api.call(t.Context(), "x", nil, nil)); got != 7*time.Second {
		t.Errorf("%v", got)
	}
}

// What never got there and what may have got there are not the same.
func TestUnsentAndUnknown(t *testing.T) {
	t.Parallel()
	silent := answering(t, func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		panic(http.ErrAbortHandler)
	})
	cut := answering(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "1000")
		io.WriteString(w, `{"ok":true,`)
	})
	nobody, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := newClient("http://"+nobody.Addr().String(), silent.token)
	nobody.Close()
	for _, c := range []struct {
		name string
		api  *client
		want reason
	}{{"the answer is lost", silent, unknown}, {"the answer is cut off", cut, unknown}, {"nobody listens", closed, unsent}} {
		err := c.api.call(t.Context(), "sendMessage", map[string]string{"text": "a"}, nil)
		if why(err) != c.want {
			t.Errorf("%s: %v", c.name, err)
		}
		if err != nil && strings.Contains(err.Error(), c.api.token) {
			t.Errorf("%s: the token is in %v", c.name, err)
		}
	}
}

// No error holds the token, wherever it comes from.
func TestTokenStaysInside(t *testing.T) {
	t.Parallel()
	token := "1:\x7f" + rand.Text() // a control character makes it a bad URL
	broken := newClient("http://127.0.0.1:1", token)
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	_, down := broken.download(gone, "x")
	for _, err := range []error{broken.call(t.Context(), "getMe", nil, nil), broken.call(gone, "getMe", nil, nil), down} {
		if err == nil || strings.Contains(err.Error(), token[3:]) {
			t.Errorf("%v", err)
		}
	}
}

func TestFormIsStreamed(t *testing.T) {
	t.Parallel()
	api := answering(t, func(w http.ResponseWriter, r *http.Request) {
		f, head, err := r.FormFile("document")
		if err != nil || head.Filename != "đơn_tố cáo.pdf" || head.Header.Get("Content-Type") != "application/pdf" || r.FormValue("caption") != "<b>a</b>" {
			t.Errorf("%v, %+v", err, head)
			return
		}
		body, _ := io.ReadAll(f)
		json.NewEncoder(w).Encode(map[string]any{"ok": true, "result": map[string]int{"message_id": len(body)}})
	})
	var made posted
	err := api.upload(t.Context(), "sendDocument", map[string]string{"caption": "<b>a</b>"}, []part{{
		field: "document", name: "đơn/tố cáo.pdf", mime: "application/pdf",
		open: func(context.Context) (io.ReadCloser, error) {
			return io.NopCloser(strings.NewReader(strings.Repeat("x", 100_000))), nil
		},
	}}, &made)
	if err != nil || made.ID != 100_000 {
		t.Errorf("%v, %+v", err, made)
	}
}

// A file that can't be opened is our failure, and nothing was sent.
func TestFormThatCannotBeMade(t *testing.T) {
	t.Parallel()
	api := answering(t, func(w http.ResponseWriter, r *http.Request) { io.Copy(io.Discard, r.Body) })
	err := api.upload(t.Context(), "sendDocument", nil, []part{{field: "document", open: func(context.Context) (io.ReadCloser, error) {
		return nil, io.ErrUnexpectedEOF
	}}}, nil)
	if why(err) != spoiled {
		t.Errorf("%v", err)
	}
}

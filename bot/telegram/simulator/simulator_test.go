package simulator_test

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"tiepdan/bot/telegram/simulator"
)

func start(t *testing.T, opts simulator.Options) *simulator.Server {
	t.Helper()
	srv := simulator.New(opts)
	if err := srv.Start("127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { srv.Close() })
	return srv
}

// citizen is somebody who has started the bot.
func citizen(srv *simulator.Server) *simulator.User {
	u := srv.User(simulator.Person{Name: "Người Dân Mẫu 1", Lang: "vi", Phone: "+84900000001"})
	u.Start("")
	return u
}

type reply struct {
	OK          bool
	Code        int    `json:"error_code"`
	Description string `json:"description"`
	Parameters  struct {
		RetryAfter int `json:"retry_after"`
	}
	Result json.RawMessage
	header http.Header
}

type params map[string]any

func call(t *testing.T, srv *simulator.Server, method string, p params) reply {
	t.Helper()
	r, err := try(srv, method, p)
	if err != nil {
		t.Fatalf("%s: %v", method, err)
	}
	return r
}

func try(srv *simulator.Server, method string, p params) (reply, error) {
	body, err := json.Marshal(p)
	if err != nil {
		return reply{}, err
	}
	resp, err := http.Post(srv.URL()+"/bot"+srv.Token()+"/"+method, "application/json", bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	defer resp.Body.Close()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		return reply{}, err
	}
	r := reply{header: resp.Header}
	if err := json.Unmarshal(data, &r); err != nil {
		r.Code, r.Description = resp.StatusCode, string(data)
	}
	return r, nil
}

// refused fails the test unless the call is answered with that code and description.
func refused(t *testing.T, r reply, code int, description string) {
	t.Helper()
	if r.OK || r.Code != code || !strings.Contains(r.Description, description) {
		t.Errorf("got ok=%v %d %q, want %d %q", r.OK, r.Code, r.Description, code, description)
	}
}

func accepted(t *testing.T, r reply) {
	t.Helper()
	if !r.OK {
		t.Errorf("refused: %d %s", r.Code, r.Description)
	}
}

func soon(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 40*time.Second)
	t.Cleanup(cancel)
	return ctx
}

func says(part string) func(simulator.Message) bool {
	return func(m simulator.Message) bool { return strings.Contains(m.Text, part) }
}

func picture(t *testing.T, w, h int) []byte {
	t.Helper()
	var buf bytes.Buffer
	if err := png.Encode(&buf, image.NewGray(image.Rect(0, 0, w, h))); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// id is the message_id of a sent message.
func (r reply) id(t *testing.T) int {
	t.Helper()
	var m struct {
		ID int `json:"message_id"`
	}
	if err := json.Unmarshal(r.Result, &m); err != nil || m.ID == 0 {
		t.Fatalf("no message in %s (%s)", r.Result, r.Description)
	}
	return m.ID
}

package simulator_test

import (
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"tiepdan/bot/telegram/simulator"
)

func TestFormsAreReadInEveryWay(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	u := citizen(srv)
	base := srv.URL() + "/bot" + srv.Token() + "/SENDmessage"
	form := url.Values{"chat_id": {"5000000001"}, "text": {"Chào"}}
	ways := map[string]func() (*http.Response, error){
		"query":      func() (*http.Response, error) { return http.Get(base + "?" + form.Encode()) },
		"urlencoded": func() (*http.Response, error) { return http.PostForm(base, form) },
		"multipart": func() (*http.Response, error) {
			r, w := io.Pipe() // chunked, as the library sends it
			m := multipart.NewWriter(w)
			go func() {
				m.WriteField("chat_id", "5000000001")
				m.WriteField("text", "Chào")
				m.Close()
				w.Close()
			}()
			return http.Post(base, m.FormDataContentType(), r)
		},
	}
	for name, send := range ways {
		before := len(u.Messages())
		resp, err := send()
		if err != nil {
			t.Fatal(name, err)
		}
		resp.Body.Close()
		if resp.StatusCode != 200 || len(u.Messages()) != before+1 || u.Last().Text != "Chào" {
			t.Errorf("%s: %s, last is %q", name, resp.Status, u.Last().Text)
		}
	}
}

// A bot that is stopped while it asks leaves half a call: nobody is refused anything.
// A body that came whole and isn't one is a mistake of the bot.
func TestHalfACallIsNoRefusal(t *testing.T) {
	t.Parallel()
	part := "--b\r\nContent-Disposition: form-data; name=\"timeout\"\r\n\r\n0"
	for name, tt := range map[string]struct {
		length, body string
		refused      int
	}{
		"less than was said":      {fmt.Sprint("Content-Length: ", len(part)+1), part, 0},
		"half a chunk":            {"Transfer-Encoding: chunked", fmt.Sprintf("%x\r\n%s", len(part)+1, part), 0},
		"whole, without its last": {fmt.Sprint("Content-Length: ", len(part)), part, 1},
	} {
		srv := start(t, simulator.Options{})
		conn, err := net.Dial("tcp", strings.TrimPrefix(srv.URL(), "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		fmt.Fprintf(conn, "POST /bot%s/getUpdates HTTP/1.1\r\nHost: sample\r\nConnection: close\r\nContent-Type: multipart/form-data; boundary=b\r\n%s\r\n\r\n%s",
			srv.Token(), tt.length, tt.body)
		if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		if answer, err := io.ReadAll(conn); err != nil || tt.refused > 0 && !strings.Contains(string(answer), "400 Bad Request") {
			t.Errorf("%s: %v, answered %q", name, err, answer)
		}
		if stats := srv.Stats(); stats.Calls["getupdates"] != 1 || len(stats.Refused) != tt.refused {
			t.Errorf("%s: %+v", name, stats)
		}
	}
}

func TestTokenIsAsked(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	for _, path := range []string{"/bot1:wrong/getMe", "/bot/getMe", "/file/bot1:wrong/photos/file_1.jpg"} {
		resp, err := http.Get(srv.URL() + path)
		if err != nil {
			t.Fatal(err)
		}
		var r reply
		if err := json.NewDecoder(resp.Body).Decode(&r); err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		refused(t, r, 401, "Unauthorized")
	}
}

func TestLimitsOfFiles(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{MaxPhoto: 2000, MaxUpload: 4000, MaxDownload: 1000})
	u := citizen(srv)
	refused(t, uploadFile(t, srv, "sendDocument", "document", make([]byte, 4001)), 413, "Request Entity Too Large")
	refused(t, uploadFile(t, srv, "sendPhoto", "photo", make([]byte, 2001)), 400, "too big for a photo")
	refused(t, uploadFile(t, srv, "sendPhoto", "photo", []byte("no picture")), 400, "IMAGE_PROCESS_FAILED")
	refused(t, uploadFile(t, srv, "sendPhoto", "photo", picture(t, 2, 50)), 400, "PHOTO_INVALID_DIMENSIONS")
	refused(t, uploadFile(t, srv, "sendDocument", "document", nil), 400, "file must be non-empty")
	accepted(t, uploadFile(t, srv, "sendDocument", "document", make([]byte, 1001)))
	refused(t, call(t, srv, "getFile", params{"file_id": u.Last().Files[0].ID}), 400, "file is too big")
	own := u.SendDocument("a.txt", "text/plain", []byte("nhỏ"))
	accepted(t, call(t, srv, "getFile", params{"file_id": own.Files[0].ID}))
	// A file that is known is sent again by its id, as its own kind only.
	accepted(t, call(t, srv, "sendDocument", params{"chat_id": u.ID(), "document": own.Files[0].ID}))
	refused(t, call(t, srv, "sendPhoto", params{"chat_id": u.ID(), "photo": own.Files[0].ID}), 400, "can't use file of type document as photo")
}

func uploadFile(t *testing.T, srv *simulator.Server, method, field string, data []byte) reply {
	t.Helper()
	r, w := io.Pipe()
	m := multipart.NewWriter(w)
	go func() {
		m.WriteField("chat_id", "5000000001")
		if part, err := m.CreateFormFile(field, "tệp.bin"); err == nil {
			part.Write(data)
		}
		m.Close()
		w.Close()
	}()
	resp, err := http.Post(srv.URL()+"/bot"+srv.Token()+"/"+method, m.FormDataContentType(), r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	var got reply
	if err := json.NewDecoder(resp.Body).Decode(&got); err != nil {
		t.Fatal(err)
	}
	return got
}

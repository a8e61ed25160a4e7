package simulator

import (
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// The control endpoints: what the page does, and what tests outside Go may do.

type overview struct {
	Name        string      `json:"name"`
	Username    string      `json:"username"`
	Description string      `json:"description"`
	People      []*chatView `json:"people"`
}

func (s *Server) serveOverview(w http.ResponseWriter, r *http.Request) {
	o := overview{Name: s.profile.name("vi"), Username: s.opts.Username, Description: s.profile.text("description", "vi")}
	for _, u := range s.Users() {
		u.mu.Lock()
		o.People = append(o.People, u.view())
		u.mu.Unlock()
	}
	writeJSON(w, http.StatusOK, o)
}

func (s *Server) serveStats(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, s.Stats())
}

// person is the one whom the path names.
func (s *Server) person(do func(http.ResponseWriter, *http.Request, *User)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id, _ := strconv.ParseInt(r.PathValue("id"), 10, 64)
		u, ok := s.Find(id)
		if !ok {
			http.NotFound(w, r)
			return
		}
		do(w, r, u)
	}
}

// shown is how many messages a page loads of a chat.
const shown = 300

func serveChat(w http.ResponseWriter, r *http.Request, u *User) {
	list := u.Messages()
	u.mu.Lock()
	v := u.view()
	u.mu.Unlock()
	writeJSON(w, http.StatusOK, map[string]any{
		"chat": v, "messages": list[max(0, len(list)-shown):], "commands": append([]Command{}, u.Commands()...)})
}

func (s *Server) addPerson(w http.ResponseWriter, r *http.Request) {
	var p Person
	if !readControl(w, r, &p) {
		return
	}
	p.ID, p.Name = 0, strings.TrimSpace(p.Name)
	if p.Name == "" || units(p.Name) > 64 {
		http.Error(w, "a name of 1 to 64 characters is needed", http.StatusBadRequest)
		return
	}
	u := s.User(p)
	u.mu.Lock()
	defer u.mu.Unlock()
	s.showChat(u)
	writeJSON(w, http.StatusOK, u.view())
}

// order is the body of an act; each uses what it needs.
type order struct {
	Text    string `json:"text"`
	Label   string `json:"label"`
	Message int    `json:"message_id"`
	ReplyTo int    `json:"reply_to"`
	Own     bool   `json:"own"`
}

func (s *Server) serveAct(w http.ResponseWriter, r *http.Request, u *User) {
	var o order
	if !readControl(w, r, &o) {
		return
	}
	if err := u.act(r.PathValue("act"), o); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (u *User) act(name string, o order) error {
	switch name {
	case "start":
		u.Start(o.Text)
	case "send":
		if strings.TrimSpace(o.Text) == "" {
			return errors.New("nothing to send")
		}
		u.Reply(o.ReplyTo, o.Text)
	case "press":
		return u.PressOn(o.Message, o.Label)
	case "key":
		return u.pressKey(o.Label)
	case "edit":
		return u.Edit(o.Message, o.Text)
	case "react":
		return u.React(o.Message, o.Text)
	case "location":
		u.SendLocation()
	case "contact":
		u.ShareContact(o.Own)
	case "block":
		u.Block()
	case "unblock":
		u.Unblock()
	case "read":
		u.look()
	default:
		return errors.New("no such act")
	}
	return nil
}

// look marks the chat as read on the page.
func (u *User) look() {
	u.mu.Lock()
	defer u.mu.Unlock()
	if u.seen != u.seq {
		u.seen = u.seq
		u.srv.touch()
		u.srv.showChat(u)
	}
}

// sendFiles takes files as the page's form has them.
func (s *Server) sendFiles(w http.ResponseWriter, r *http.Request, u *User) {
	r.Body = http.MaxBytesReader(w, r.Body, 10*s.opts.MaxUpload)
	if err := r.ParseMultipartForm(32 * megabyte); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	defer r.MultipartForm.RemoveAll()
	var list []File
	for _, part := range r.MultipartForm.File["file"] {
		f, err := part.Open()
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		data, err := io.ReadAll(f)
		if err := errors.Join(err, f.Close()); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		list = append(list, File{Kind: fileKind(r.FormValue("kind")), Name: part.Filename, MIME: part.Header.Get("Content-Type"), Bytes: data})
	}
	if len(list) == 0 || len(list) > 10 {
		http.Error(w, "1 to 10 files are needed", http.StatusBadRequest)
		return
	}
	replyTo, _ := strconv.Atoi(r.FormValue("reply_to"))
	u.Reply(replyTo, r.FormValue("caption"), list...)
	w.WriteHeader(http.StatusNoContent)
}

func fileKind(kind string) string {
	switch kind {
	case "photo", "voice", "video":
		return kind
	}
	return "document"
}

// serveContent shows a file of a chat in the page. Only what a browser shows
// harmlessly is shown; the rest is downloaded.
func (s *Server) serveContent(w http.ResponseWriter, r *http.Request) {
	b := s.files.find(r.PathValue("id"))
	if b == nil {
		http.NotFound(w, r)
		return
	}
	data := s.files.bytes(b)
	kind := http.DetectContentType(data)
	if kind == "application/ogg" {
		kind = "audio/ogg"
	}
	switch family, _, _ := strings.Cut(kind, "/"); family {
	case "image", "audio", "video":
		w.Header().Set("Content-Type", kind)
	default:
		w.Header().Set("Content-Type", "application/octet-stream")
		w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": cmp.Or(b.Name, "file")}))
	}
	w.Header().Set("Cache-Control", "private, max-age=86400, immutable")
	w.Header().Set("Content-Length", strconv.Itoa(len(data)))
	w.Write(data)
}

func (s *Server) serveFaults(w http.ResponseWriter, r *http.Request) {
	writeJSON(w, http.StatusOK, s.Faults())
}

var faultKinds = []string{TooMany, Broken, BadGateway, Slow, Drop, LoseAnswer, Duplicate, Repeat, Late}

func (s *Server) addFault(w http.ResponseWriter, r *http.Request) {
	var f Fault
	if !readControl(w, r, &f) {
		return
	}
	for _, kind := range faultKinds {
		if kind == f.Kind {
			writeJSON(w, http.StatusOK, map[string]int{"id": s.Misbehave(f)})
			return
		}
	}
	http.Error(w, "kind must be one of "+strings.Join(faultKinds, ", "), http.StatusBadRequest)
}

func (s *Server) endFault(w http.ResponseWriter, r *http.Request) {
	if id, err := strconv.Atoi(r.PathValue("id")); err == nil {
		s.Behave(id)
	}
	w.WriteHeader(http.StatusNoContent)
}

func (s *Server) endFaults(w http.ResponseWriter, r *http.Request) {
	s.Behave()
	w.WriteHeader(http.StatusNoContent)
}

func readControl(w http.ResponseWriter, r *http.Request, into any) bool {
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, megabyte)).Decode(into)
	if err != nil && err != io.EOF {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return false
	}
	return true
}

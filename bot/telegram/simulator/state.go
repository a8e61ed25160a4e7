package simulator

import (
	"cmp"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// savedMark is what Save wrote last, and where.
type savedMark struct {
	mu      sync.Mutex
	path    string
	changes int64
}

// state is the whole simulator in a file; the contents of files lie beside
// it, in a folder of its name with ".files", each under its hash.
type state struct {
	Token       string               `json:"token"`
	People      []personState        `json:"people"`
	LastPerson  int64                `json:"last_person"`
	LastMessage int64                `json:"last_message"`
	LastUpdate  int                  `json:"last_update"`
	LastFile    int                  `json:"last_file"`
	Files       []*blob              `json:"files"`
	Pending     []*update            `json:"pending"`
	Late        []*update            `json:"late"`
	Allowed     []string             `json:"allowed_updates"`
	Hook        *hook                `json:"webhook,omitempty"`
	Texts       map[string]string    `json:"texts"`
	Commands    map[string][]Command `json:"commands"`
}

type personState struct {
	Person   Person    `json:"person"`
	Started  bool      `json:"started"`
	Blocked  bool      `json:"blocked"`
	Entries  []*entry  `json:"entries"`
	Seq      int64     `json:"seq"`
	Seen     int64     `json:"seen"`
	Keyboard *Keyboard `json:"keyboard,omitempty"`
}

// Save writes all there is to a file, atomically and readable by its owner
// only. It does nothing when nothing has changed since it wrote there.
func (s *Server) Save(path string) error {
	s.saved.mu.Lock()
	defer s.saved.mu.Unlock()
	changes := s.changes.Load()
	if s.saved.path == path && s.saved.changes == changes {
		return nil
	}
	st := s.snapshot()
	if err := s.saveContents(path+".files", st.Files); err != nil {
		return err
	}
	body, err := json.Marshal(st)
	if err != nil {
		return err
	}
	if err := writeWhole(path, body); err != nil {
		return err
	}
	s.saved.path, s.saved.changes = path, changes
	return nil
}

// writeWhole writes a file so that its name always shows a whole one.
func writeWhole(path string, body []byte) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*") // made with mode 0600
	if err != nil {
		return err
	}
	_, err = tmp.Write(body)
	if err = errors.Join(err, tmp.Sync(), tmp.Close()); err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		os.Remove(tmp.Name())
	}
	return err
}

func (s *Server) saveContents(dir string, list []*blob) error {
	if len(list) == 0 {
		return nil
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return err
	}
	for _, b := range list {
		path := filepath.Join(dir, b.Hash)
		if _, err := os.Stat(path); err == nil {
			continue
		}
		if err := writeWhole(path, s.files.bytes(b)); err != nil {
			return err
		}
	}
	return nil
}

// snapshot takes updates last, so that none is in it whose message is not.
func (s *Server) snapshot() state {
	st := state{Token: s.opts.Token}
	for _, u := range s.Users() {
		u.acting.Lock() // a message and its update are saved together or not at all
		defer u.acting.Unlock()
		u.mu.Lock()
		st.People = append(st.People, personState{u.person, u.started, u.blocked, slices.Clone(u.entries), u.seq, u.seen, u.keyboard})
		u.mu.Unlock()
	}
	s.mu.RLock()
	st.LastPerson = s.lastPerson
	s.mu.RUnlock()
	st.LastMessage = s.lastMessage.Load()
	s.updates.snapshot(&st)
	s.files.mu.RLock()
	st.LastFile = s.files.last
	for _, b := range s.files.byID {
		st.Files = append(st.Files, b)
	}
	s.files.mu.RUnlock()
	slices.SortFunc(st.Files, func(a, b *blob) int { return cmp.Compare(a.ID, b.ID) })
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	st.Texts, st.Commands = cloned(s.profile.texts), cloned(s.profile.commands)
	return st
}

func cloned[V any](m map[string]V) map[string]V {
	c := make(map[string]V, len(m))
	for k, v := range m {
		c[k] = v
	}
	return c
}

func (q *updates) snapshot(st *state) {
	q.mu.Lock()
	defer q.mu.Unlock()
	st.LastUpdate, st.Allowed, st.Hook = q.lastID, q.allowed, q.hook
	for _, u := range q.pending {
		if !u.done {
			c := *u
			st.Pending = append(st.Pending, &c)
		}
	}
	for u := range q.late {
		c := *u
		st.Late = append(st.Late, &c)
	}
}

// Load brings back what Save wrote. Call it before anybody acts or calls; the
// error is fs.ErrNotExist when nothing was saved there.
func (s *Server) Load(path string) error {
	body, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var st state
	if err := json.Unmarshal(body, &st); err != nil {
		return err
	}
	if s.madeToken {
		s.opts.Token = st.Token
	}
	for _, b := range st.Files {
		content, err := os.ReadFile(filepath.Join(path+".files", b.Hash))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		} else if err != nil {
			return err
		}
		s.files.content[b.Hash] = content
		s.files.keep(b)
	}
	s.files.last = st.LastFile
	s.lastMessage.Store(st.LastMessage)
	for _, p := range st.People {
		s.User(p.Person).restore(p)
	}
	s.lastPerson = max(s.lastPerson, st.LastPerson)
	s.profile.texts, s.profile.commands = st.Texts, st.Commands
	s.updates.restore(&st)
	return nil
}

func (u *User) restore(p personState) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.person, u.started, u.blocked = p.Person, p.Started, p.Blocked
	u.entries, u.seq, u.seen, u.read, u.keyboard = p.Entries, p.Seq, p.Seen, p.Seq, p.Keyboard
	u.wake()
}

func (q *updates) restore(st *state) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.lastID, q.pending, q.open, q.allowed = st.LastUpdate, st.Pending, len(st.Pending), st.Allowed
	for _, u := range st.Late {
		q.put(u)
	}
	if h := st.Hook; h != nil {
		q.startHook(q.newHook(h.URL, h.Secret, h.Max))
	}
}

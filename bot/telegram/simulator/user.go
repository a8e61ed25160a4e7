package simulator

import (
	"slices"
	"sync"
	"time"
)

// Person is somebody with a phone.
type Person struct {
	// ID is the account's number; one is given out when it is 0.
	ID       int64  `json:"id"`
	Name     string `json:"name"`
	Username string `json:"username,omitempty"`
	// Lang is the language of the person's app ("vi", "en", or empty: not told).
	Lang  string `json:"lang,omitempty"`
	Phone string `json:"phone,omitempty"`
	// Role is a label for the page's list ("Người dân", "Cán bộ").
	Role string `json:"role,omitempty"`
	// Location is where the person says to be (a place in Hà Nội when nil).
	Location *Location `json:"location,omitempty"`
}

// User is a person with the chat that this person has with the bot.
type User struct {
	srv    *Server
	acting sync.Mutex // one act at a time, so that updates keep the chat's order

	mu       sync.Mutex // guards all below
	person   Person
	started  bool
	blocked  bool
	entries  []*entry // by id
	seq      int64    // of the last change
	read     int64    // changes up to here were looked at, by Next
	seen     int64    // the same, by the page
	keyboard *Keyboard
	answers  []Answer
	typing   string
	typed    time.Time
	sends    []time.Time // the last ChatBurst sends, a ring
	sendsAt  int
	changed  chan struct{} // closed at each change
}

// entry is a message in its chat. Entries are replaced, never changed.
type entry struct {
	Post     *post     `json:"post"`
	Seq      int64     `json:"seq"`
	Keyboard *Keyboard `json:"keyboard,omitempty"`
	// KeyboardRemoved says that the message took the keyboard away.
	KeyboardRemoved bool     `json:"keyboard_removed,omitempty"`
	FromBot         []string `json:"bot_reactions,omitempty"`
	FromUser        []string `json:"user_reactions,omitempty"`
}

func newUser(s *Server, p Person) *User {
	return &User{srv: s, person: p, changed: make(chan struct{})}
}

// Person is who this is.
func (u *User) Person() Person { return u.person }

// ID is the account's number, which is the chat's too.
func (u *User) ID() int64 { return u.person.ID }

func (u *User) chat() chat {
	return chat{ID: u.person.ID, Type: "private", FirstName: u.person.Name, Username: u.person.Username}
}

func (u *User) account() *account {
	p := u.person
	return &account{ID: p.ID, FirstName: p.Name, Username: p.Username, Language: p.Lang}
}

// index finds a message; call it with u.mu held.
func (u *User) index(id int) (int, bool) {
	return slices.BinarySearchFunc(u.entries, id, func(e *entry, id int) int { return e.Post.ID - id })
}

func (u *User) find(id int) *entry {
	u.mu.Lock()
	defer u.mu.Unlock()
	if i, ok := u.index(id); ok {
		return u.entries[i]
	}
	return nil
}

// add puts new posts at the chat's end and gives them ids; with u.mu held.
func (u *User) add(posts []*post, m markup) []*entry {
	added := make([]*entry, len(posts))
	now := u.srv.now().Unix()
	for i, p := range posts {
		p.ID = int(u.srv.lastMessage.Add(1))
		p.Date, p.Chat = now, u.chat()
		p.Markup = m.inline
		u.seq++
		added[i] = &entry{Post: p, Seq: u.seq}
		u.entries = append(u.entries, added[i])
	}
	if limit := u.srv.opts.History; len(u.entries) > limit+limit/4 {
		u.entries = slices.Clone(u.entries[len(u.entries)-limit:])
	}
	u.setKeyboard(added[len(added)-1], m)
	u.wake()
	return added
}

func (u *User) setKeyboard(e *entry, m markup) {
	switch {
	case m.keyboard != nil:
		e.Keyboard, u.keyboard = m.keyboard, m.keyboard
	case m.remove:
		e.KeyboardRemoved, u.keyboard = true, nil
	}
}

// replace puts a changed entry in its place; with u.mu held.
func (u *User) replace(i int, e *entry) {
	u.seq++
	e.Seq = u.seq
	u.entries[i] = e
	u.wake()
}

// wake tells whoever waits for a change; with u.mu held.
func (u *User) wake() {
	close(u.changed)
	u.changed = make(chan struct{})
	u.srv.touch()
}

// wait is how many whole seconds the bot must wait before n more messages; with u.mu held.
func (u *User) wait(n int) int {
	burst := u.srv.opts.ChatBurst
	if burst < 0 {
		return 0
	}
	if u.sends == nil {
		u.sends = make([]time.Time, burst)
	}
	now := time.Now()
	for i := range min(n, burst) {
		if now.Sub(u.sends[(u.sendsAt+i)%burst]) < time.Second {
			return 1
		}
	}
	for range min(n, burst) {
		u.sends[u.sendsAt] = now
		u.sendsAt = (u.sendsAt + 1) % burst
	}
	return 0
}

package simulator

import (
	"math/rand/v2"
	"net/http"
	"path"
	"slices"
	"strings"
	"sync"
	"time"
)

// The ways to misbehave. The first six are done to calls of the Bot API, the
// last three to updates.
const (
	TooMany    = "too_many"    // 429, retry after Seconds
	Broken     = "error"       // 500 with JSON
	BadGateway = "bad_gateway" // 502 with HTML
	Slow       = "slow"        // the call waits for Delay, then goes on
	Drop       = "drop"        // the connection ends before anything is done
	LoseAnswer = "lose_answer" // all is done, then the connection ends
	Duplicate  = "duplicate"   // an update comes again under its id
	Repeat     = "repeat"      // it comes again under a new id
	Late       = "late"        // it comes after Delay
)

// Fault is an order to misbehave.
type Fault struct {
	// ID is given by Misbehave.
	ID   int    `json:"id"`
	Kind string `json:"kind"`
	// Match is a method's name ("sendMessage", "send*"), or an update's kind.
	// Empty means all, getUpdates excepted; "*" means all.
	Match string `json:"match,omitempty"`
	// Count is how often; 0 is until it is taken back.
	Count int `json:"count,omitempty"`
	// Percent is how many in a hundred; 0 is all.
	Percent int `json:"percent,omitempty"`
	// Seconds is what a 429 says in retry_after (1 when 0).
	Seconds int `json:"seconds,omitempty"`
	// Delay is for Slow and Late; in JSON it is in nanoseconds.
	Delay time.Duration `json:"delay,omitempty"`
}

type faults struct {
	mu     sync.Mutex
	lastID int
	list   []*Fault
}

// Misbehave adds a fault and returns its id.
func (s *Server) Misbehave(f Fault) int {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.lastID++
	f.ID = s.faults.lastID
	s.faults.list = append(s.faults.list, &f)
	return f.ID
}

// Behave takes faults back: those with the ids, or all.
func (s *Server) Behave(ids ...int) {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	s.faults.list = slices.DeleteFunc(s.faults.list, func(f *Fault) bool {
		return len(ids) == 0 || slices.Contains(ids, f.ID)
	})
}

// Faults are those in force; one that has done its Count is gone.
func (s *Server) Faults() []Fault {
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	list := make([]Fault, len(s.faults.list))
	for i, f := range s.faults.list {
		list[i] = *f
	}
	return list
}

// strike picks the faults of these kinds that hit something of that name now.
func (fs *faults) strike(name string, kinds ...string) []Fault {
	fs.mu.Lock()
	defer fs.mu.Unlock()
	var hits []Fault
	fs.list = slices.DeleteFunc(fs.list, func(f *Fault) bool {
		if !slices.Contains(kinds, f.Kind) || !f.meets(name) {
			return false
		}
		hits = append(hits, *f)
		f.Count--
		return f.Count == 0
	})
	return hits
}

func (f *Fault) meets(name string) bool {
	if f.Percent > 0 && rand.IntN(100) >= f.Percent {
		return false
	}
	if f.Match == "" {
		return name != "getupdates"
	}
	ok, err := path.Match(strings.ToLower(f.Match), name)
	return ok && err == nil
}

// struck is what befalls one call.
type struck []Fault

func (fs *faults) onCall(method string) struck {
	return fs.strike(method, TooMany, Broken, BadGateway, Slow, Drop, LoseAnswer)
}

// before does what comes before the call, and says whether it is over with that.
func (h struck) before(w http.ResponseWriter, r *http.Request) bool {
	for _, f := range h {
		switch f.Kind {
		case Slow:
			select {
			case <-time.After(f.Delay):
			case <-r.Context().Done():
			}
		case TooMany:
			writeRefusal(w, tooMany(max(f.Seconds, 1)))
			return true
		case Broken:
			writeRefusal(w, &refusal{Code: http.StatusInternalServerError, Description: "Internal Server Error"})
			return true
		case BadGateway:
			w.Header().Set("Content-Type", "text/html")
			w.WriteHeader(http.StatusBadGateway)
			w.Write([]byte("<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>"))
			return true
		case Drop:
			panic(http.ErrAbortHandler)
		}
	}
	return false
}

// after says whether the answer is lost.
func (h struck) after() bool {
	return slices.ContainsFunc(h, func(f Fault) bool { return f.Kind == LoseAnswer })
}

// twist is what befalls one update.
type twist struct {
	duplicates, repeats int
	late                time.Duration
}

func (fs *faults) onUpdate(kind string) twist {
	var t twist
	for _, f := range fs.strike(kind, Duplicate, Repeat, Late) {
		switch f.Kind {
		case Duplicate:
			t.duplicates++
		case Repeat:
			t.repeats++
		case Late:
			t.late += f.Delay
		}
	}
	return t
}

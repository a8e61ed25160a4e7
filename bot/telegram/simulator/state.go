package simulator

import "sync"

// savedMark is what Save wrote last, and where.
type savedMark struct {
	mu      sync.Mutex
	path    string
	changes int64
}

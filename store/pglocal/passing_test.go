package pglocal_test

import (
	"os"
	"path/filepath"
	"sync"
	"testing"

	"tiepdan/store/pglocal"
)

func TestAPassingServerTakesItsDirectoryAlong(t *testing.T) {
	t.Parallel()
	parent := place(t)
	o := pglocal.Options{Dir: filepath.Join(parent, "passing"), Volatile: true, Passing: true}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for range 4 { // some come while another's server ends
				s, err := pglocal.Start(t.Context(), o)
				if err != nil {
					t.Error(err)
					return
				}
				if !answers(s.DSN) {
					t.Error("the server that was just given doesn't answer")
				}
				stop(t, s)
			}
		})
	}
	wg.Wait()
	left, err := os.ReadDir(parent)
	if err != nil || len(left) > 0 {
		t.Errorf("%v, %v are left", left, err)
	}
}

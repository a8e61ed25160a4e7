package backend

import (
	"context"
	"fmt"

	"tiepdan"
)

// beside is the number beside a link: how many cases the list that it leads to has.
type beside struct {
	Count  int
	Capped bool // there are more than that
	of     tiepdan.CaseFilter
}

// countBeside counts what several links lead to, in one question.
func (s *Server) countBeside(ctx context.Context, numbers []*beside) error {
	filters := make([]tiepdan.CaseFilter, len(numbers))
	for i, b := range numbers {
		filters[i] = b.of
	}
	counts, err := s.Store.CountEach(ctx, filters, tiepdan.BesideCap)
	for i, count := range counts {
		numbers[i].Count, numbers[i].Capped = count.N, count.More
	}
	return err
}

// countingBeside is [Server.countBeside] while the page reads its list; the numbers are
// there when wait has returned.
func (s *Server) countingBeside(ctx context.Context, numbers []*beside) (wait func() error) {
	done := make(chan error, 1)
	go func() {
		defer func() { // as net/http does for a page: what goes wrong in one is no end of the others
			if p := recover(); p != nil {
				done <- fmt.Errorf("backend: counting: %v", p)
			}
		}()
		done <- s.countBeside(ctx, numbers)
	}()
	return func() error { return <-done }
}

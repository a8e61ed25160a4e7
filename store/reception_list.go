package store

import (
	"context"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Receptions returns a page of the book of receptions, the last number first, and
// the key of the next page. What of a sealed entry is shown is as in [Store.Reception].
func (s *Store) Receptions(ctx context.Context, f tiepdan.ReceptionFilter) (rs []tiepdan.Reception, next string, err error) {
	rs, next, err = s.bookPage(ctx, f, true)
	return rs, next, broken(err, "receptions")
}

// EachReception gives each what the filter finds, in the order of the book,
// without holding all of it. An error of each ends it and comes back.
func (s *Store) EachReception(ctx context.Context, f tiepdan.ReceptionFilter, each func(tiepdan.Reception) error) error {
	f.After, f.Limit = "", 500
	for {
		rs, next, err := s.bookPage(ctx, f, false)
		if err != nil {
			return broken(err, "receptions")
		}
		for _, r := range rs {
			if err := each(r); err != nil {
				return err
			}
		}
		if next == "" {
			return nil
		}
		f.After = next
	}
}

// bookPage is a page of the book, backwards or from the front.
func (s *Store) bookPage(ctx context.Context, f tiepdan.ReceptionFilter, backwards bool) (rs []tiepdan.Reception, next string, err error) {
	limit := pageSize(f.Limit)
	w := filterReceptions(f)
	unbarredOf(&w, "r.case_id", f.By)
	beyond, order := ">", `r.year, r.number`
	if backwards {
		beyond, order = "<", `r.year DESC, r.number DESC`
	}
	if year, number, ok := readBookKey(f.After); ok {
		w.add("(r.year, r.number) "+beyond+" (?, ?)", year, number)
	}
	rs, err = s.receptionsFor(ctx, f.By, func(tx pgx.Tx) (rs []tiepdan.Reception, err error) {
		rs, err = readReceptions(ctx, tx, w.sql()+` ORDER BY `+order+` LIMIT `+strconv.Itoa(limit+1), w.args...)
		if len(rs) > limit {
			rs = rs[:limit] // before a look is recorded at one that isn't shown
			next = bookKey(rs[limit-1])
		}
		return rs, err
	})
	return rs, next, err
}

// filterReceptions is the filter as conditions on receptions AS r.
func filterReceptions(f tiepdan.ReceptionFilter) (w where) {
	if !f.From.IsZero() {
		w.add("r.day >= ? AND r.year >= ?", f.From, f.From.Year)
	}
	if !f.Until.IsZero() {
		w.add("r.day < ? AND r.year <= ?", f.Until, f.Until.Year)
	}
	if f.Session != 0 {
		w.add("r.session_id = ?", f.Session)
	}
	if search := searchOf(f.Words); search != nil {
		w.add("r.search @@ websearch_to_tsquery('simple', ?)", search.query)
	}
	return w
}

// A page key is where the last entry stands in the book.
func bookKey(r tiepdan.Reception) string {
	return strconv.Itoa(r.Year) + "." + strconv.Itoa(r.Number)
}

func readBookKey(key string) (year, number int, ok bool) {
	y, n, ok := strings.Cut(key, ".")
	year, err1 := strconv.Atoi(y)
	number, err2 := strconv.Atoi(n)
	return year, number, ok && err1 == nil && err2 == nil
}

package store

import (
	"slices"
	"strconv"
	"strings"
)

// where gathers the conditions of a list and their arguments. It builds the
// condition that is meant, instead of one with a switch for each filter: the
// planner then sees what it has to do.
type where struct {
	parts []string
	args  []any
}

// add adds a condition; each ? in it stands for the next of args.
func (w *where) add(condition string, args ...any) {
	for _, a := range args {
		condition = strings.Replace(condition, "?", w.arg(a), 1)
	}
	w.parts = append(w.parts, condition)
}

// arg adds an argument and returns its placeholder.
func (w *where) arg(a any) string {
	w.args = append(w.args, a)
	return "$" + strconv.Itoa(len(w.args))
}

// clone returns conditions that more can be added to, which w doesn't get.
func (w *where) clone() where {
	return where{parts: slices.Clip(w.parts), args: slices.Clip(w.args)}
}

func (w *where) sql() string {
	if len(w.parts) == 0 {
		return "true"
	}
	return "(" + strings.Join(w.parts, ") AND (") + ")"
}

// pageSize is how many lines a page has when n are asked for.
func pageSize(n int) int {
	if n <= 0 {
		return 50
	}
	return min(n, 500)
}

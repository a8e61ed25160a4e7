package bot

import (
	"maps"
	"slices"

	"tiepdan"
)

// tellOnPaper adds to a notice the papers that put its entry into the law's form.
// They are there to be kept; the words never wait for them.
func (r *Reply) tellOnPaper(c tiepdan.Case, entry tiepdan.Entry, args Args) {
	for _, p := range tiepdan.PapersTold(c, entry) {
		r.Papers = append(r.Papers, Paper{Kind: p.Kind, Case: c.ID, Spare: true})
	}
	args["Printed"] = len(r.Papers)
}

// Sparing is r without the papers that its words can go without, and without the
// words about them; ok is false if it has none.
func (r Reply) Sparing() (bare Reply, ok bool) {
	kept := slices.DeleteFunc(slices.Clone(r.Papers), func(p Paper) bool { return p.Spare })
	if len(kept) == len(r.Papers) {
		return r, false
	}
	r.Papers = kept
	if args, is := r.Args.(Args); is {
		args = maps.Clone(args)
		args["Printed"] = 0
		r.Args = args
	}
	return r, true
}

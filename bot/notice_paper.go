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
	args["Printed"], args["Later"] = len(r.Papers), false
}

// owedPaper brings the papers of an entry whose words went without them. It isn't
// sent before they are made; if nothing calls for them any more, it isn't sent at all.
func owedPaper(c tiepdan.Case, entry tiepdan.Entry, args Args) []Reply {
	r := Reply{Key: tiepdan.PaperNotice, Args: args, Case: c.ID, Entry: entry.N, Quiet: true}
	for _, p := range tiepdan.PapersTold(c, entry) {
		r.Papers = append(r.Papers, Paper{Kind: p.Kind, Case: c.ID})
	}
	if len(r.Papers) == 0 {
		return nil
	}
	args["Told"] = tiepdan.DateOf(entry.At)
	return []Reply{r}
}

// Sparing is r without the papers that its words can go without, and says that they
// come later; ok is false if it has none.
func (r Reply) Sparing() (bare Reply, ok bool) {
	kept := slices.DeleteFunc(slices.Clone(r.Papers), func(p Paper) bool { return p.Spare })
	if len(kept) == len(r.Papers) {
		return r, false
	}
	r.Papers = kept
	if args, is := r.Args.(Args); is {
		args = maps.Clone(args)
		args["Printed"], args["Later"] = 0, true
		r.Args = args
	}
	return r, true
}

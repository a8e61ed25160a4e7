package backend

import (
	"slices"
	"strings"

	"tiepdan"
)

// historyRow is a line of the history with its facts in people's words.
type historyRow struct {
	tiepdan.Entry
	Who   string
	For   string // the colleague on leave in whose place it was done
	Facts []fact
}

// fact is a named detail; Key is a text's, without "page.".
type fact struct{ Key, Value string }

// historyOf is the whole history, the last first, without what tells of another case
// that is about the reader. Who is kept away from this one is named to those who may
// keep people away.
func historyOf(c tiepdan.Case, names namer) (rows []historyRow) {
	var class tiepdan.Class
	for _, e := range c.History {
		if aboutBarred(e, c, names.by) {
			continue
		}
		row := historyRow{Entry: e, Who: entryName(e, names), For: names.person(e.Details.For), Facts: factsOf(e, c, names)}
		if e.Details.Class != nil {
			row.Facts = append(row.Facts, classChanges(class, *e.Details.Class, names.lang)...)
			class = *e.Details.Class
		}
		rows = append(rows, row)
	}
	slices.Reverse(rows)
	return rows
}

// factList gathers the details that there are.
type factList []fact

func (fs *factList) add(key, value string) {
	if value != "" {
		*fs = append(*fs, fact{key, value})
	}
}

// factsOf are an entry's details beyond its words.
func factsOf(e tiepdan.Entry, c tiepdan.Case, names namer) (fs factList) {
	d, lang := e.Details, names.lang
	if d.Kind != "" {
		fs.add("case.kind", plain(lang, "kind."+string(d.Kind)))
	}
	fs.add("case.field", names.field(d.Field))
	fs.add("case.place", names.place(d.Place))
	fs.add("case.unit", names.unit(d.Unit))
	fs.add("case.officer", names.person(d.Officer))
	fs.add("act.asked", names.person(d.Asked))
	if d.Why != "" {
		fs.add("case.by_rule", names.ruled(d))
	} else {
		fs.add("case.by_turn", names.ruled(d))
	}
	fs.add("act.body", d.Body)
	if g, ok := tiepdan.LegalGroundByID(d.Ground); ok {
		fs.add("act.ground", groundName(g, lang)+" · "+g.SourceOf(c.Kind))
	}
	if len(d.Checked) > 0 {
		fs.add("act.checked", said(lang, "case.checked", map[string]any{"N": len(d.Checked)}))
	}
	fs.add("act.legal", d.Legal)
	fs.addPaper(d, lang)
	fs.addLinks(e, c, names)
	if d.Rating > 0 {
		fs.add("case.rating", plain(lang, "rating."+string(rune('0'+d.Rating))))
	}
	if e.Internal() || e.Do == tiepdan.Assign {
		fs.add("act.reason", e.Reason)
	}
	if slices.Contains(unsaid, e.Do) {
		fs.add("case.words", e.Text)
	}
	return fs
}

// addPaper adds what is told of a signed paper and of what became of it.
func (fs *factList) addPaper(d tiepdan.Details, lang tiepdan.Language) {
	fs.add("act.document", d.Document)
	fs.add("act.signer", d.Signer)
	fs.add("act.signed", writeDate(d.Signed))
	fs.add("act.until", writeDate(d.Until))
	if d.How != "" {
		fs.add("act.how", plain(lang, "way."+d.How))
	}
	if d.Outcome != "" {
		fs.add("act.outcome", plain(lang, "delivered."+d.Outcome))
	}
	fs.add("act.on", writeDate(d.On))
	fs.add("act.taker", d.Taker)
	fs.add("act.parcel", d.Parcel)
	if d.Result != "" {
		fs.add("act.result", plain(lang, "finding."+d.Result))
	}
	fs.add("act.evidence", d.Evidence)
	fs.add("act.next", d.Next)
	fs.add("act.part", d.Part)
}

// aboutBarred reports whether an entry only says that c is linked to a case which is
// about the reader.
func aboutBarred(e tiepdan.Entry, c tiepdan.Case, reader tiepdan.Actor) bool {
	l, ok := c.LinkTo(e.Details.Other)
	return ok && l.Barred.Touches(reader)
}

// barsPeople reports whether the reader is one of those who keep people away from cases.
func barsPeople(reader tiepdan.Actor) bool {
	return slices.Contains(tiepdan.Deeds(reader.Role), tiepdan.Bar)
}

// addLinks adds the other cases, and the people, that an entry is about.
func (fs *factList) addLinks(e tiepdan.Entry, c tiepdan.Case, names namer) {
	d := e.Details
	if d.Link != "" {
		fs.add("case.link", plain(names.lang, "link."+string(d.Link)))
	}
	var codes []string
	for _, l := range c.Links {
		if (l.Case == d.Other || slices.Contains(d.Parts, l.Case)) && !l.Barred.Touches(names.by) {
			codes = append(codes, string(l.Code))
		}
	}
	fs.add("case.other", strings.Join(codes, ", "))
	if d.Barred != nil && barsPeople(names.by) {
		var who []string
		for _, id := range d.Barred.Units {
			who = append(who, names.unit(id))
		}
		for _, id := range d.Barred.Staff {
			who = append(who, names.person(id))
		}
		fs.add("case.barred", strings.Join(who, ", "))
	}
}

package tiepdan

import (
	"slices"
	"time"
)

// CasePaper is a document that a case calls for, and the line of its history that
// it puts on paper.
type CasePaper struct {
	Kind  string // as templates/paper names it, such as "guidance"
	Entry Entry  // the zero entry: it is of the case as it stands
}

// paperRule ties a document to what calls for it: an act that was done, or, where
// there is none, that the case stands so.
type paperRule struct {
	Kind  string
	Of    []Action // the newest of them is what the paper is about
	Kinds []Kind   // none: every kind
	While func(Case) bool
	Told  bool // it is written to who brought the case
}

// paperRules are in the order of a case's life.
var paperRules = []paperRule{
	{Kind: "handover", While: func(c Case) bool { return c.Status.Open() }},
	{Kind: "proposal", While: func(c Case) bool { return slices.Contains(live, c.Status) && !c.Accepted }},
	{Kind: "answer_date", While: func(c Case) bool { return c.Status.Open() }},
	{Kind: "verify_notice", Of: []Action{VerifyMore}, Told: true},
	{Kind: "guidance", Of: []Action{GuideCitizen}, Told: true},
	{Kind: "return_notice", Of: []Action{SendBack}, Told: true},
	{Kind: "transfer", Of: []Action{Transfer}},
	{Kind: "transfer_notice", Of: []Action{Transfer}, Told: true},
	{Kind: "refusal_notice", Of: []Action{Refuse}, Told: true},
	{Kind: "filing", Of: []Action{FileAway}},
	{Kind: "accept_complaint", Of: []Action{Accept}, Kinds: []Kind{KhieuNai}, Told: true},
	{Kind: "accept_denunciation", Of: []Action{Accept}, Kinds: []Kind{ToCao}},
	{Kind: "accept_denunciation_notice", Of: []Action{Accept}, Kinds: []Kind{ToCao}},
	{Kind: "accept_feedback", Of: []Action{Accept}, Kinds: feedback, Told: true},
	{Kind: "extension", Of: []Action{Extend}},
	{Kind: "suspension", Of: []Action{Suspend}, Told: true},
	{Kind: "resumption", Of: []Action{Resume}, Told: true},
	{Kind: "termination", Of: []Action{Terminate}, Told: true},
	{Kind: "result", Of: []Action{Answer, Approve, Propose}, Told: true},
}

// CasePapers are the documents that c calls for as it stands and by what was done
// to it. What was destroyed has none.
func CasePapers(c Case) (ps []CasePaper) {
	if c.Status == Destroyed {
		return nil
	}
	for _, rule := range paperRules {
		if len(rule.Kinds) > 0 && !slices.Contains(rule.Kinds, c.Kind) {
			continue
		}
		if rule.While != nil {
			if rule.While(c) {
				ps = append(ps, CasePaper{Kind: rule.Kind})
			}
			continue
		}
		if e, ok := c.last(rule.Of...); ok {
			ps = append(ps, CasePaper{Kind: rule.Kind, Entry: e})
		}
	}
	return ps
}

// PapersTold are those of c's papers that put its entry e on paper for who brought the
// case, so that they go with the words that tell of it. There are none for who gave no
// name, none of a denunciation, and none where the signed paper itself is enclosed.
func PapersTold(c Case, e Entry) (ps []CasePaper) {
	if c.Sealed() || c.Unnamed || c.Person.Name == "" || e.Details.Document != "" && len(e.Files) > 0 {
		return nil
	}
	for _, p := range CasePapers(c) {
		told := slices.ContainsFunc(paperRules, func(r paperRule) bool { return r.Kind == p.Kind && r.Told })
		if told && p.Entry.N == e.N {
			ps = append(ps, p)
		}
	}
	return ps
}

// Signed returns the number, day and signer of the paper that an entry of c was put
// on: what the act itself says, or what was recorded of it before the next such act.
func (c Case) Signed(e Entry) (d Details) {
	if e.Details.Document != "" {
		return e.Details
	}
	for _, next := range c.History {
		if next.N <= e.N {
			continue
		}
		if next.Do == RecordDocument {
			return next.Details
		}
		if slices.ContainsFunc(paperRules, func(r paperRule) bool { return slices.Contains(r.Of, next.Do) }) {
			break
		}
	}
	return Details{}
}

// DocumentTemplate is one version of an office's own Word template of a paper.
type DocumentTemplate struct {
	Kind    string
	Version int
	Name    string // of the file, as it was uploaded
	Size    int    // in bytes; 0: with this version the office went back to the built-in template
	By      string // who uploaded it
	At      time.Time
	Data    []byte // only where it is asked for
}

// Own reports whether t is the office's own, not a return to the built-in one.
func (t DocumentTemplate) Own() bool { return t.Size > 0 }

// PaperForm is what is known of a paper's form: where it comes from, since when, and
// whether that is confirmed.
type PaperForm struct {
	Kind      string
	FormCode  string // "Mẫu số 02"; empty: no numbered form is known
	Source    string
	ValidFrom Date
	Confirmed bool
	Internal  bool // stays in the office
}

// PaperField is a field that a Word template may use.
type PaperField struct {
	Name  string
	Key   string   // of the words that explain it, without "page.templates."
	Kind  string   // "word", "flag", "list" or "rows"
	Items []string // of a row
	Used  bool     // by the built-in template of the paper asked about
}

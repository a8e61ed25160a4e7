package tiepdan

import "slices"

// Verdict is what was found of a petition; "" is nothing yet.
type Verdict string

const (
	Yes Verdict = "yes"
	No  Verdict = "no"
)

// Valid reports whether v is a verdict or none.
func (v Verdict) Valid() bool { return v == "" || v == Yes || v == No }

// Class is how a petition was classified beyond its kind and field (Thông tư
// 05/2021/TT-TTCP, Điều 6).
type Class struct {
	Mixed     bool     `json:"mixed,omitempty"`     // several contents, of different kinds or for different bodies
	Eligible  Verdict  `json:"eligible,omitempty"`  // đủ điều kiện xử lý
	Lacks     []string `json:"lacks,omitempty"`     // which of [Requirements] it doesn't fulfil
	Competent Verdict  `json:"competent,omitempty"` // thuộc thẩm quyền giải quyết
	People    int      `json:"people,omitempty"`    // how many put their names to it; 0: as it was filed
	Authority string   `json:"authority,omitempty"` // one of [Authorities]
}

// IsZero reports whether nothing was found yet.
func (k Class) IsZero() bool {
	return !k.Mixed && k.Eligible == "" && k.Competent == "" && k.People == 0 && k.Authority == "" && len(k.Lacks) == 0
}

// Requirements are what a petition of a kind must fulfil (TT05, Điều 6(2)).
func Requirements(k Kind) []string {
	rs := []string{"language", "date", "name", "address", "signature", "legible", "content"}
	if k == KhieuNai || k == ToCao {
		rs = append(rs, "respondent", "request")
	}
	return append(rs, "sent_to_competent", "answered_before")
}

// Conditions are what whoever accepts a case must have looked at: of a complaint,
// that none of the bars holds (LKN, Điều 11), each by its [LegalGround]; of a
// denunciation, that all of a to d do (LTC, Điều 29(1)).
func Conditions(k Kind, on Date) (ids []string) {
	switch k {
	case KhieuNai:
		for _, g := range LegalGrounds(Refuse, k, on) {
			ids = append(ids, g.ID)
		}
	case ToCao:
		ids = []string{"denunciation.form", "denunciation.capable", "denunciation.competent", "denunciation.basis"}
	}
	return ids
}

// Authorities are the groups of bodies that a petition may belong to.
func Authorities() []string {
	return []string{"administrative", "judicial", "elected", "party", "union", "public_unit", "other"}
}

func (k Class) check(kind Kind) error {
	if !k.Eligible.Valid() || !k.Competent.Valid() || k.People < 0 || k.People > 100_000 ||
		k.Authority != "" && !slices.Contains(Authorities(), k.Authority) {
		return invalid("act.class_unknown", nil)
	}
	for _, lack := range k.Lacks {
		if !slices.Contains(Requirements(kind), lack) {
			return invalid("act.class_unknown", nil)
		}
	}
	if k.Eligible == Yes && len(k.Lacks) > 0 {
		return invalid("act.class_lacks", nil)
	}
	return nil
}

// LinkKind says how two cases belong together.
type LinkKind string

const (
	SameContent LinkKind = "same_content" // trùng: the same people, the same content; one vụ việc
	SameMatter  LinkKind = "same_matter"  // other people, the same matter; one vụ việc, an answer each
	SecondRound LinkKind = "second_round" // khiếu nại lần hai, tố cáo tiếp: this one follows the other
	PartOf      LinkKind = "part_of"      // made of the other when that was divided
	Related     LinkKind = "related"
)

// LinkKinds are those that a person may choose.
func LinkKinds() []LinkKind { return []LinkKind{SameContent, SameMatter, SecondRound, Related} }

// OneMatter reports whether cases that are so linked count as one vụ việc.
func (k LinkKind) OneMatter() bool { return k == SameContent || k == SameMatter || k == SecondRound }

// Linked is a case that another one is linked to, as its books say by now.
type Linked struct {
	Case   int64
	Code   CaseCode
	Kind   LinkKind
	From   bool // the link was made on this case: it follows, or is part of, the other
	Status Status
	Sealed bool
	Barred Barred // whom that one is about: they hear nothing of it here either
}

// LinkTo returns how c is linked to that case, if it is.
func (c Case) LinkTo(other int64) (Linked, bool) {
	i := slices.IndexFunc(c.Links, func(l Linked) bool { return l.Case == other })
	if i < 0 {
		return Linked{}, false
	}
	return c.Links[i], true
}

// Apart is c without whatever leads from it to another case: a denunciation and a case
// that names a person must not tell of each other.
func (c Case) Apart() Case {
	c.Links, c.Earlier = nil, 0
	c.History = slices.Clone(c.History)
	for i := range c.History {
		d := &c.History[i].Details
		d.Other, d.Parts, d.Earlier = 0, nil, 0
	}
	return c
}

// Helper is a unit that helps with a case that is another's.
type Helper struct {
	Unit    int64  `json:"unit"`
	Officer int64  `json:"officer,omitempty"`
	Task    string `json:"task,omitempty"`
	Due     Date   `json:"due,omitzero"`
	Entry   int    `json:"entry"`          // that asked for it
	Done    int    `json:"done,omitempty"` // the entry that contributed, or released it
}

func (h Helper) open() bool { return h.Done == 0 }

// HelpWanted are those who help and haven't done so yet, while c is open.
func (c Case) HelpWanted() (hs []Helper) {
	for _, h := range c.Helpers {
		if h.open() && c.Status.Open() {
			hs = append(hs, h)
		}
	}
	return hs
}

// Barred are those who must not see a case since it is about them.
type Barred struct {
	Units []int64 `json:"units,omitempty"`
	Staff []int64 `json:"staff,omitempty"`
}

// IsZero reports whether nobody is barred.
func (b Barred) IsZero() bool { return len(b.Units) == 0 && len(b.Staff) == 0 }

// Bars reports whether a case may not be seen by a.
func (b Barred) Bars(a Actor) bool {
	return a.Staff != 0 && slices.Contains(b.Staff, a.Staff) || a.Unit != 0 && slices.Contains(b.Units, a.Unit)
}

// Touches reports whether a case is about a or about one whom they stand in for: what
// they see in that one's place doesn't lead to it.
func (b Barred) Touches(a Actor) bool {
	return slices.ContainsFunc(a.selves(), b.Bars)
}

// helpedBy reports whether a is of a unit whose help is still wanted: its head, or the officer named for it.
func (c Case) helpedBy(a Actor) bool {
	return slices.ContainsFunc(c.Helpers, func(h Helper) bool { return h.open() && a.helps(h) })
}

func (a Actor) helps(h Helper) bool {
	return a.Role == UnitHead && a.Unit == h.Unit || a.Role == Officer && h.Officer != 0 && h.Officer == a.Staff
}

// wasHelpedBy reports whether a is of a unit that helps, or helped and wasn't released.
func (c Case) wasHelpedBy(a Actor) bool { return slices.ContainsFunc(c.Helpers, a.helps) }

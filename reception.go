package tiepdan

import (
	"slices"
	"time"
)

// Result is what came of receiving somebody.
type Result string

const (
	ResultSettled    Result = "settled"    // giải quyết tại chỗ
	ResultConciliate Result = "conciliate" // hòa giải thành
	ResultTakenIn    Result = "taken_in"   // the petition was taken in: it becomes a case
	ResultGuided     Result = "guided"     // hướng dẫn, with the papers given back
	ResultTransfer   Result = "transfer"   // chuyển đến cơ quan có thẩm quyền
	ResultRefused    Result = "refused"    // từ chối tiếp, with its legal ground
	ResultPromised   Result = "promised"   // to be answered by a day (Điều 18(4))
)

// Results are all of them, in the order of the form.
func Results() []Result {
	return []Result{ResultSettled, ResultConciliate, ResultTakenIn, ResultGuided, ResultTransfer, ResultRefused, ResultPromised}
}

// Ground is why somebody may be refused (Luật Tiếp công dân 2013, Điều 9).
type Ground string

const (
	GroundUnfit      Ground = "unfit"      // 9(1): intoxicated, not capable of acts
	GroundDisruptive Ground = "disruptive" // 9(2): threatens, insults, breaks the rules
	GroundFinal      Ground = "final"      // 9(3): rightly resolved, checked, told in writing, comes again all the same
	GroundOther      Ground = "other"      // 9(4): other cases by law
)

// Grounds are all of them, in the law's order.
func Grounds() []Ground { return []Ground{GroundUnfit, GroundDisruptive, GroundFinal, GroundOther} }

// GroupOf is from how many people on those who come together are a đoàn đông người.
const GroupOf = 5

// Reception is one entry of the book of receptions (Sổ tiếp công dân, TT04 Mẫu số
// 03): one person, or people who came together, received once. An entry is never
// overwritten; a correction is another Version of it.
type Reception struct {
	ID          int64
	Ref         string // of the form that it was written with: sent twice, it is one entry
	Session     int64
	Appointment int64 // 0: a walk-in without one
	Year        int   // of the book
	Number      int   // STT in it, column 1
	Version     int   // 1 is the first
	On          Date  // column 2
	Began       time.Time
	Ended       time.Time
	Person      Person // columns 3 and 4; empty where Secret
	IDSeen      bool   // an identity paper was seen at the desk
	Secret      bool   // a denouncer: "giữ bí mật danh tính"; the identity stays on paper
	People      int
	Spokesmen   []string // who speaks for a group
	Kind        Kind
	Field       string
	Content     string // column 5
	Again       bool   // not the first time about this
	PriorBody   string // column 7: who resolved it before
	Result      Result
	Handling    string // how it was handled, in words
	Body        string // columns 9, 10: the competent body
	Ground      Ground
	GroundText  string // the notice's number and date, or other words
	AnswerBy    Date
	Followed    string // column 11: what came of it
	Note        string // column 12
	Case        int64
	CaseCode    CaseCode
	Receiver    string
	By          int64     // who wrote this version
	At          time.Time // … and when
	Why         string    // of a correction
}

// Sealed reports whether the entry is under a denunciation's rules.
func (r Reception) Sealed() bool { return r.Secret || r.Kind == ToCao }

// InGroup reports whether those received were a đoàn đông người.
func (r Reception) InGroup() bool { return r.People >= GroupOf }

// Check reports the first thing that is missing or wrong in an entry, and returns
// it as it may be kept: cleaned, and of a denouncer without what names them.
func (r Reception) Check() (Reception, error) {
	r = r.cleaned()
	switch {
	case r.Sealed():
		r.Secret, r.Person, r.Spokesmen = true, Person{}, nil
	case r.Person.Name == "":
		return r, invalid("reception.name_missing", nil)
	}
	switch {
	case !r.Kind.Valid():
		return r, invalid("reception.kind_missing", nil)
	case r.Content == "":
		return r, invalid("reception.content_missing", nil)
	case !slices.Contains(Results(), r.Result):
		return r, invalid("reception.result_missing", nil)
	case r.Result == ResultTransfer && r.Body == "":
		return r, invalid("reception.body_missing", nil)
	case r.Result == ResultRefused && !slices.Contains(Grounds(), r.Ground):
		return r, invalid("reception.ground_missing", nil)
	case r.Result == ResultRefused && (r.Ground == GroundFinal || r.Ground == GroundOther) && r.GroundText == "":
		return r, invalid("reception.ground_text_missing", nil)
	case r.Result == ResultPromised && r.AnswerBy.Before(r.On):
		return r, invalid("reception.answer_by_missing", nil)
	case r.Version > 1 && r.Why == "":
		return r, invalid("reception.why_missing", nil)
	}
	return r, nil
}

// cleaned is r with its words as they are kept, and without what its result has no use for.
func (r Reception) cleaned() Reception {
	for _, text := range []*string{&r.Content, &r.Handling, &r.Note, &r.GroundText, &r.Followed, &r.Why} {
		*text = Clean(*text)
	}
	for _, text := range []*string{&r.Person.Name, &r.Person.Phone, &r.Person.Address, &r.Person.IDNumber, &r.PriorBody, &r.Body} {
		*text = oneLine(*text)
	}
	r.Spokesmen = slices.Clone(r.Spokesmen)
	for i := range r.Spokesmen {
		r.Spokesmen[i] = oneLine(r.Spokesmen[i])
	}
	r.Spokesmen = slices.DeleteFunc(r.Spokesmen, func(name string) bool { return name == "" })
	r.People = max(1, r.People)
	if r.Result != ResultRefused {
		r.Ground, r.GroundText = "", ""
	}
	if r.Result != ResultPromised {
		r.AnswerBy = Date{}
	}
	return r
}

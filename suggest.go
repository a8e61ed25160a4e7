package tiepdan

import "slices"

// Suggestion is what fits a case as it was classified, and why. Nothing follows
// from it by itself: a person decides.
type Suggestion struct {
	Do         Action
	Ground     string // one of [LegalGrounds]; "": the act names none
	Why        string // names the text that says why
	Source     string // in the law
	Confidence string // as of [Rule]
}

// Confirmed reports whether the suggestion is well supported.
func (s Suggestion) Confirmed() bool { return s.Confidence == "high" }

const (
	tt05   = "Thông tư 05/2021/TT-TTCP"
	lkn    = "Luật Khiếu nại 02/2011/QH13"
	ltc    = "Luật Tố cáo 25/2018/QH14"
	ltcd   = "Luật Tiếp công dân 42/2013/QH13"
	sure   = "high"
	likely = "medium"
	unsure = "low"
)

// fitting is a row of the workflow that TT05 makes of a petition: what to do when.
type fitting struct {
	When func(Case, Date) bool
	Suggestion
}

// workflow is in the order in which its rows are told; of one act the first that fits.
var workflow = []fitting{
	// The conditions.
	{of(unclassified), Suggestion{Classify, "", "unclassified", tt05 + ", Điều 6", sure}},
	{of(wantsOriginal), Suggestion{RecordOriginal, "", "original", lkn + ", Điều 8, 11", sure}},
	{of(both(wantsOriginal, ineligible)), Suggestion{Refuse, "complaint.unsigned", "unsigned", lkn + ", Điều 11", sure}},
	{of(curable), Suggestion{AskMore, "", "curable", tt05 + ", Điều 6", likely}},
	{of(curable), Suggestion{Tell, "", "curable", tt05 + ", Điều 6", likely}},
	{of(both(denunciation, anonymous)), Suggestion{FileAway, "file.anonymous", "anonymous", ltc + ", Điều 25(1)", sure}},
	{of(both(denunciation, anonymous)), Suggestion{Classify, "", "anonymous_checked", ltc + ", Điều 25(2)", sure}},
	{of(lacking("answered_before")), Suggestion{FileAway, "file.guided_before", "guided_before", tt05 + ", Điều 6(2)b", sure}},
	{of(lacking("sent_to_competent")), Suggestion{FileAway, "file.sent_to_several", "sent_to_several", tt05 + ", Điều 6(2)b", sure}},
	{of(lacking("legible")), Suggestion{FileAway, "file.illegible", "illegible", tt05 + ", Điều 6(2)b", unsure}},
	{of(ineligible), Suggestion{FileAway, "file.ineligible", "ineligible", tt05 + ", Điều 6(2)b", sure}},
	{of(settledBefore), Suggestion{FileAway, "file.settled", "settled", tt05, sure}},
	{of(repeated), Suggestion{FileAway, "file.same_content", "same_content", tt05, likely}},

	// What isn't for this office.
	{of(mixed), Suggestion{Divide, "", "mixed", tt05 + ", Điều 6", sure}},
	{of(mixed), Suggestion{GuideCitizen, "guide.mixed", "mixed_guide", "Thông tư 04/2021/TT-TTCP; " + tt05, sure}},
	{of(both(complaint, elsewhere)), Suggestion{GuideCitizen, "guide.not_competent", "complaint_elsewhere", tt05 + ", Mẫu số 02", sure}},
	{of(both(complaint, elsewhere, cameAs(Guided))), Suggestion{FileAway, "file.guided_before", "guided_before", tt05 + ", Điều 6(2)b", sure}},
	{of(both(complaint, elsewhere)), Suggestion{SendBack, "guide.not_competent", "sent_by_leader", tt05, unsure}},
	{of(both(denunciation, elsewhere)), Suggestion{Transfer, "", "denunciation_elsewhere", ltc + ", Điều 24; " + tt05, sure}},
	{of(both(denunciation, elsewhere, cameAs(Transferred))), Suggestion{FileAway, "file.transferred_before", "transferred_before", tt05, sure}},
	{of(both(wish, elsewhere, forCourts)), Suggestion{GuideCitizen, "guide.judicial", "judicial", tt05, unsure}},
	{of(both(wish, elsewhere)), Suggestion{Transfer, "", "wish_elsewhere", tt05, unsure}},

	// What is.
	{of(both(complaint, ours)), Suggestion{Accept, "", "complaint_ours", lkn + ", Điều 11, 27", sure}},
	{of(both(complaint, ours)), Suggestion{Refuse, "", "complaint_barred", lkn + ", Điều 11", sure}},
	{of(both(denunciation, ours)), Suggestion{Accept, "", "denunciation_ours", ltc + ", Điều 29(1)", sure}},
	{of(both(denunciation, ours)), Suggestion{Refuse, "denunciation.from_complaint", "denunciation_from_complaint", ltc + ", Điều 29", sure}},
	{of(both(wish, ours)), Suggestion{Accept, "", "wish_ours", ltcd + ", Điều 28", sure}},

	// What follows later.
	{of(withdrawing), Suggestion{RecordWithdrawal, "", "withdrawing", lkn + ", Điều 10", sure}},
	{of(both(complaint, withdrawn)), Suggestion{Terminate, "complaint.withdrawn", "withdrawn", lkn + ", Điều 11a", sure}},
	{of(both(complaint, withdrawn)), Suggestion{Terminate, "complaint.withdrawn_old", "withdrawn", lkn + ", Điều 10", sure}},
	{of(both(denunciation, withdrawn)), Suggestion{Terminate, "denunciation.withdrawn", "withdrawn", ltc + ", Điều 34(3)", sure}},
	{of(both(complaint, inStatus(Withdrawn))), Suggestion{Reopen, "reopen.complaint_coerced", "coerced", lkn + ", Điều 10", sure}},
	{of(both(denunciation, inStatus(Withdrawn))), Suggestion{Reopen, "reopen.denunciation_coerced", "coerced", ltc + ", Điều 33(3)", sure}},
	{manyDenounceLate, Suggestion{Extend, "extend.complex", "many_denounce", "Nghị định 31/2019/NĐ-CP, Điều 3", sure}},
	{yearOver, Suggestion{Destroy, "", "year_over", tt05 + ", Điều 28", sure}},
	{yearOver, Suggestion{Retain, "", "year_over", tt05 + ", Điều 28", sure}},
}

// Suggest returns what fits c on a day, in the order to tell it: an act each once,
// and only what somebody could do to c as it stands.
func Suggest(c Case, on Date) (list []Suggestion) {
	for _, f := range workflow {
		told := slices.ContainsFunc(list, func(s Suggestion) bool { return s.Do == f.Do || s.Why == f.Why && f.Do == Tell })
		if told || !f.When(c, on) || !c.could(f.Do) || f.Ground != "" && !groundOffered(f.Ground, f.Do, c.Kind, on) {
			continue
		}
		list = append(list, f.Suggestion)
	}
	return list
}

// could reports whether the case lets somebody do that now.
func (c Case) could(do Action) bool {
	return slices.ContainsFunc(lifecycle, func(m move) bool {
		return m.Do == do && slices.Contains(m.From, c.Status) && m.takes(c.Kind) && m.When.holds(c, Actor{})
	})
}

// Wanting are the [Requirements] that c's books already show to be unfulfilled. It
// is a proposal for who classifies: a denouncer who keeps to the chat gives no name.
func Wanting(c Case) (lacks []string) {
	add := func(name string, lacking bool) {
		if lacking && slices.Contains(Requirements(c.Kind), name) {
			lacks = append(lacks, name)
		}
	}
	hidden := c.Sealed()
	add("name", hidden && c.Channel != "desk" || !hidden && c.Person.Name == "")
	add("address", hidden && c.Channel != "desk" || !hidden && c.Kind == KhieuNai && c.Person.Address == "")
	add("signature", c.Status == AwaitingOriginal || hidden && c.Channel != "desk")
	add("respondent", c.Kind == KhieuNai && c.Respondent == "")
	add("answered_before", c.cameBefore(Guided) || c.cameBefore(Returned))
	return lacks
}

func of(holds func(Case) bool) func(Case, Date) bool {
	return func(c Case, _ Date) bool { return holds(c) }
}

func both(all ...func(Case) bool) func(Case) bool {
	return func(c Case) bool {
		return !slices.ContainsFunc(all, func(holds func(Case) bool) bool { return !holds(c) })
	}
}

func inStatus(s Status) func(Case) bool { return func(c Case) bool { return c.Status == s } }
func cameAs(s Status) func(Case) bool   { return func(c Case) bool { return c.cameBefore(s) } }

func lacking(what string) func(Case) bool {
	return func(c Case) bool { return ineligible(c) && slices.Contains(c.Class.Lacks, what) }
}

func complaint(c Case) bool    { return c.Kind == KhieuNai }
func denunciation(c Case) bool { return c.Kind == ToCao }
func wish(c Case) bool         { return slices.Contains(feedback, c.Kind) }

func undecided(c Case) bool    { return !c.Accepted && slices.Contains(live, c.Status) }
func unclassified(c Case) bool { return undecided(c) && c.Class.IsZero() }
func ineligible(c Case) bool   { return undecided(c) && c.Class.Eligible == No }
func mixed(c Case) bool        { return undecided(c) && c.Class.Mixed }
func forCourts(c Case) bool    { return c.Class.Authority == "judicial" }

// elsewhere is a petition that may be handled, but by another body.
func elsewhere(c Case) bool {
	return undecided(c) && !c.Class.Mixed && c.Class.Eligible != No && c.Class.Competent == No
}

func ours(c Case) bool {
	return undecided(c) && !c.Class.Mixed && c.Class.Eligible == Yes && c.Class.Competent == Yes
}

func wantsOriginal(c Case) bool {
	return c.Status == AwaitingOriginal && !c.Class.IsZero() && c.Class.Competent != No
}

// curable is what the citizen can still put right.
func curable(c Case) bool {
	return undecided(c) && c.Kind != ToCao && len(c.Class.Lacks) > 0 && !slices.ContainsFunc(c.Class.Lacks, func(lack string) bool {
		return lack == "answered_before" || lack == "sent_to_competent"
	})
}

func anonymous(c Case) bool {
	return undecided(c) && c.Class.Eligible != Yes && (slices.Contains(c.Class.Lacks, "name") || slices.Contains(c.Class.Lacks, "address"))
}

// follows reports whether c was linked to an earlier case of the same content that stands so.
func (c Case) follows(stands func(Status) bool) bool {
	return slices.ContainsFunc(c.Links, func(l Linked) bool { return l.From && l.Kind == SameContent && stands(l.Status) })
}

func settledBefore(c Case) bool {
	return undecided(c) && c.follows(func(s Status) bool { return slices.Contains(told, s) })
}

func repeated(c Case) bool { return undecided(c) && c.follows(Status.Open) }

func withdrawing(c Case) bool {
	e, ok := c.last(AskWithdraw, RecordWithdrawal, Reopen)
	return ok && e.Do == AskWithdraw
}

func withdrawn(c Case) bool { return c.Status == Withdrawn && c.Accepted }

// lateInTerm is how many days after its acceptance an extension is worth a thought.
const lateInTerm = 20

func manyDenounceLate(c Case, on Date) bool {
	e, ok := c.last(Accept)
	return ok && c.Kind == ToCao && c.Class.People > 1 && !c.did(Extend) && !DateOf(e.At).Add(lateInTerm).After(on)
}

func yearOver(c Case, on Date) bool {
	until, ok := KeptUntil(c)
	return ok && until.Before(on)
}

// KeptUntil is the day until which a petition that was filed away is kept: a year
// from then (TT05, Điều 28), or as the head decided since.
func KeptUntil(c Case) (Date, bool) {
	if c.Status != FiledAway {
		return Date{}, false
	}
	e, _ := c.last(FileAway, Retain)
	if e.Do == Retain {
		return e.Details.Until, true
	}
	return DateOf(e.At).AddMonths(12), true
}

// FollowUpOn is the day by which c stands in the list of its kind of end: of one
// that was transferred and isn't replied to, when it was; of one that is filed away,
// until when it is kept.
func FollowUpOn(c Case) Date {
	if e, ok := c.last(Transfer); ok && c.Status == Transferred && !c.did(RecordReply) {
		return DateOf(e.At)
	}
	until, _ := KeptUntil(c)
	return until
}

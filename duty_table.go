package tiepdan

import "slices"

// clock ties a rule of the law to the acts that start it, meet it and end it.
type clock struct {
	Rule   string // the family of its rules: the one in force when it starts is taken
	Remote string // that for remote places; "": the same
	Kinds  []Kind // none: every kind
	Round  int    // 0: either
	Starts []Action
	When   func(Case, Entry) bool // what is asked of the act that starts it; nil: nothing
	Meets  []Action
	Ends   []Action // by which it falls away
	Longer Action   // by which it is extended; "": by nothing
	Rests  string   // the rule by which a suspension rests it; "": none does
}

var (
	// An outcome of the first ten working days (Luật Tiếp công dân 2013, Điều 28), and those of them that settle it.
	taken    = append([]Action{VerifyMore}, settled...)
	settled  = append([]Action{Accept}, resolved...)
	resolved = []Action{Answer, Approve, Refuse, GuideCitizen, SendBack, Transfer, FileAway, Divide, Withdraw, RecordWithdrawal, Terminate}
	ceased   = []Action{Withdraw, RecordWithdrawal, Terminate, Divide, Destroy}
	decided  = []Action{Answer, Approve}
	shown    = []Action{RecordDocument, RecordDelivery}

	khieuNai = []Kind{KhieuNai}
	toCao    = []Kind{ToCao}
)

// clocks are the law's terms that run in a case. Accepting (thụ lý) starts the
// term of resolution; taking a task starts none of the law's.
var clocks = []clock{
	{Rule: "reception.initial_notice", Starts: []Action{Submit}, Meets: taken},

	{Rule: "complaint.accept_first", Kinds: khieuNai, Round: 1, Starts: []Action{Submit, RecordOriginal}, When: signedBy, Meets: settled},
	{Rule: "complaint.accept_second", Kinds: khieuNai, Round: 2, Starts: []Action{Submit, RecordOriginal}, When: signedBy, Meets: settled},
	{Rule: "complaint.resolve_first", Remote: "complaint.resolve_first_remote", Kinds: khieuNai, Round: 1, Starts: []Action{Accept}, Meets: resolved,
		Longer: Extend, Rests: "complaint.suspension_clock"},
	{Rule: "complaint.resolve_second", Remote: "complaint.resolve_second_remote", Kinds: khieuNai, Round: 2, Starts: []Action{Accept}, Meets: resolved,
		Longer: Extend, Rests: "complaint.suspension_clock"},
	{Rule: "complaint.send_decision_first", Kinds: khieuNai, Round: 1, Starts: decided, When: resolving, Meets: []Action{RecordDelivery}, Ends: []Action{Reopen}},
	{Rule: "complaint.send_decision_second", Kinds: khieuNai, Round: 2, Starts: decided, When: resolving, Meets: []Action{RecordDelivery}, Ends: []Action{Reopen}},
	{Rule: "complaint.publish_decision", Kinds: khieuNai, Starts: decided, When: resolving, Meets: []Action{Publish}, Ends: []Action{Reopen}},

	{Rule: "denunciation.verify_conditions", Kinds: toCao, Round: 1, Starts: []Action{Submit}, Meets: settled, Longer: VerifyMore},
	{Rule: "denunciation.continued", Kinds: toCao, Round: 2, Starts: []Action{Submit}, Meets: settled},
	{Rule: "denunciation.transfer", Kinds: toCao, Starts: []Action{Submit}, When: notOurs, Meets: settled},
	{Rule: "denunciation.accept_notice", Kinds: toCao, Starts: []Action{Accept}, Meets: shown, Ends: ceased},
	{Rule: "denunciation.resolve", Kinds: toCao, Starts: []Action{Accept}, Meets: resolved, Longer: Extend, Rests: "denunciation.suspension_clock"},
	{Rule: "denunciation.suspension_notice", Kinds: toCao, Starts: []Action{Suspend, Terminate}, Meets: shown},
	{Rule: "denunciation.send_conclusion", Kinds: toCao, Starts: decided, When: resolving, Meets: []Action{RecordDelivery}, Ends: []Action{Reopen}},
	{Rule: "denunciation.act_on_conclusion", Kinds: toCao, Starts: decided, When: resolving, Meets: []Action{CloseCase}, Ends: []Action{Reopen}},

	{Rule: "petition.storage", Starts: []Action{FileAway}, Meets: []Action{Destroy}, Ends: []Action{Reopen}, Longer: Retain},
}

// runsFor reports whether the clock is one of a case of that kind and round.
func (k clock) runsFor(c Case) bool {
	return (len(k.Kinds) == 0 || slices.Contains(k.Kinds, c.Kind)) && (k.Round == 0 || k.Round == max(1, c.Round))
}

// family is the clock's rules for where the case is.
func (k clock) family(c Case, r *Rules) string {
	if k.Remote != "" && r.remote(c) {
		return k.Remote
	}
	return k.Rule
}

// remote reports whether the case is of a place that the law's longer terms are for.
func (r *Rules) remote(c Case) bool {
	u, ok := r.Ward(c.Place)
	return ok && u.Remote
}

// signedBy: a complaint that waits for the signed original is received with that.
func signedBy(_ Case, e Entry) bool { return e.Do != Submit || e.To != AwaitingOriginal }

// resolving: only what was accepted (thụ lý) is resolved by a decision or conclusion.
func resolving(c Case, e Entry) bool {
	return slices.ContainsFunc(c.History[:e.N-1], func(before Entry) bool { return before.Do == Accept })
}

// notOurs: a denunciation is for others to resolve, or was passed on to them.
func notOurs(c Case, _ Entry) bool { return c.Class.Competent == No || c.did(Transfer) }

package tiepdan

// FollowUp is a case that isn't worked on any more but looked after: its reply is
// awaited, or it is kept.
type FollowUp struct {
	CaseLine
	Since     Date   // of the outcome
	On        Date   // of a transferred one as Since; of one filed away: until when it is kept
	Body      string // that it was transferred to
	Document  string
	Ground    string // one of [LegalGrounds]
	Urged     int    // how often
	LastUrged Date
}

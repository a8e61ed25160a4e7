package tiepdan

import "time"

// PlanStatus is where a quarter's plan stands.
type PlanStatus string

const (
	PlanDrafting  PlanStatus = "drafting"
	PlanSubmitted PlanStatus = "submitted" // waits for a leader
	PlanPublished PlanStatus = "published"
)

// Plan is the reception plan of a calendar quarter: all sessions whose day is in it.
type Plan struct {
	Year        int
	Quarter     int // 1–4
	Status      PlanStatus
	Asked       string // the changes that the leader asked for
	SubmittedBy int64
	ApprovedBy  int64
	Published   time.Time
}

// QuarterOf returns the quarter that d is in.
func QuarterOf(d Date) (year, quarter int) { return d.Year, (int(d.Month)-1)/3 + 1 }

// Days returns the first day of the plan's quarter and the first after it.
func (p Plan) Days() (from, until Date) {
	from = Date{p.Year, time.Month(p.Quarter*3 - 2), 1}
	return from, from.AddMonths(3)
}

// PlanWarning is something about a plan that a person should know before it is
// published. Key names the text.
type PlanWarning struct {
	Key     string
	Session int64 // 0: about no single one
	Head    int64
	Args    map[string]any
}

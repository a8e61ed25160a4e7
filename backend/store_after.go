package backend

import (
	"context"
	"time"

	"tiepdan"
)

// After is what the pages of what follows a session need of the books.
type After interface {
	Conclusions
	Directives
	Reports
}

// Conclusions are the notices after sessions. Of what is under a denunciation's
// rules the store gives the words to the cleared only; whoever else saves a form
// changes nothing of it.
type Conclusions interface {
	ConclusionList(ctx context.Context, from, until tiepdan.Date) ([]tiepdan.ConclusionLine, error)
	Conclusion(ctx context.Context, by tiepdan.Actor, session int64) (c tiepdan.Conclusion, ok bool, err error)
	ConclusionTold(ctx context.Context, session int64) ([]tiepdan.ConclusionTold, error)
	DraftConclusion(ctx context.Context, by tiepdan.Actor, session int64) (tiepdan.Conclusion, error)
	SaveConclusion(ctx context.Context, by tiepdan.Actor, c tiepdan.Conclusion) (tiepdan.Conclusion, error)
	SubmitConclusion(ctx context.Context, by tiepdan.Actor, id int64, version int) error
	AskConclusionChanges(ctx context.Context, by tiepdan.Actor, id int64, text string) error
	ApproveConclusion(ctx context.Context, by tiepdan.Actor, id int64, version int, now time.Time) (directives int, err error)
	NumberConclusion(ctx context.Context, by tiepdan.Actor, id int64, number string) error
}

// Directives are leaders' directions. ViewDirective gives what the person may see,
// and records a look at a secret one.
type Directives interface {
	Directives(ctx context.Context, f tiepdan.DirectiveFilter) (ds []tiepdan.Directive, next string, err error)
	CountDirectives(ctx context.Context, f tiepdan.DirectiveFilter) (n int, err error)
	CaseDirectives(ctx context.Context, by tiepdan.Actor, caseID int64) ([]tiepdan.Directive, error)
	ViewDirective(ctx context.Context, by tiepdan.Actor, id int64) (tiepdan.Directive, error)
	DirectiveFile(ctx context.Context, by tiepdan.Actor, id int64, sha string) (tiepdan.Attachment, error)
	IssueDirective(ctx context.Context, by tiepdan.Actor, d tiepdan.Directive, now time.Time) (tiepdan.Directive, error)
	UpdateDirective(ctx context.Context, id int64, change func(tiepdan.Directive) (tiepdan.Directive, tiepdan.DirectiveEntry, error)) (tiepdan.Directive, tiepdan.DirectiveEntry, error)
}

// Reports count what lies in a span of days, from a day to before another.
type Reports interface {
	Heads(ctx context.Context) ([]tiepdan.Head, error)
	SessionsOfHeads(ctx context.Context, from, until tiepdan.Date) ([]tiepdan.Session, error)
	AttendanceBetween(ctx context.Context, from, until tiepdan.Date) ([]tiepdan.Session, []tiepdan.Attendance, error)
	DirectiveReport(ctx context.Context, by tiepdan.Actor, from, until tiepdan.Date) ([]tiepdan.DirectiveUnit, error)
	OverdueReport(ctx context.Context, by tiepdan.Actor, from, until tiepdan.Date) ([]tiepdan.OverdueUnit, error)
	Satisfaction(ctx context.Context, by tiepdan.Actor, from, to time.Time) ([]tiepdan.SatisfactionCount, error)
	SatisfactionWords(ctx context.Context, by tiepdan.Actor, from, to time.Time, limit int) ([]tiepdan.SatisfactionWords, error)
	Results(ctx context.Context, f tiepdan.ResultFilter) (list []tiepdan.CaseResult, next string, err error)
	SumResults(ctx context.Context, f tiepdan.ResultFilter) (tiepdan.ResultSum, error)
	ReceptionCounts(ctx context.Context, from, until tiepdan.Date) (tiepdan.ReceptionCounts, error)
}

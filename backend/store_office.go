package backend

import (
	"context"
	"time"

	"tiepdan"
)

// OfficeStore is what the pages of the office itself need of its books.
type OfficeStore interface {
	Desk
	Invitations
	Settle
	Templates
	AnswerTemplates
	Tasks
	Blocks
	Schedule
	Day
	Audit
	Secure
}

// Desk takes in what people bring themselves.
type Desk interface {
	FileCase(ctx context.Context, p tiepdan.Petition, f tiepdan.Filing) (c tiepdan.Case, created bool, err error)
}

// Invitations bind a member of staff to a chat account of theirs.
type Invitations interface {
	Staff(ctx context.Context, id int64) (tiepdan.Staff, error)
	DisableStaff(ctx context.Context, by tiepdan.Actor, id int64, off bool) error
	Invite(ctx context.Context, by tiepdan.Actor, staff int64, now time.Time) (token string, err error)
	PendingJoins(ctx context.Context) ([]tiepdan.PendingJoin, error)
	ConfirmJoin(ctx context.Context, by tiepdan.Actor, invitation int64, ok bool, now time.Time) error
}

// Settle changes the settings. Moved is how many open cases have another due day
// than before.
type Settle interface {
	SaveOffice(ctx context.Context, by tiepdan.Actor, o tiepdan.Office) error
	SaveUnit(ctx context.Context, by tiepdan.Actor, u tiepdan.Unit) error
	SaveField(ctx context.Context, by tiepdan.Actor, f tiepdan.Field) error
	SaveKind(ctx context.Context, by tiepdan.Actor, k tiepdan.KindSetting) error
	SaveHoliday(ctx context.Context, by tiepdan.Actor, h tiepdan.Holiday) (tiepdan.Recount, error)
	DeleteHoliday(ctx context.Context, by tiepdan.Actor, on tiepdan.Date) (tiepdan.Recount, error)
	LastRecount(ctx context.Context) (tiepdan.Recount, error)
}

// Tasks are what machines couldn't do.
type Tasks interface {
	Tasks(ctx context.Context, by tiepdan.Actor, open bool) ([]tiepdan.Task, error)
	CountTasks(ctx context.Context, by tiepdan.Actor) (n int, err error)
	FinishTask(ctx context.Context, by tiepdan.Actor, id int64, how, note string, now time.Time) error
	DeadUpdates(ctx context.Context) ([]tiepdan.DeadUpdate, error)
	RetryDead(ctx context.Context, by tiepdan.Actor, id int64) error
}

// Blocks are the accounts that the office hears no more by chat.
type Blocks interface {
	BlockCaseAccount(ctx context.Context, by tiepdan.Actor, caseID int64, reason string, off bool) error
	BlockedAccounts(ctx context.Context, by tiepdan.Actor) ([]tiepdan.Block, error)
	CaseBlock(ctx context.Context, caseID int64) (b tiepdan.Block, ok bool, err error)
}

// Audit is the log of everything that staff do.
type Audit interface {
	AuditList(ctx context.Context, f tiepdan.AuditFilter) (rows []tiepdan.AuditRow, next string, err error)
	VerifyAudit(ctx context.Context) (tiepdan.AuditReport, error)
}

// Secure is the form that citizens fill in on the office's own site.
type Secure interface {
	SecureForm(ctx context.Context, token string, now time.Time) (tiepdan.SecureForm, error)
	FillSecure(ctx context.Context, token string, person tiepdan.Person, group tiepdan.Group, respondent string, now time.Time) error
}

package backend

import (
	"context"
	"io"
	"net/url"
	"time"

	"tiepdan"
)

// Store is what the pages need of the office's books.
type Store interface {
	Settings
	Limits
	People
	Cases
	CaseViews
	OfficeStore
	After
	Dispatching
	Links
	Answering
}

// Settings are read for every page.
type Settings interface {
	Rules(ctx context.Context) (*tiepdan.Rules, error)
}

// Limits throttles sign-ins.
type Limits interface {
	Allow(ctx context.Context, what string, n int, per time.Duration) (ok bool, wait time.Duration, err error)
	Refund(ctx context.Context, what string, n int, per time.Duration) error
}

// People are the office's own.
type People interface {
	StaffByLogin(ctx context.Context, login string) (s tiepdan.Staff, hash string, err error)
	StaffList(ctx context.Context) ([]tiepdan.Staff, error)
	SaveStaff(ctx context.Context, by tiepdan.Actor, s tiepdan.Staff) (id int64, err error)
	SetPassword(ctx context.Context, by tiepdan.Actor, staff int64, hash string) error
	Loads(ctx context.Context) (tiepdan.Loads, error)
}

// Cases are the books themselves. ViewCase returns what the actor may see of a
// case, and records a look at a sealed one.
type Cases interface {
	CasePage(ctx context.Context, f tiepdan.CaseFilter) (tiepdan.CasePage, error)
	CountCases(ctx context.Context, f tiepdan.CaseFilter, most int) (n int, capped bool, err error)
	CountEach(ctx context.Context, filters []tiepdan.CaseFilter, most int) ([]tiepdan.CaseTally, error)
	Changed(ctx context.Context) (int64, error)
	CaseByCode(ctx context.Context, code tiepdan.CaseCode) (tiepdan.Case, error)
	ViewCase(ctx context.Context, id int64, by tiepdan.Actor) (tiepdan.Case, error)
	UpdateCase(ctx context.Context, id int64, change tiepdan.Change) (tiepdan.Case, tiepdan.Entry, error)
	CaseFile(ctx context.Context, by tiepdan.Actor, caseID int64, sha string) (tiepdan.Attachment, error)
	Deliveries(ctx context.Context, caseID int64) ([]tiepdan.Delivery, error)
	FollowUps(ctx context.Context, by tiepdan.Actor, status tiepdan.Status, after string) (rows []tiepdan.FollowUp, next string, err error)
	DueFollowUps(ctx context.Context, by tiepdan.Actor, status tiepdan.Status, before tiepdan.Date) (n int, err error)
}

// CaseViews are filters that people saved, and lists that they take away. A
// member of staff changes their own only.
type CaseViews interface {
	CaseViews(ctx context.Context, by tiepdan.Actor) ([]tiepdan.CaseView, error)
	SaveCaseView(ctx context.Context, by tiepdan.Actor, v tiepdan.CaseView) (id int64, err error)
	DeleteCaseView(ctx context.Context, by tiepdan.Actor, id int64) error
	BeginWithCaseView(ctx context.Context, by tiepdan.Actor, id int64) error
	ExportCases(ctx context.Context, f tiepdan.CaseFilter, each func(tiepdan.CaseLine) error) (n int, more bool, err error)
}

// Files opens what citizens and staff attached, by its content. Where it can be
// sought in, a browser may ask for parts.
type Files interface {
	Open(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Keeper takes what staff attach. What the office doesn't take comes back as the
// key of the text that says why, and is no error. Of a sealed one nothing is kept
// that names its author.
type Keeper interface {
	Keep(ctx context.Context, name, mime string, r io.Reader, sealed bool) (kept tiepdan.Attachment, refused string, err error)
}

// Papers makes printable documents. Paper's are of a case: receipt, petition,
// petition_docx. Print's are of the reception: what is one of schedule, ics,
// session_ics, roster and others; id is what it is about, q what else was asked.
// CaseList's is a workbook of the lines that it is given.
type Papers interface {
	Forms
	Paper(ctx context.Context, kind string, caseID int64) (name, mime string, data []byte, err error)
	Print(ctx context.Context, by tiepdan.Actor, what string, id int64, q url.Values) (name, mime string, data []byte, err error)
	CaseList(ctx context.Context, lines func(each func(tiepdan.CaseLine) error) (more bool, err error)) (name, mime string, data []byte, err error)
}

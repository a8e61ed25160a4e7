package bot

import (
	"context"
	"time"

	"tiepdan"
)

// Store is what the conversations need of the office's books.
type Store interface {
	Rules(ctx context.Context) (*tiepdan.Rules, error)
	Caller(ctx context.Context, peer tiepdan.Peer) (Account, *tiepdan.Staff, error) // who writes to us; nil: no member of staff
	Join(ctx context.Context, token string, peer tiepdan.Peer, now time.Time) (tiepdan.Staff, error)

	FileCase(ctx context.Context, p tiepdan.Petition, f Filing) (c tiepdan.Case, created bool, err error)
	UpdateCase(ctx context.Context, id int64, change tiepdan.Change) (tiepdan.Case, tiepdan.Entry, error)
	Case(ctx context.Context, id int64) (tiepdan.Case, error)
	ViewCase(ctx context.Context, id int64, by tiepdan.Actor) (tiepdan.Case, error)
	CaseByCode(ctx context.Context, code tiepdan.CaseCode) (tiepdan.Case, error)
	OwnCase(ctx context.Context, peer tiepdan.Peer, id int64) (tiepdan.Case, error)
	CasesOf(ctx context.Context, peer tiepdan.Peer) ([]tiepdan.Case, error)
	Cases(ctx context.Context, f CaseFilter) (lines []CaseLine, next string, err error)
	ToJudge(ctx context.Context, by tiepdan.Actor) ([]tiepdan.Case, error)
	ToDirect(ctx context.Context, by tiepdan.Actor) ([]tiepdan.Case, error)
	Similar(ctx context.Context, peer tiepdan.Peer, text string) ([]tiepdan.Case, error)
	Track(ctx context.Context, code, pin string, peer tiepdan.Peer) (tiepdan.Case, error)
	TrackToken(ctx context.Context, token string) (caseID int64, err error)
	TrackByToken(ctx context.Context, token, pin string, peer tiepdan.Peer) (tiepdan.Case, error)
	PIN(code tiepdan.CaseCode) string
	MessageCase(ctx context.Context, peer tiepdan.Peer, ref string) (caseID int64, entry int, ok bool, err error)
	RememberMessage(ctx context.Context, peer tiepdan.Peer, ref string, caseID int64, entry int) error

	SaveAccount(ctx context.Context, peer tiepdan.Peer, change func(*Account)) error
	PersonalData(ctx context.Context, peer tiepdan.Peer) (PersonalData, error)
	Reachable(ctx context.Context, peer tiepdan.Peer, reachable bool) error
	SecureLink(ctx context.Context, peer tiepdan.Peer, draft string, now time.Time) (token string, err error)

	PublicSessions(ctx context.Context, from, to time.Time) ([]tiepdan.Session, error)
	Session(ctx context.Context, id int64) (tiepdan.Session, error)
	SessionByToken(ctx context.Context, token string) (tiepdan.Session, error)
	Watch(ctx context.Context, peer tiepdan.Peer, session int64, on bool) error
	Watches(ctx context.Context, peer tiepdan.Peer) ([]int64, error)
	Book(ctx context.Context, b tiepdan.Booking) (tiepdan.Visit, error)
	Visits(ctx context.Context, peer tiepdan.Peer, now time.Time) ([]tiepdan.Visit, error)
	VisitOf(ctx context.Context, peer tiepdan.Peer, id int64) (tiepdan.Visit, error)
	CancelVisit(ctx context.Context, peer tiepdan.Peer, id int64, now time.Time) (tiepdan.Visit, error)
	Coming(ctx context.Context, peer tiepdan.Peer, id int64) error
	MyConclusion(ctx context.Context, peer tiepdan.Peer, id int64) (tiepdan.Session, []tiepdan.ConclusionItem, error)

	Directive(ctx context.Context, id int64) (tiepdan.Directive, error)
	DirectiveByCode(ctx context.Context, year, number int) (tiepdan.Directive, error)
	Directives(ctx context.Context, f tiepdan.DirectiveFilter) (ds []tiepdan.Directive, next string, err error)
	CountDirectives(ctx context.Context, f tiepdan.DirectiveFilter) (int, error)
	UpdateDirective(ctx context.Context, id int64, change func(tiepdan.Directive) (tiepdan.Directive, tiepdan.DirectiveEntry, error)) (tiepdan.Directive, tiepdan.DirectiveEntry, error)

	Talk(ctx context.Context, peer tiepdan.Peer) (data []byte, version int64, err error)
	SaveTalk(ctx context.Context, peer tiepdan.Peer, data []byte, version int64, ttl time.Duration) error
	Post(ctx context.Context, peer tiepdan.Peer, reply []byte, dedupe string, notBefore time.Time) error
}

// Files fetches what a person sent and keeps it. A file that the office doesn't
// take comes back with the key of the message that says why.
type Files interface {
	Keep(ctx context.Context, from tiepdan.Peer, f File, sealed bool) (kept tiepdan.Attachment, refused string, err error)
}

// Views of the books that the store gives us.
type (
	Account      = tiepdan.Account
	CaseFilter   = tiepdan.CaseFilter
	CaseLine     = tiepdan.CaseLine
	Filing       = tiepdan.Filing
	PersonalData = tiepdan.PersonalData
)

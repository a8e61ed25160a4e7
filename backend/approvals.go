package backend

import (
	"context"
	"net/http"

	"tiepdan"
)

// Answering is what answers on their way need of the books.
type Answering interface {
	ToJudge(ctx context.Context, by tiepdan.Actor) ([]tiepdan.Case, error)
	ToDirect(ctx context.Context, by tiepdan.Actor) ([]tiepdan.Case, error)
	CountForMe(ctx context.Context, by tiepdan.Actor, limit int) (int, error)
	ToDeliver(ctx context.Context, by tiepdan.Actor) ([]tiepdan.Case, error)
	AnswerDrafts(ctx context.Context, caseID int64) ([]tiepdan.AnswerDraft, error)
	SaveAnswerDraft(ctx context.Context, by tiepdan.Actor, d tiepdan.AnswerDraft) (kept tiepdan.AnswerDraft, forked bool, err error)
	DropAnswerDraft(ctx context.Context, by tiepdan.Actor, caseID, id int64) error
}

func (s *Server) answerRoutes() []route {
	return []route{
		in(tiepdan.CaseArea, "GET", "/approvals", s.showApprovals),
		in(tiepdan.CaseArea, "GET", "/approvals/{code}", s.showApproval),
		in(tiepdan.CaseArea, "POST", "/cases/{code}/draft", s.saveDraft),
	}
}

// waitingRow is a case whose answer, or question, waits for this person.
type waitingRow struct {
	Case    tiepdan.Case
	Path    string
	Entry   tiepdan.Entry // the proposal, or the question
	Who     string
	Version int
	Field   string
	Mark    dueMark
}

// approvalsPage is what approvals.html shows. Asked says that it is questions.
type approvalsPage struct {
	Asked bool
	Rows  []waitingRow
}

func (s *Server) showApprovals(w http.ResponseWriter, r *http.Request) error {
	p := approvalsPage{Asked: r.FormValue("view") == "questions"}
	list := s.Store.ToJudge
	if p.Asked {
		list = s.Store.ToDirect
	}
	cases, err := list(r.Context(), who(r).Actor())
	if err != nil {
		return err
	}
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	for _, c := range cases {
		p.Rows = append(p.Rows, s.waitingRow(c, names, p.Asked))
	}
	return s.render(w, r, "approvals", p)
}

func (s *Server) waitingRow(c tiepdan.Case, names namer, asked bool) waitingRow {
	row := waitingRow{Case: c, Path: "/approvals/" + string(c.Code), Version: len(c.Proposals()), Field: names.field(c.Field)}
	row.Entry, _ = c.Proposal()
	if asked {
		row.Entry, _ = c.Question()
		row.Path = casePath(c.Code) + "?do=direct#acting"
	}
	row.Who = entryName(row.Entry, names)
	if d, ok := tiepdan.NextDue(c, names.rules); ok {
		row.Mark = markOf(d.On, tiepdan.DateOf(s.Now()))
	}
	return row
}

// approvalPage is what approval.html shows: the petition beside the answer that waits.
type approvalPage struct {
	Case     tiepdan.Case
	Path     string
	Field    string
	Place    string
	Who      string
	Mark     dueMark
	Given    []tiepdan.Attachment
	Proposal tiepdan.Entry
	Version  int
	Changes  []tiepdan.Piece // the answer, with what this version says anew; of a first version none
	Gone     []tiepdan.Piece // the version before, with what this one leaves out
	Why      string          // what was asked to be changed
	Agreed   []agreed
	Forms    []actForm
}

// agreed is one of the chain who has agreed already.
type agreed struct {
	tiepdan.Entry
	Who string
}

// showApproval is where an answer is read and judged. When it isn't this person's to
// judge any more, the case's page says how it stands.
func (s *Server) showApproval(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caseAsked(r)
	if err != nil {
		return err
	}
	actor := who(r).Actor()
	if !tiepdan.May(c, actor, tiepdan.Approve) && !tiepdan.May(c, actor, tiepdan.Endorse) {
		http.Redirect(w, r, casePath(c.Code), http.StatusSeeOther)
		return nil
	}
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	row := s.waitingRow(c, names, false)
	p := approvalPage{Case: c, Path: casePath(c.Code), Field: row.Field, Place: names.place(c.Place), Who: row.Who, Mark: row.Mark,
		Given: c.History[0].Files, Proposal: row.Entry, Version: row.Version}
	p.compare()
	for _, e := range c.Judgments() {
		p.Agreed = append(p.Agreed, agreed{e, entryName(e, names)})
	}
	choose := chooser{c: c, actor: actor, names: names, today: tiepdan.DateOf(s.Now())}
	for _, do := range []tiepdan.Action{tiepdan.Approve, tiepdan.Endorse, tiepdan.Revise} {
		if tiepdan.May(c, actor, do) {
			p.Forms = append(p.Forms, choose.act(do))
		}
	}
	return s.render(w, r, "approval", p)
}

// compare holds this version against the one before, and says why it was sent back.
func (p *approvalPage) compare() {
	ps := p.Case.Proposals()
	if len(ps) < 2 {
		return
	}
	p.Gone, p.Changes = tiepdan.Differences(ps[len(ps)-2].Text, p.Proposal.Text)
	for _, e := range p.Case.History[:p.Proposal.N-1] {
		if e.Do == tiepdan.Revise {
			p.Why = e.Reason
		}
	}
}

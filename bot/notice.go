package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"tiepdan"
)

// Notice is a message that waits in the outbox: one that an entry of a case
// caused, or, with a Reply, one that was born of no case.
type Notice struct {
	Peer     tiepdan.Peer
	Case     int64
	Entry    int
	Key      string
	Reply    []byte
	Staff    int64
	Language tiepdan.Language
	Attempt  int
	Created  time.Time
	Again    bool // an earlier try may have reached the person
}

// Later asks for a message to be sent again at a time.
type Later struct{ At time.Time }

func (l *Later) Error() string { return "bot: to be sent later" }

// Notice says what a waiting message says by now, and in which language; no
// replies when nothing is to be said any more. The error may be a [Later].
func (e *Engine) Notice(ctx context.Context, m Notice) ([]Reply, tiepdan.Language, error) {
	w, err := e.world(ctx, Event{From: m.Peer}, Talk{})
	if err != nil {
		return nil, "", err
	}
	if w.Account.Language == "" && w.Staff == nil {
		w.Account.Language = m.Language
	}
	var rs []Reply
	switch {
	case len(m.Reply) > 0:
		rs, err = e.posted(ctx, w, m)
	case m.Case == 0:
		rs = []Reply{{Key: m.Key, Args: officeArgs(w.Rules, false), Buttons: [][]Button{rowOf("menu")}}}
	default:
		rs, err = e.caseNotice(ctx, w, m)
	}
	for i := range rs {
		rs[i].Language = w.Language()
	}
	return rs, w.Language(), err
}

// posted is a message of our own. A draft is offered again only if it is still
// there and was left alone.
func (e *Engine) posted(ctx context.Context, w World, m Notice) ([]Reply, error) {
	var r Reply
	if err := json.Unmarshal(m.Reply, &r); err != nil {
		return nil, fmt.Errorf("bot: read a posted message: %w", err)
	}
	args, _ := r.Args.(map[string]any)
	if r.Key == "live" {
		return e.live(ctx, w, m, args)
	}
	if len(args) == 0 {
		r.Args = officeArgs(w.Rules, false)
	}
	if r.Key != "draft.offer" {
		return []Reply{r}, nil
	}
	t, _, err := e.talk(ctx, m.Peer)
	if err != nil {
		return nil, err
	}
	d := t.Draft
	idle := w.Now.Sub(t.Idle)
	switch {
	case d == nil || d.ID != args["Draft"] || idle > draftLives:
		return nil, nil
	case idle < draftRests:
		return nil, &Later{At: t.Idle.Add(draftRests)}
	}
	return []Reply{{Key: "draft.offer", Args: Args{"Kind": string(d.Kind), "Until": tiepdan.DateOf(t.Idle.Add(draftLives))},
		Buttons: [][]Button{rowOf("resume/" + d.ID), rowOf("drop/" + d.ID), rowOf("menu")}, Quiet: true}}, nil
}

// caseNotice is a message that a case's entry caused.
func (e *Engine) caseNotice(ctx context.Context, w World, m Notice) ([]Reply, error) {
	c, err := e.store.Case(ctx, m.Case)
	if tiepdan.CodeOf(err) == tiepdan.NotFound && err != nil {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("bot: read a notice's case: %w", err)
	}
	if m.Entry < 1 || m.Entry > len(c.History) {
		return nil, nil
	}
	entry := c.History[m.Entry-1]
	if staffNotices[m.Key] {
		return staffNotice(w, c, entry, m.Key), nil
	}
	return e.citizenNotice(ctx, w, c, entry, m.Key)
}

// citizenNotice tells the citizen what became of their case.
func (e *Engine) citizenNotice(ctx context.Context, w World, c tiepdan.Case, entry tiepdan.Entry, key string) ([]Reply, error) {
	args := noticeArgs(w, c, entry)
	if key == tiepdan.PaperNotice {
		return owedPaper(c, entry, args), nil
	}
	if comesToReception(w, c) {
		next, err := e.nextSession(ctx, w)
		if err != nil {
			return nil, err
		}
		args["Can"] = recourses(w, c, next)
	}
	r := Reply{Key: key, Args: args, Case: c.ID, Entry: entry.N, Files: entry.Files, Protect: c.Sealed()}
	var first []Button
	if adding(c) != "" {
		first = append(first, caseButton(c.ID, "add"))
	}
	r.Buttons = [][]Button{append(first, caseButton(c.ID, "show"))}
	r.tellOnPaper(c, entry, args)
	switch {
	case key == "notice.receipt":
		r.Files = nil
		r, err := e.receipt(ctx, w, c, r, args)
		return []Reply{r}, err
	case key == "notice.answered":
		r.signed(c, entry, args)
		second, ok := tiepdan.SecondBy(c, w.Rules)
		args["SecondBy"], args["HasSecondBy"] = second.On, ok
		if _, rated := c.Satisfaction(); !rated && tiepdan.May(c, citizen, tiepdan.Rate) {
			r.Buttons = append(ratings(c.ID), r.Buttons...)
		}
	case key == "notice.divided":
		r.Buttons = append(r.Buttons, rowOf("mycases"))
	}
	if len(args["Can"].([]Args)) > 0 && key != "notice.answered" && key != "notice.document" {
		r.Buttons = append(r.Buttons, row(caseButton(c.ID, "next")))
	}
	r.Buttons = append(r.Buttons, rowOf("menu"))
	return []Reply{r}, nil
}

// signed puts the signed paper that was recorded before the answer into its message.
func (r *Reply) signed(c tiepdan.Case, answer tiepdan.Entry, args Args) {
	d, files := c.SentAs(answer)
	r.Files = files
	args["Document"], args["Signer"], args["Enclosed"] = d.Document, d.Signer, len(files)
	args["Signed"], args["HasSigned"] = d.Signed, !d.Signed.IsZero()
}

// noticeArgs are what messages say of an act that the citizen is told of: what
// was done and why, what follows by when, and what they may do. Nothing that a
// denouncer told is said back to them.
func noticeArgs(w World, c tiepdan.Case, entry tiepdan.Entry) Args {
	d := entry.Details
	args := caseArgs(w.Rules, w.Language(), c)
	args["Words"], args["Reason"], args["Body"] = entry.Text, entry.Reason, d.Body
	args["Document"], args["Signer"], args["Signed"], args["HasSigned"] = d.Document, d.Signer, d.Signed, !d.Signed.IsZero()
	args["Until"], args["HasUntil"], args["Legal"] = d.Until, !d.Until.IsZero(), groundTold(c.Kind, d, w.Language())
	args["Enclosed"], args["Part"], args["Result"], args["Right"] = len(entry.Files), d.Part, d.Result, d.Next
	args["Codes"] = partCodes(c)
	args["Coming"] = coming(w.Rules, c, tiepdan.DateOf(w.Now))
	args["Can"] = recourses(w, c, tiepdan.Session{})
	args["Again"] = entry.From == tiepdan.Answered || entry.From == tiepdan.Closed
	args["Rest"] = c.Kind == tiepdan.KhieuNai || c.Kind == tiepdan.ToCao
	if c.Sealed() {
		args["Part"] = ""
	}
	return args
}

// groundTold is the legal ground of an act with its source, in the reader's language.
func groundTold(k tiepdan.Kind, d tiepdan.Details, lang tiepdan.Language) string {
	g, ok := tiepdan.LegalGroundByID(d.Ground)
	switch {
	case d.Legal != "" || !ok:
		return d.Legal
	case lang == tiepdan.English && g.LabelEN != "":
		return g.LabelEN + " (" + g.SourceOf(k) + ")"
	}
	return g.Label + " (" + g.SourceOf(k) + ")"
}

// staffNotices are the keys of what only staff are told.
var staffNotices = map[string]bool{"notice.reassigned": true, "notice.assigned": true, "notice.returned": true, "notice.added": true,
	"notice.extended_staff": true, "notice.proposed": true, "notice.revise": true, "notice.approved": true, "notice.withdrawn_staff": true,
	"notice.suspended_staff": true, "notice.resumed_staff": true, "notice.terminated_staff": true, "notice.withdrawn_part_staff": true,
	"notice.urgent": true, "notice.involved": true, "notice.released": true, "notice.contributed": true, "notice.consulted": true,
	"notice.directed": true, "notice.reopened_staff": true, "notice.reopen_asked": true, "notice.reported": true, "notice.due": true, "notice.overdue": true}

// staffNotice tells a member of staff about a case that they may still see.
func staffNotice(w World, c tiepdan.Case, entry tiepdan.Entry, key string) []Reply {
	if w.Staff == nil {
		return nil // no longer one of the staff
	}
	staff := *w.Staff
	if c.Barred.Bars(staff.Actor()) {
		return nil // it waited while they were kept away
	}
	if key == "notice.reassigned" {
		return []Reply{{Key: key, Args: Args{"Code": string(c.Code)}, Buttons: [][]Button{rowOf("menu")}}}
	}
	sees := staff.Actor().See(c)
	if sees == tiepdan.Nothing {
		return nil
	}
	warned := key == "notice.due" || key == "notice.overdue"
	duty, stands := tiepdan.Duty{}, true
	if warned {
		if duty, stands = tiepdan.Escalated(c, entry, w.Rules); !stands {
			return nil // it was done meanwhile
		}
	}
	if c.Sealed() {
		return []Reply{{Key: "notice.sealed", Args: Args{"Code": string(c.Code)}, Case: c.ID, Entry: entry.N, Protect: true, Buttons: [][]Button{rowOf("menu")}}}
	}
	if key == "notice.proposed" {
		p, ok := c.Proposal()
		if !ok || p.N > entry.N || c.Status != tiepdan.InReview || !judges(staff, c) {
			return nil // decided, or proposed anew, or somebody else's to judge
		}
		return []Reply{proposal(w, staff, c, p)}
	}
	if warned {
		return []Reply{warning(w, staff, c, duty, key)}
	}
	r := workCase(w, staff, c, key, Args{"Words": entry.Text, "Reason": entry.Reason, "Until": entry.Details.Until,
		"HasUntil": !entry.Details.Until.IsZero(), "Enclosed": len(entry.Files), "Do": string(entry.Do), "Part": entry.Details.Part})
	r.Entry, r.Files = entry.N, entry.Files
	if key == "notice.assigned" {
		r.Files = nil // they come with 📎, when they are wanted
	}
	return []Reply{r}
}

// judges reports whether it is their turn to judge the answer that waits.
func judges(staff tiepdan.Staff, c tiepdan.Case) bool {
	return tiepdan.May(c, staff.Actor(), tiepdan.Approve) || tiepdan.May(c, staff.Actor(), tiepdan.Endorse)
}

// warning tells of a clock of a case whose day is near or gone.
func warning(w World, staff tiepdan.Staff, c tiepdan.Case, d tiepdan.Duty, key string) Reply {
	today := tiepdan.DateOf(w.Now)
	return workCase(w, staff, c, key, Args{"Duty": d.ID, "Label": d.Label, "Until": d.On, "Over": d.LateBy(today),
		"Left": daysLeft(w.Rules.Calendar, today, d.On)})
}

// proposal shows an answer to who decides on it, whole.
func proposal(w World, staff tiepdan.Staff, c tiepdan.Case, p tiepdan.Entry) Reply {
	d := p.Details
	r := workCase(w, staff, c, "notice.proposed", Args{"Words": p.Text, "Enclosed": len(p.Files), "Version": len(c.Proposals()),
		"Check": Check{d.Result, d.Evidence, d.Signer, d.Next}, "Last": tiepdan.May(c, staff.Actor(), tiepdan.Approve)})
	if !c.Sealed() {
		r.Files, r.Entry = p.Files, p.N
	}
	return r
}

// partCodes are the codes of the cases that c was divided into, as far as anything may
// lead from it to them.
func partCodes(c tiepdan.Case) (codes []string) {
	for _, l := range c.Links {
		if l.Kind == tiepdan.PartOf && !l.From {
			codes = append(codes, string(l.Code))
		}
	}
	return codes
}

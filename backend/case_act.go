package backend

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"mime/multipart"
	"net/http"

	"tiepdan"
)

// actOnCase does what one of the case's forms asks for.
func (s *Server) actOnCase(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caseAsked(r)
	if err != nil {
		return err
	}
	do := tiepdan.Action(r.PostFormValue("do"))
	after, err := s.act(r, c, do)
	if errors.Is(err, errDone) {
		after, err = c, nil
	}
	if err != nil {
		return s.actAgain(w, r, c.ID, do, err)
	}
	if id := number(r, "draft"); id != 0 && (do == tiepdan.Propose || do == tiepdan.Answer) { // it is sent
		if err := s.Store.DropAnswerDraft(r.Context(), who(r).Actor(), c.ID, id); err != nil {
			return err
		}
	}
	where := casePath(after.Code)
	if r.PostFormValue("back") == "approvals" {
		where = "/approvals"
	}
	if r.PostFormValue("back") == "tasks" {
		where = deliveriesPath
	}
	if who(r).Actor().See(after) == tiepdan.Nothing {
		where = "/inbox" // it went to somebody else
	}
	return s.done(w, r, "done."+string(do), where)
}

// actAgain shows the case once more, as it stands by now, with the form as typed.
func (s *Server) actAgain(w http.ResponseWriter, r *http.Request, id int64, do tiepdan.Action, err error) error {
	f, status, unforeseen := s.mend(r, err)
	if unforeseen != nil {
		return unforeseen
	}
	if e, ok := errors.AsType[*tiepdan.Error](err); ok && e.Key == formUsed {
		f.Values.Del("ref") // it is a new try
	}
	c, err := s.Store.ViewCase(r.Context(), id, who(r).Actor())
	if err != nil {
		return err
	}
	if !tiepdan.May(c, who(r).Actor(), do) {
		return s.renderCase(w, r, c, status, do, form{Said: f.Said})
	}
	return s.renderCase(w, r, c, status, do, f)
}

// act does one act to c, and returns the case as it then is.
func (s *Server) act(r *http.Request, c tiepdan.Case, do tiepdan.Action) (tiepdan.Case, error) {
	act, err := s.actOf(r, do)
	if err != nil {
		return c, err
	}
	if err := s.sure(r, c, &act); err != nil {
		return c, err
	}
	proposal, seen := int(number(r, "proposal")), int(number(r, "seen"))
	// Once without its files and without effect: what may not be is told before anything is kept.
	tried, err := s.allowed(r.Context(), c, act, proposal, seen, len(formFiles(r)) > 0)
	if err != nil {
		return c, err
	}
	if tried.Sealed() && !c.Sealed() && !ticked(r, "sealing") {
		return c, &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.case.sealing"} // it can't be taken back
	}
	if do == tiepdan.Assign {
		return s.assign(r, c, act)
	}
	if act.Files, err = s.keepAll(r, c.Sealed()); err != nil {
		return c, err
	}
	after, _, err := s.Store.UpdateCase(r.Context(), c.ID, once(act, proposal, seen))
	return after, err
}

// sure reports that whoever does an act of weight has looked at what the law asks
// for, and knows what can't be taken back.
func (s *Server) sure(r *http.Request, c tiepdan.Case, a *tiepdan.Act) (err error) {
	switch {
	case a.Do == tiepdan.Accept && tiepdan.May(c, a.By, a.Do):
		a.Details.Checked, err = s.checkedAll(r, c)
	case a.Do == tiepdan.Destroy && !ticked(r, "certain"):
		err = incomplete("page.case.not_certain")
	}
	return err
}

// allowed tries the act on c as it was read: what it would become, or what the
// rules say against it.
func (s *Server) allowed(ctx context.Context, c tiepdan.Case, a tiepdan.Act, proposal, seen int, files bool) (tiepdan.Case, error) {
	if files && a.Text == "" {
		a.Files = []tiepdan.Attachment{{}} // the files are the words
	}
	tried, _, err := once(a, proposal, seen)(c)
	if err != nil {
		return c, err
	}
	if (a.Do == tiepdan.Assign || a.Do == tiepdan.Involve) && a.Details.Officer > 0 {
		return tried, s.fits(ctx, c, a.Details)
	}
	rules, err := s.Store.Rules(ctx)
	if err != nil {
		return tried, err
	}
	return tried, tiepdan.CheckUntil(c, a.Do, a.Details, tiepdan.DateOf(a.At), rules) // the store says it again, under the case's lock
}

// fits reports whether the officer is one of the unit who may have the case.
func (s *Server) fits(ctx context.Context, c tiepdan.Case, d tiepdan.Details) error {
	staff, err := s.Store.StaffList(ctx)
	if err != nil {
		return err
	}
	p, ok := namer{staff: staff}.someone(d.Officer)
	switch {
	case !ok || p.Disabled || p.Unit != d.Unit:
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.case.officer_elsewhere"}
	case c.Sealed() && !p.Cleared:
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.case.officer_not_cleared"}
	}
	return nil
}

// actOf reads an act from its form.
func (s *Server) actOf(r *http.Request, do tiepdan.Action) (tiepdan.Act, error) {
	in := typedIn(r)
	a := tiepdan.Act{Do: do, By: who(r).Actor(), At: s.Now(),
		Text: r.PostFormValue("text"), Reason: r.PostFormValue("reason"),
		Details: tiepdan.Details{Body: in.line("body"), Legal: in.line("legal"), Document: in.line("document"),
			Until: in.day("until"), Ground: in.line("ground"), Signer: in.line("signer"), Signed: in.day("signed"),
			How: in.line("how"), Part: in.line("part"), Asked: number(r, "asked"), Result: in.line("result"), Evidence: in.text("evidence", maxEvidence), Next: in.line("next"),
			Of: int(number(r, "of")), On: in.day("on"), Taker: in.line("taker"), Parcel: in.line("parcel"), Outcome: in.line("outcome"), Ref: "web:" + cmp.Or(in.line("ref"), rand.Text())}}
	if in.fault != nil {
		return a, in.fault
	}
	switch do {
	case tiepdan.Assign, tiepdan.Involve:
		a.Details.Unit, a.Details.Officer = number(r, "unit"), number(r, "officer")
	case tiepdan.Release:
		a.Details.Unit = number(r, "unit")
	case tiepdan.Bar, tiepdan.Unbar:
		a.Details.Barred = readBarred(r)
		return a, s.known(r, a.Details.Barred)
	case tiepdan.Classify:
		rules, err := s.Store.Rules(r.Context())
		if err != nil {
			return a, err
		}
		a.Kind = rules.Kind(tiepdan.Kind(r.PostFormValue("kind")))
		a.Field, _ = rules.Field(r.PostFormValue("field"))
		a.Details.Kind, a.Details.Field, a.Details.Place = a.Kind.Kind, a.Field.Code, r.PostFormValue("place")
		if a.Details.Class, err = classOf(r, a.Kind.Kind); err != nil {
			return a, err
		}
		if _, ok := rules.Ward(a.Details.Place); !ok && a.Details.Place != "" {
			return a, &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.case.place_unknown"}
		}
	}
	return a, nil
}

func formFiles(r *http.Request) []*multipart.FileHeader {
	if r.MultipartForm == nil {
		return nil
	}
	return r.MultipartForm.File["files"]
}

// keepAll keeps a form's files, or none of them when one is refused.
func (s *Server) keepAll(r *http.Request, sealed bool) ([]tiepdan.Attachment, error) {
	var kept []tiepdan.Attachment
	for _, head := range formFiles(r) {
		a, refused, err := s.keep(r, head, sealed)
		if err != nil {
			return nil, err
		}
		if refused != "" {
			return nil, &tiepdan.Error{Code: tiepdan.Invalid, Key: refused, Args: map[string]any{"Name": head.Filename}}
		}
		kept = append(kept, a)
	}
	if len(kept) > tiepdan.MaxFiles {
		return nil, &tiepdan.Error{Code: tiepdan.Invalid, Key: "petition.files_many", Args: map[string]any{"Max": tiepdan.MaxFiles}}
	}
	return kept, nil
}

// keep keeps one file that a form brought; refused is the key of why it isn't taken.
func (s *Server) keep(r *http.Request, sent *multipart.FileHeader, sealed bool) (a tiepdan.Attachment, refused string, err error) {
	f, err := sent.Open()
	if err != nil {
		return tiepdan.Attachment{}, "", err
	}
	defer f.Close()
	return s.Keeper.Keep(r.Context(), sent.Filename, sent.Header.Get("Content-Type"), f, sealed)
}

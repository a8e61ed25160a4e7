package backend

import (
	"encoding/json"
	"net/http"
	"strings"

	"tiepdan"
)

// draftBox is what an answer's form knows of what is being written.
type draftBox struct {
	Path   string
	Me     int64
	Mine   tiepdan.AnswerDraft   // that the form goes on with
	Others []tiepdan.AnswerDraft // of colleagues, and of one's own other windows
}

// drafts are what is being written as answers to the case: the one that this
// person goes on with, chosen in the address or the last saved, and the others.
func (s *Server) drafts(r *http.Request, c tiepdan.Case) (box draftBox, err error) {
	box.Path, box.Me = casePath(c.Code), who(r).ID
	all, err := s.Store.AnswerDrafts(r.Context(), c.ID)
	if err != nil {
		return box, err
	}
	chosen := number(r, "draft")
	for _, d := range all {
		mine := d.Staff == who(r).ID && chosen >= 0
		if mine && (d.ID == chosen || chosen == 0 && box.Mine.ID == 0) {
			box.Mine = d
			continue
		}
		box.Others = append(box.Others, d)
	}
	return box, nil
}

// draftOf reads what is being written from the form.
func draftOf(r *http.Request, c tiepdan.Case) (tiepdan.AnswerDraft, error) {
	in := typedIn(r)
	d := tiepdan.AnswerDraft{Case: c.ID, ID: number(r, "draft"), Version: int(number(r, "draft_version")), Text: tiepdan.Clean(r.PostFormValue("text")),
		Result: in.line("result"), Evidence: in.text("evidence", maxEvidence), Next: in.line("next"), Signer: in.line("signer"), Document: in.line("document")}
	return d, in.fault
}

// saveDraft keeps what is being written. A script asks for it while somebody types
// and gets the draft's number and version; without one it is a button.
func (s *Server) saveDraft(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caseAsked(r)
	if err != nil {
		return err
	}
	do := tiepdan.Action(r.PostFormValue("do"))
	back := casePath(c.Code) + "?do=" + string(do) + "#acting"
	if ticked(r, "drop") {
		if err := s.Store.DropAnswerDraft(r.Context(), who(r).Actor(), c.ID, number(r, "draft")); err != nil {
			return err
		}
		return s.done(w, r, "draft.dropped", back)
	}
	d, err := draftOf(r, c)
	if d.IsZero() && d.ID == 0 {
		http.Redirect(w, r, back, http.StatusSeeOther)
		return nil
	}
	if err == nil && len([]rune(d.Text)) > tiepdan.MaxContent {
		err = &tiepdan.Error{Code: tiepdan.Invalid, Key: "petition.content_long", Args: map[string]any{"Max": tiepdan.MaxContent}}
	}
	forked := false
	if err == nil {
		d, forked, err = s.Store.SaveAnswerDraft(r.Context(), who(r).Actor(), d)
	}
	if strings.Contains(r.Header.Get("Accept"), "application/json") {
		return s.draftSaid(w, r, d, forked, err)
	}
	if err != nil {
		return s.actAgain(w, r, c.ID, do, err)
	}
	if forked {
		return s.done(w, r, "draft.forked", back)
	}
	return s.done(w, r, "draft.saved", back)
}

// draftSaid tells the script what became of the draft.
func (s *Server) draftSaid(w http.ResponseWriter, r *http.Request, d tiepdan.AnswerDraft, forked bool, err error) error {
	answer := map[string]any{"draft": d.ID, "version": d.Version, "said": plain(s.language(r), "draft.at") + " " + d.Saved.In(tiepdan.Hanoi).Format("15:04")}
	if forked {
		answer["said"] = plain(s.language(r), "draft.forked")
	}
	status := http.StatusOK
	if err != nil {
		if tiepdan.CodeOf(err) == tiepdan.Internal {
			return err
		}
		status, answer = statuses[tiepdan.CodeOf(err)], map[string]any{"said": string(s.explain(r, err))}
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	return json.NewEncoder(w).Encode(answer)
}

// fillDraft lets an answer's form go on with what was being written.
func (a *actForm) fillDraft(box draftBox) {
	if a.Do != tiepdan.Propose && a.Do != tiepdan.Answer {
		return
	}
	a.Draft = &box
	if a.Form.Value("ref") != "" || box.Mine.ID == 0 { // typed already: that goes before
		return
	}
	d := box.Mine
	for name, value := range map[string]string{"text": d.Text, "result": d.Result, "evidence": d.Evidence, "next": d.Next, "signer": d.Signer, "document": d.Document} {
		if value != "" {
			a.Form.Values.Set(name, value)
		}
	}
}

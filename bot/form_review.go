package bot

import (
	"strings"
	"unicode/utf8"

	"tiepdan"
)

// excerptLength is how much of a content the review and the lists show. What
// goes to the office is always the whole.
const excerptLength = 600

func reviewScreen(w World, t Talk) Reply {
	d := t.Draft
	f, _ := w.Rules.Field(d.Field)
	place, _ := w.Rules.Ward(d.Place)
	args := Args{"Kind": string(d.Kind), "Mode": string(d.Mode), "Field": fieldName(f, w.Language()), "Place": place.Name,
		"Point": d.Point != nil, "Passages": len(d.Content), "Length": utf8.RuneCountInString(d.Text()), "Files": len(d.Files),
		"Sealed": d.Sealed(), "Secured": t.Secured, "Anonymous": d.Anonymous, "Name": d.Person.Name, "Phone": d.Person.Phone,
		"OnBehalf": d.Group.OnBehalf, "Basis": d.Group.Basis, "People": d.Group.People, "Signers": d.Group.Representatives, "Respondent": d.Respondent,
		"Text": "", "Cut": false, "Follows": "", "Alike": strings.Join(t.Alike, ", ")}
	if d.Earlier != 0 {
		args["Follows"] = t.Follows
	}
	if !d.Sealed() {
		args["Text"], args["Cut"] = excerpt(d.Text(), excerptLength)
	}
	return Reply{Key: "petition.review", Args: args, Protect: d.Sealed(),
		Buttons: [][]Button{rowOf("send"), rowOf("edit", "discard"), rowOf("back", "menu")}}
}

// excerpt returns the beginning of a text, ended at a word, and whether more follows.
func excerpt(text string, most int) (string, bool) {
	pieces := tiepdan.SplitText(text, most)
	if len(pieces) == 0 {
		return "", false
	}
	return pieces[0], len(pieces) > 1
}

func takeReview(s *step) (bool, error) {
	switch s.ev.Choice {
	case "edit":
		s.goTo("edit")
	case "discard":
		s.goTo("discard")
	case "send":
		return true, s.send()
	default:
		s.showStep()
	}
	return true, nil
}

// send asks for the case to be made, once nothing is missing.
func (s *step) send() error {
	d := s.t.Draft
	if m := missing(s.t); m != "" {
		s.say("petition.missing_"+m, nil)
		s.goTo(m)
		return nil
	}
	s.cmd = FileCase{Petition: *d}
	return nil
}

// editable are the lines of the review and the questions behind them.
func editable(w World, t Talk) []string {
	ids := []string{"kind", "field", "place", "content", "files"}
	if complains(w, t) {
		ids = append(ids, "respondent")
	}
	if !t.Draft.Sealed() {
		ids = append(ids, "who")
		if !t.Draft.Anonymous && !t.Secured {
			ids = append(ids, "phone")
		}
		ids = append(ids, "for")
	}
	return ids
}

func editScreen(w World, t Talk) Reply {
	var bs []Button
	for _, id := range editable(w, t) {
		bs = append(bs, Button{ID: "edit/" + id, Key: "edit." + id, Args: Args{}})
	}
	return Reply{Key: "petition.edit", Args: Args{}, Buttons: append(columns(2, bs), rowOf("back"))}
}

func takeEdit(s *step) (bool, error) {
	what, _ := choice(s.ev.Choice, "edit")
	for _, id := range editable(s.w, s.t) {
		if id != what {
			continue
		}
		s.t.Editing = true
		s.enter(id)
		return true, nil
	}
	s.showStep()
	return true, nil
}

func discardScreen(World, Talk) Reply {
	return Reply{Key: "petition.discard", Args: Args{}, Buttons: [][]Button{rowOf("discard_yes"), rowOf("back")}}
}

func takeDiscard(s *step) (bool, error) {
	if s.ev.Choice != "discard_yes" {
		s.showStep()
		return true, nil
	}
	s.t.drop()
	s.t.leave()
	s.toast("draft.dropped", nil)
	s.menu()
	return true, nil
}

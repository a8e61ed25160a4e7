package bot

import (
	"slices"

	"tiepdan"
)

// question is one step of the submission: one screen, one answer.
type question struct {
	ID     string
	Asked  func(w World, t Talk) bool // false: needless, given what is known; nil: always
	Screen func(w World, t Talk) Reply
	Take   func(s *step) (more bool, err error) // more: stay for more of the same
	Typed  bool                                 // answered in one's own words
}

// petitionSteps are the submission's questions in their order.
func petitionSteps() []question {
	return []question{
		{ID: "consent", Asked: asksConsent, Screen: consentScreen, Take: takeConsent},
		{ID: "kind", Screen: kindScreen, Take: takeKind},
		{ID: "guide", Asked: guided, Screen: guideScreen, Take: takeGuide},
		{ID: "field", Screen: fieldScreen, Take: takeField},
		{ID: "place", Screen: placeScreen, Take: takePlace},
		{ID: "content", Screen: contentScreen, Take: takeContent, Typed: true},
		{ID: "respondent", Asked: complains, Screen: respondentScreen, Take: takeRespondent, Typed: true},
		{ID: "files", Screen: filesScreen, Take: takeFiles, Typed: true},
		{ID: "who", Asked: asksWho, Screen: whoScreen, Take: takeWho, Typed: true},
		{ID: "phone", Asked: asksPhone, Screen: phoneScreen, Take: takePhone, Typed: true},
		{ID: "for", Asked: asksFor, Screen: forScreen, Take: takeFor},
		{ID: "behalf", Asked: onlyByName, Screen: behalfScreen, Take: takeBehalf, Typed: true},
		{ID: "basis", Asked: onlyByName, Screen: basisScreen, Take: takeBasis},
		{ID: "people", Asked: onlyByName, Screen: peopleScreen, Take: takePeople, Typed: true},
		{ID: "signers", Asked: onlyByName, Screen: signersScreen, Take: takeSigners, Typed: true},
		{ID: "review", Screen: reviewScreen, Take: takeReview},
		// Side rooms of other questions: reached from them only.
		{ID: "unsure", Asked: onlyByName, Screen: unsureScreen, Take: takeUnsure},
		{ID: "unsure_own", Asked: onlyByName, Screen: unsureOwnScreen, Take: takeUnsure},
		{ID: "edit", Asked: onlyByName, Screen: editScreen, Take: takeEdit},
		{ID: "discard", Asked: onlyByName, Screen: discardScreen, Take: takeDiscard},
	}
}

var steps []question

func init() { steps = petitionSteps() } // they lead to each other

// onlyByName is of a question that never comes by itself.
func onlyByName(World, Talk) bool { return false }

func stepNamed(id string) (question, bool) {
	i := slices.IndexFunc(steps, func(q question) bool { return q.ID == id })
	if i < 0 {
		return question{}, false
	}
	return steps[i], true
}

// rooms says from which question a side room is reached, and so where back leads.
var rooms = map[string]string{"unsure": "kind", "unsure_own": "unsure", "edit": "review", "discard": "review",
	"behalf": "for", "basis": "behalf", "people": "for", "signers": "people"}

// begin opens a submission; a draft under way is offered instead of being lost.
func (s *step) begin() {
	if s.t.Draft != nil {
		d := s.t.Draft
		s.t.leave()
		s.show(Reply{Key: "draft.waiting", Args: Args{"Kind": string(d.Kind), "Passages": len(d.Content), "Files": len(d.Files)},
			Buttons: [][]Button{rowOf("resume/" + d.ID), rowOf("drop/" + d.ID), rowOf("menu")}})
		return
	}
	words := s.t.Words
	s.t.leave()
	s.t.AsCitizen = s.w.Staff != nil
	s.t.Draft = &tiepdan.Petition{ID: s.w.ID, Begun: s.w.Now, Content: words.Passages, Files: words.Files}
	s.t.Scene, s.t.Asked, s.t.Secured, s.t.Alike = InPetition, false, false, nil
	s.goTo("consent")
}

// resume goes on with the draft where it was left.
func (s *step) resume(id string) {
	if s.t.Draft == nil || s.t.Draft.ID != id {
		s.toast("draft.gone", nil)
		s.t.leave()
		s.menu()
		return
	}
	s.t.leave()
	s.t.Scene = InPetition
	s.goTo(s.firstOpen())
}

// firstOpen is the first question that the draft has no answer to.
func (s *step) firstOpen() string {
	d := s.t.Draft
	switch {
	case asksConsent(s.w, s.t):
		return "consent"
	case d.Kind == "":
		return "kind"
	case d.Field == "" && guided(s.w, s.t), d.Mode == tiepdan.Guide && !d.Sealed():
		return "guide" // what the law asks is read before anything is told
	case d.Field == "":
		return "field"
	case len(d.Content) == 0:
		return "content"
	case missing(s.t) != "":
		return missing(s.t)
	case asksWho(s.w, s.t) && !d.Anonymous && d.Person.Name == "":
		return "who"
	}
	return "review"
}

// dropDraft asks before it throws away what somebody wrote.
func (s *step) dropDraft(what, id string) {
	d := s.t.Draft
	switch {
	case d == nil || d.ID != id:
		s.toast("draft.gone", nil)
		s.t.leave()
		s.menu()
	case what == "dropped" || len(d.Content)+len(d.Files) == 0:
		s.t.drop()
		s.t.leave()
		s.toast("draft.dropped", nil)
		s.menu()
	default:
		s.t.leave()
		s.show(Reply{Key: "draft.drop", Args: Args{}, Buttons: [][]Button{rowOf("dropped/" + id), rowOf("resume/" + id), rowOf("menu")}})
	}
}

// goTo asks the named question; where it is needless, the first after it that isn't.
func (s *step) goTo(id string) {
	i := slices.IndexFunc(steps, func(q question) bool { return q.ID == id })
	if rooms[id] == "" {
		i = s.needed(i)
	}
	s.enter(steps[i].ID)
}

// needed returns the first question from i on that has to be asked.
func (s *step) needed(i int) int {
	for i < len(steps)-1 && steps[i].Asked != nil && !steps[i].Asked(s.w, s.t) {
		i++
	}
	return i
}

// enter puts a question. The review looks first for the person's own open cases
// that are like the draft.
func (s *step) enter(id string) {
	s.t.Step, s.t.Page = id, 0
	s.t.Rev++
	if id == "review" {
		s.t.Editing = false
		if !s.t.Draft.Sealed() {
			s.cmd = LookAlike{Text: s.t.Draft.Text()} // and then the review is shown
			return
		}
	}
	s.showStep()
}

// missing names the first question that the draft can't go without, or "".
func missing(t Talk) string {
	m := t.Draft.Missing()
	if m == "who" && t.Secured {
		return ""
	}
	return m
}

// onward goes to the next question, or back to the review that it was changed from.
func (s *step) onward() {
	if s.t.Editing {
		if s.t.Editing = missing(s.t) != ""; s.t.Editing {
			s.goTo(s.firstOpen())
			return
		}
		s.goTo("review")
		return
	}
	i := slices.IndexFunc(steps, func(q question) bool { return q.ID == s.t.Step })
	s.enter(steps[s.needed(i+1)].ID)
}

// back goes to the question before.
func (s *step) back() {
	if room := rooms[s.t.Step]; room != "" {
		s.goTo(room)
		return
	}
	if s.t.Editing {
		s.t.Editing = false
		s.goTo("review")
		return
	}
	i := slices.IndexFunc(steps, func(q question) bool { return q.ID == s.t.Step })
	for i--; i >= 0; i-- {
		if q := steps[i]; q.ID != "consent" && (q.Asked == nil || q.Asked(s.w, s.t)) {
			s.goTo(q.ID)
			return
		}
	}
	s.home()
}

// showStep shows the question that the talk stands at.
func (s *step) showStep() {
	q, ok := stepNamed(s.t.Step)
	if !ok || s.t.Draft == nil {
		s.t.leave()
		s.menu()
		return
	}
	s.show(q.Screen(s.w, s.t))
}

// takesWords reports whether the present screen is answered in one's own words.
func (s *step) takesWords() bool {
	switch s.t.Scene {
	case InPetition:
		q, _ := stepNamed(s.t.Step)
		return q.Typed
	case InBooking:
		q, _ := bookingStep(s.t.Step)
		return q.Typed
	case AtMenu:
		return false
	}
	return true
}

// answer takes whatever came while a submission is under way.
func (s *step) answer() error {
	q, ok := stepNamed(s.t.Step)
	if !ok || s.t.Draft == nil {
		s.toast("draft.gone", nil)
		s.t.leave()
		s.menu()
		return nil
	}
	if s.ev.Choice == "back" {
		s.back()
		return nil
	}
	if err := s.gather(q); err != nil {
		return err
	}
	more, err := q.Take(s)
	if err != nil || more || s.t.Scene != InPetition || s.t.Step != q.ID {
		return err
	}
	s.onward()
	return nil
}

package bot

import (
	"slices"
	"time"

	"tiepdan"
)

// How long things are kept in a conversation.
const (
	draftRests  = 24 * time.Hour     // then a draft left alone is offered again
	draftLives  = 7 * 24 * time.Hour // then it is dropped
	talkLives   = 8 * 24 * time.Hour // in the store: long enough to say that a draft was dropped
	warnAgain   = time.Hour          // then the emergency numbers may be shown again
	rememberIDs = 16                 // deeds remembered, so that none is done twice
	looseLimit  = tiepdan.MaxContent // of words that stand in no conversation yet
	answerLimit = tiepdan.MaxContent // of an officer's draft answer

	evidenceLimit = 2000 // of what an answer rests on
	maxLine       = 300  // of short answers: a body's name, a person's
)

// Scene is what a conversation is about at the moment.
type Scene string

const (
	AtMenu     Scene = ""
	InPetition Scene = "petition" // fills in Draft
	InLoose    Scene = "loose"    // said something that belongs to nothing yet
	InTracking Scene = "track"    // is asked for a code, then a PIN
	InThread   Scene = "thread"   // adds to Case
	InComment  Scene = "comment"  // says why they rated Case so
	InWish     Scene = "wish"     // says why they want Do for Case
	InWork     Scene = "work"     // staff: writes the words of Do for Case
	InBooking  Scene = "booking"  // asks for a place, as Booking says
	InOrder    Scene = "order"    // staff: writes how Order, a direction, goes
)

// Talk is where one person stands. It is kept as JSON; its zero value is a
// person whom we have never met.
type Talk struct {
	Rev     int       `json:"rev"` // counts the screens; buttons carry it
	Seen    []string  `json:"seen,omitempty"`
	Idle    time.Time `json:"idle,omitzero"` // the last time that they did something
	Scene   Scene     `json:"scene,omitempty"`
	Step    string    `json:"step,omitempty"`
	View    string    `json:"view,omitempty"`  // at the menu: the question that was last answered
	Offer   []string  `json:"offer,omitempty"` // … and the buttons under its answer, for those who type numbers
	Page    int       `json:"page,omitempty"`
	Editing bool      `json:"editing,omitempty"` // one line of the review; the next answer leads back to it

	Draft   *tiepdan.Petition `json:"draft,omitempty"`
	Follows string            `json:"follows,omitempty"` // the code of the case that the draft is a second round of
	Asked   bool              `json:"asked,omitempty"`   // for whom the draft speaks is answered
	Secured bool              `json:"secured,omitempty"` // the secure page was filled in for it
	Advice  tiepdan.Kind      `json:"advice,omitempty"`  // the kind that was recommended to somebody unsure
	Alike   []string          `json:"alike,omitempty"`   // codes of own open cases that look like it
	Filed   string            `json:"filed,omitempty"`   // the draft that became a case last

	Case   int64          `json:"case,omitempty"`
	Do     tiepdan.Action `json:"do,omitempty"`
	Rating int            `json:"rating,omitempty"`
	Why    string         `json:"why,omitempty"`    // the chosen reason of a rating
	Code   string         `json:"code,omitempty"`   // tracked, its PIN still lacking
	Token  string         `json:"token,omitempty"`  // … or what a receipt's picture said
	Words  Words          `json:"words,omitzero"`   // said, and not yet part of anything
	Check  Check          `json:"check,omitzero"`   // of an answer under way: its checklist
	Filled bool           `json:"filled,omitempty"` // Words are a template as it was filled in: what is typed takes its place

	Booking *Booking                `json:"booking,omitempty"`
	Order   int64                   `json:"order,omitempty"`
	OrderDo tiepdan.DirectiveAction `json:"order_do,omitempty"`

	AsCitizen bool      `json:"as_citizen,omitempty"` // a member of staff who looks at the citizens' side
	Warned    time.Time `json:"warned_at,omitzero"`   // the emergency numbers were shown
	Keys      bool      `json:"keys,omitempty"`       // our keyboard stands in place of the phone's
}

// Booking is a place that is being asked for. Ref is born with it, so that it is
// booked once; it says nothing of the kind of matter that somebody comes with.
type Booking struct {
	Session int64  `json:"session"`
	Ref     string `json:"ref"`
	Purpose string `json:"purpose,omitempty"`
	Message string `json:"message,omitempty"` // … came by this message, which may be edited
	Case    int64  `json:"case,omitempty"`
	Code    string `json:"code,omitempty"`   // of Case
	Name    string `json:"name,omitempty"`   // as the person has confirmed it, for this once
	Naming  bool   `json:"naming,omitempty"` // … or is about to say it
}

// Words are passages and files that a person gathers before they go anywhere.
type Words struct {
	Passages []tiepdan.Passage    `json:"passages,omitempty"`
	Files    []tiepdan.Attachment `json:"files,omitempty"`
}

// clone returns a Talk that shares nothing changeable with t.
func (t Talk) clone() Talk {
	t.Seen, t.Alike = slices.Clone(t.Seen), slices.Clone(t.Alike)
	t.Words.Passages, t.Words.Files = clonePassages(t.Words.Passages), slices.Clone(t.Words.Files)
	if t.Booking != nil {
		b := *t.Booking
		t.Booking = &b
	}
	if t.Draft != nil {
		d := *t.Draft
		d.Content, d.Files = clonePassages(d.Content), slices.Clone(d.Files)
		d.Group.Representatives, d.Group.Complainants = slices.Clone(d.Group.Representatives), slices.Clone(d.Group.Complainants)
		t.Draft = &d
	}
	return t
}

func clonePassages(ps []tiepdan.Passage) []tiepdan.Passage {
	ps = slices.Clone(ps)
	for i := range ps {
		ps[i].Old = slices.Clip(ps[i].Old)
	}
	return ps
}

// saw remembers a deed.
func (t *Talk) saw(id string) {
	if id == "" {
		return
	}
	t.Seen = append(t.Seen, id)
	if n := len(t.Seen); n > rememberIDs {
		t.Seen = slices.Delete(t.Seen, 0, n-rememberIDs)
	}
}

// leave ends what is under way; a draft stays.
func (t *Talk) leave() {
	t.Scene, t.Step, t.View, t.Page, t.Editing = AtMenu, "", "", 0, false
	t.Offer = nil
	t.Case, t.Do, t.Rating, t.Why, t.Code, t.Token, t.Words, t.Check, t.Filled = 0, "", 0, "", "", "", Words{}, Check{}, false
	t.Booking, t.Order, t.OrderDo = nil, 0, ""
	t.Rev++
}

// drop forgets the draft.
func (t *Talk) drop() {
	t.Draft, t.Follows, t.Advice, t.Asked, t.Secured, t.Alike = nil, "", "", false, false, nil
}

// World is what a step of a conversation knows beside the talk itself. Nothing
// in it is changed.
type World struct {
	Rules   *tiepdan.Rules
	Account Account
	Staff   *tiepdan.Staff // nil for citizens
	Texts   Texts
	Now     time.Time
	ID      string   // fresh and random, for a draft that begins
	About   *About   // the case that the event points at, if it points at any
	Meeting *Meeting // the session that it points at
	Order   *Order   // the direction that it points at
	Orders  int      // staff: open directions that are theirs
}

// About is the case that an event points at.
type About struct {
	Case  tiepdan.Case
	Entry int
	Mine  bool // the person's own
	Reply bool // the event answers, or changes, a message about it
	Gone  bool // there is none that this person may see
}

// Texts says messages.
type Texts interface {
	Say(lang tiepdan.Language, key string, args any) (string, error)
	Plain(lang tiepdan.Language, key string, args any) (string, error)
}

// Language returns the person's language.
func (w World) Language() tiepdan.Language {
	switch {
	case w.Account.Language != "":
		return w.Account.Language
	case w.Staff != nil && w.Staff.Language != "":
		return w.Staff.Language
	}
	return tiepdan.Vietnamese
}

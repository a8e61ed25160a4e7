package backend

import (
	"crypto/rand"
	"net/http"
	"net/url"
	"slices"

	"tiepdan"
	"tiepdan/templates"
)

// actField is one field of an act's form; Part is the template that draws it.
type actField struct {
	Name     string
	Part     string
	Required bool
}

var (
	words    = actField{"text", "area", true}
	because  = actField{"reason", "area", true}
	aside    = actField{"reason", "area", false}
	attached = actField{"files", "upload", false}
	document = actField{"document", "input", false}
	legal    = actField{"legal", "input", false}
	ground   = actField{"ground", "choose", false}
	signer   = actField{"signer", "input", false}
	signedOn = actField{"signed", "date", false}
	sealing  = actField{"sealing", "tick", true} // asked of who makes a denunciation of a case
)

// actFields are the forms of the acts that have one; the others are a button.
var actFields = map[tiepdan.Action][]actField{
	tiepdan.Classify: {{"kind", "choose", true}, {"field", "choose", true}, {"place", "choose", false}},
	tiepdan.Accept:   {document},
	tiepdan.Refuse:   {ground, because, legal, document},
	tiepdan.Transfer: {{"body", "input", true}, aside, document},
	tiepdan.Assign:   {{"unit", "choose", true}, {"officer", "officers", false}, aside},
	tiepdan.Return:   {because},
	tiepdan.AskMore:  {words, attached},
	tiepdan.Supply:   {words, attached},
	tiepdan.Add:      {words, attached},
	tiepdan.Tell:     {words, attached},
	tiepdan.Note:     {words, attached},
	tiepdan.Extend:   {{"until", "date", true}, ground, because, document},
	tiepdan.Propose:  {words, attached, document},
	tiepdan.Revise:   {because},
	tiepdan.Answer:   {words, attached, document},

	tiepdan.VerifyMore:     {because},
	tiepdan.GuideCitizen:   {ground, because, {"body", "input", false}, document},
	tiepdan.SendBack:       {ground, because, document},
	tiepdan.FileAway:       {required(ground), because, document},
	tiepdan.Retain:         {{"until", "date", true}, aside, document},
	tiepdan.Destroy:        {because, document},
	tiepdan.RecordReply:    {words, attached, document},
	tiepdan.MarkUrgent:     {because},
	tiepdan.Progress:       {words, {"until", "date", true}, attached},
	tiepdan.Consult:        {words, attached, {"asked", "choose", false}},
	tiepdan.Direct:         {words, attached},
	tiepdan.Contribute:     {words, attached},
	tiepdan.Suspend:        {required(ground), because, document, signer, signedOn},
	tiepdan.Resume:         {aside, document},
	tiepdan.Terminate:      {required(ground), because, document, signer, signedOn},
	tiepdan.RecordDocument: {required(document), signedOn, signer, {"text", "area", false}, attached},
	tiepdan.RecordDelivery: {{"how", "choose", true}, {"text", "area", false}, attached},
	tiepdan.Publish:        {{"how", "choose", true}, {"text", "area", false}, attached},
	tiepdan.Reopen:         {because},
	tiepdan.WithdrawPart:   {{"part", "area", true}, attached},
}

// elsewhere are the acts that have a panel or page of their own.
var elsewhere = []tiepdan.Action{tiepdan.Divide, tiepdan.Link, tiepdan.Unlink, tiepdan.Bar, tiepdan.Unbar, tiepdan.Involve, tiepdan.Release}

func required(f actField) actField {
	f.Required = true
	return f
}

// urgency is which act of those that a person may do is the one to offer first.
var urgency = []tiepdan.Action{tiepdan.RecordOriginal, tiepdan.Approve, tiepdan.Take, tiepdan.Answer, tiepdan.Propose,
	tiepdan.Endorse, tiepdan.Direct, tiepdan.Contribute, tiepdan.Resume, tiepdan.Assign, tiepdan.Supply, tiepdan.CloseCase, tiepdan.Tell, tiepdan.Note}

// primaryOf picks the first act. Who hands cases out isn't asked to work them,
// and nobody is asked to assign anew what is assigned.
func primaryOf(c tiepdan.Case, actor tiepdan.Actor, can []tiepdan.Action) tiepdan.Action {
	worker := c.Officer == actor.Staff || actor.Role == tiepdan.UnitHead && c.Officer == 0
	for _, do := range urgency {
		switch do {
		case tiepdan.Take, tiepdan.Answer, tiepdan.Propose:
			if !worker {
				continue
			}
		case tiepdan.Assign:
			if c.Unit != 0 && (actor.Role != tiepdan.UnitHead || c.Officer != 0) {
				continue
			}
		}
		if slices.Contains(can, do) {
			return do
		}
	}
	return ""
}

// actForm is one act that may be done, as the page offers it.
type actForm struct {
	Do       tiepdan.Action
	About    string // a key: what it will do; "": nothing to say
	Label    string // a key: an assignment of what is assigned is called otherwise
	Path     string
	Ref      string // names this try, so that a second sending is known for one
	Open     bool
	Grave    bool // ends the case
	Form     form
	Controls []actControl
	Proposal tiepdan.Entry // of Approve and Revise: what is decided on
	Ruled    string        // of an Assign that a rule filled in: its name and why
}

type actControl struct {
	Part string
	control
}

// actPanel is all that a person may do: one act first, the others behind it.
type actPanel struct {
	First  *actForm
	Others []actForm
}

// grave are the acts that end a case without an answer.
var grave = []tiepdan.Action{tiepdan.Refuse, tiepdan.GuideCitizen, tiepdan.SendBack, tiepdan.Transfer, tiepdan.FileAway, tiepdan.Destroy,
	tiepdan.Terminate, tiepdan.RecordWithdrawal}

// actPanel draws the acts that the lifecycle lets this person do. open is the one
// whose form stands open, filled in as f.
func (s *Server) actPanel(r *http.Request, c tiepdan.Case, names namer, open tiepdan.Action, f form) (actPanel, error) {
	actor := who(r).Actor()
	can := tiepdan.Actions(c, actor)
	choose := chooser{c: c, actor: actor, names: names, today: tiepdan.DateOf(s.Now())}
	if err := choose.staffs(r.Context(), s, can); err != nil {
		return actPanel{}, err
	}
	first := primaryOf(c, actor, can)
	var p actPanel
	for _, do := range can {
		if slices.Contains(elsewhere, do) {
			continue
		}
		a := choose.act(do)
		if do == open {
			a.Open = true
			if do == tiepdan.Classify && choose.seals(f) {
				a.Controls = append(a.Controls, choose.control(do, sealing, f))
			}
			if do == tiepdan.Assign && choose.gone(f) {
				a.Controls = append(a.Controls, choose.control(do, away, f))
			}
			a.take(f)
		}
		if do == first {
			p.First = &a
		} else {
			p.Others = append(p.Others, a)
		}
	}
	return p, nil
}

// take puts what was typed into the form, and keeps the try's name.
func (a *actForm) take(f form) {
	if f.Values == nil {
		return
	}
	a.Form = f
	if ref := f.Value("ref"); ref != "" {
		a.Ref = ref
	}
	for i := range a.Controls {
		a.Controls[i].Form = f
	}
}

// chooser knows what the forms of one case let a person choose from.
type chooser struct {
	c      tiepdan.Case
	actor  tiepdan.Actor
	names  namer
	loads  tiepdan.Loads
	today  tiepdan.Date
	route  tiepdan.Routing // what a rule says of a case that nobody has
	routed bool
}

func (ch chooser) act(do tiepdan.Action) actForm {
	a := actForm{Do: do, Label: "act." + string(do), Path: casePath(ch.c.Code) + "/act", Ref: rand.Text(),
		Grave: slices.Contains(grave, do), Form: form{Values: ch.begin(do)}}
	if about := "act.about_" + string(do); templates.Messages(ch.names.lang).Has("page." + about) {
		a.About = about
	}
	if do == tiepdan.Assign && ch.c.Unit != 0 {
		a.Label = "act.reassign"
	}
	if do == tiepdan.Assign && ch.routed {
		a.Ruled = ch.names.ruled(tiepdan.Details{Why: ch.route.Rule.Name, Reasons: ch.route.Why})
	}
	if do == tiepdan.Approve || do == tiepdan.Endorse || do == tiepdan.Revise {
		a.Proposal, _ = ch.c.Proposal()
	}
	for _, f := range actFields[do] {
		a.Controls = append(a.Controls, ch.control(do, f, a.Form))
	}
	return a
}

func (ch chooser) control(do tiepdan.Action, f actField, values form) actControl {
	label := "act." + f.Name
	if f.Name == "text" || f.Name == "reason" {
		label = "act." + f.Name + "_" + string(do)
	}
	c := actControl{Part: f.Part, control: newControl(values, f.Name, label, "id=act-"+string(do)+"-"+f.Name)}
	c.Required, c.Rows = f.Required, 5
	switch f.Name {
	case "reason":
		c.Rows = 3
	case "until", "signed":
		c.Type, c.Part = "date", "input"
	case "ground":
		c.Groups, c.Empty = []group{{Options: groundOptions(do, ch.c.Kind, ch.today, ch.names.lang)}}, "act.choose_ground"
	case "how":
		c.Groups = []group{{Options: wayOptions(do, ch.names.lang)}}
	case "asked":
		c.Groups, c.Empty = []group{{Options: leaderOptions(ch.names.staff, ch.c)}}, "act.any_leader"
	case "files":
		c.Hint = "act.files_hint"
	case "sealing", "away":
		c.Hint = "act." + f.Name + "_hint"
	case "kind":
		if !ch.c.Sealed() {
			c.Hint = "act.kind_hint"
		}
		c.Groups = []group{{Options: kindOptions(ch.names.lang)}}
	case "field":
		c.Groups = []group{{Options: fieldOptions(ch.names.rules, ch.names.lang)}}
	case "place":
		c.Groups, c.Empty = []group{{Options: placeOptions(ch.names.rules)}}, "act.no_place"
	case "unit":
		c.Groups, c.Empty = []group{{Options: ch.units()}}, "act.choose_unit"
	case "officer":
		c.Groups, c.Empty = ch.officers(), "act.unit_decides"
	}
	return c
}

// seals reports whether a classification as typed would take the person's data
// out of the case.
func (ch chooser) seals(f form) bool {
	field, _ := ch.names.rules.Field(f.Value("field"))
	return !ch.c.Sealed() && (f.Value("kind") == string(tiepdan.ToCao) || field.Corruption)
}

// begin is what stands in an act's form before anybody types: the case as it is,
// the unit that the field names, the answer that was sent back.
func (ch chooser) begin(do tiepdan.Action) url.Values {
	c, v := ch.c, url.Values{}
	switch do {
	case tiepdan.Classify:
		v.Set("kind", string(c.Kind))
		v.Set("field", c.Field)
		v.Set("place", c.Place)
	case tiepdan.Assign:
		return ch.assigns().Values
	case tiepdan.Propose:
		p, _ := c.Proposal()
		v.Set("text", p.Text)
		v.Set("document", p.Details.Document)
	}
	return v
}

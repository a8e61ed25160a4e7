package backend

import (
	"crypto/rand"
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
	sealing  = actField{"sealing", "tick", true}  // asked of who makes a denunciation of a case
	checked  = actField{"checked", "ticks", true} // what whoever accepts it must have looked at
	certain  = actField{"certain", "tick", true}  // asked of who destroys
)

// answerFields are an answer's: its words and its checklist.
var answerFields = []actField{words, {"result", "choose", false}, {"evidence", "area", false}, {"next", "choose", false}, signer, document, attached}

// actFields are the forms of the acts that have one; the others are a button.
var actFields = map[tiepdan.Action][]actField{
	tiepdan.Classify: {{"kind", "choose", true}, {"mixed", "tick", false}, {"field", "choose", true}, {"place", "choose", false},
		{"eligible", "radios", false}, {"lacks", "ticks", false}, {"competent", "radios", false}, {"authority", "choose", false}, {"people", "input", false}},
	tiepdan.Accept:   {checked, document},
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
	tiepdan.Propose:  answerFields,
	tiepdan.Revise:   {because},
	tiepdan.Answer:   answerFields,

	tiepdan.VerifyMore:     {because},
	tiepdan.GuideCitizen:   {ground, because, {"body", "input", false}, document},
	tiepdan.SendBack:       {ground, because, document},
	tiepdan.FileAway:       {required(ground), because, document},
	tiepdan.Retain:         {{"until", "date", true}, aside, document},
	tiepdan.Destroy:        {because, document, certain},
	tiepdan.Urge:           {because, document},
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
	tiepdan.RecordDelivery: deliveryFields(tiepdan.Case{}),
	tiepdan.Publish:        {{"how", "choose", true}, {"text", "area", false}, attached},
	tiepdan.Reopen:         {ground, because, document},
	tiepdan.RefuseReopen:   {because},
	tiepdan.WithdrawPart:   {{"part", "area", true}, document, attached},

	tiepdan.RecordOriginal:   {attached},
	tiepdan.RecordWithdrawal: {aside, document, attached},
	tiepdan.Involve:          {{"unit", "choose", true}, {"officer", "officers", false}, {"text", "area", true}, {"until", "date", false}},
}

// elsewhere are the acts that have a panel or page of their own.
var elsewhere = []tiepdan.Action{tiepdan.Divide, tiepdan.Link, tiepdan.Unlink, tiepdan.Bar, tiepdan.Unbar, tiepdan.Involve, tiepdan.Release}

// pagesOf are the pages of those of them that the act's list leads to, below the case's own.
var pagesOf = map[tiepdan.Action]string{tiepdan.Divide: "/divide"}

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

// chooser knows what the forms of one case let a person choose from.
type chooser struct {
	c      tiepdan.Case
	actor  tiepdan.Actor
	names  namer
	loads  tiepdan.Loads
	today  tiepdan.Date
	route  tiepdan.Routing // what a rule says of a case that nobody has
	routed bool
	ground string // that a suggestion chose
	suffix string // of the fields' ids, where a page has the same form more than once
}

func (ch chooser) act(do tiepdan.Action) actForm {
	a := actForm{Do: do, Label: ch.label(do), Path: casePath(ch.c.Code) + "/act", Ref: rand.Text(), Seen: len(ch.c.History),
		Grave: slices.Contains(grave, do), Form: form{Values: ch.begin(do)}}
	if about := "act.about_" + string(do); templates.Messages(ch.names.lang).Has("page." + about) {
		a.About = about
	}
	if do == tiepdan.Assign && ch.routed {
		a.Ruled = ch.names.ruled(tiepdan.Details{Why: ch.route.Rule.Name, Reasons: ch.route.Why})
	}
	if do == tiepdan.Approve || do == tiepdan.Endorse || do == tiepdan.Revise {
		a.Proposal, _ = ch.c.Proposal()
	}
	fields := actFields[do]
	if do == tiepdan.RecordDelivery {
		fields = deliveryFields(ch.c)
	}
	for _, f := range fields {
		if f.Name == "next" && len(tiepdan.NextRights(ch.c.Kind, ch.c.Round)) == 0 {
			continue
		}
		a.Controls = append(a.Controls, ch.control(do, f, a.Form))
	}
	return a
}

func (ch chooser) control(do tiepdan.Action, f actField, values form) actControl {
	label := "act." + f.Name
	if f.Name == "text" || f.Name == "reason" || f.Name == "until" && do == tiepdan.Involve {
		label = "act." + f.Name + "_" + string(do)
	}
	c := actControl{Part: f.Part, control: newControl(values, f.Name, label, "id=act-"+string(do)+"-"+f.Name+ch.suffix)}
	c.Required, c.Rows = f.Required, 5
	ch.fill(&c, do, f.Name)
	return c
}

// seals reports whether a classification as typed would take the person's data
// out of the case.
func (ch chooser) seals(f form) bool {
	field, _ := ch.names.rules.Field(f.Value("field"))
	return !ch.c.Sealed() && (f.Value("kind") == string(tiepdan.ToCao) || field.Corruption)
}

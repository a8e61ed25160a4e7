package backend

import (
	"slices"

	"tiepdan"
)

// answerTries is an answer with the attempts to bring it to the citizen.
type answerTries struct {
	Answer  tiepdan.Entry
	Rows    []tryRow
	Pending *tiepdan.Delivery // of a message that is under way
	Stands  bool              // no later one took its place
	Record  string            // where an attempt is written down, for who may
	Awaits  bool              // somebody has to bring it
}

// tryRow is one attempt as the table shows it.
type tryRow struct {
	tiepdan.Entry
	Who     string
	Outcome string
	On      tiepdan.Date
}

// underWay are the states of a message of which it isn't known yet what becomes of it.
var underWay = []string{"queued", "sending", "unknown"}

// triesOf are a case's answers, the last first.
func triesOf(c tiepdan.Case, ds []tiepdan.Delivery, by tiepdan.Actor, names namer) (all []answerTries) {
	given, stands := c.AnswerGiven()
	for _, answer := range c.Answers() {
		a := answerTries{Answer: answer, Stands: stands && answer.N == given.N}
		for _, e := range c.Tries(answer) {
			a.Rows = append(a.Rows, tryRow{e, entryName(e, names), e.DeliveryOutcome(), e.TriedOn()})
		}
		for _, d := range toCitizen(ds, answer.N) {
			if d.Key != tiepdan.PaperNotice && slices.Contains(underWay, d.State) {
				a.Pending = &d
			}
		}
		if a.Stands {
			a.Awaits = c.AwaitsDelivery()
			if tiepdan.May(c, by, tiepdan.RecordDelivery) {
				a.Record = casePath(c.Code) + "?do=record_delivery#acting"
			}
		}
		all = append(all, a)
	}
	slices.Reverse(all)
	return all
}

// deliveryFields are the form of an attempt; of a sealed case nothing is asked that
// shows who took it.
func deliveryFields(c tiepdan.Case) []actField {
	fields := []actField{{"how", "choose", true}, {"outcome", "choose", true}, {"on", "date", false}}
	if !c.Sealed() {
		fields = append(fields, actField{"taker", "input", false}, actField{"parcel", "input", false})
	}
	fields = append(fields, actField{"text", "area", false})
	if !c.Sealed() {
		fields = append(fields, actField{"files", "upload", false})
	}
	return fields
}

// waitingDelivery is an answer that somebody has to bring to the citizen.
type waitingDelivery struct {
	Case     tiepdan.Case
	Path     string
	Answered tiepdan.Entry
	Document string
	Failed   bool           // the chat wouldn't take it
	OnItsWay *tiepdan.Entry // an attempt that isn't over
	Back     *tiepdan.Entry // an attempt that brought it back
	UnitName string
	Form     *actForm
}

// waitingOf draws them with the form by which an attempt is written down.
func (s *Server) waitingOf(cases []tiepdan.Case, by tiepdan.Actor, names namer) (rows []waitingDelivery) {
	for _, c := range cases {
		answer, _ := c.AnswerGiven()
		d, _ := c.SentAs(answer)
		w := waitingDelivery{Case: c, Path: casePath(c.Code), Answered: answer, Document: d.Document, UnitName: names.unit(c.Unit)}
		if papers := c.SignedPapers(); len(papers) > 0 {
			w.Document = papers[len(papers)-1].Details.Document
		}
		if e, ok := c.OnItsWay(); ok {
			w.OnItsWay = &e
		}
		for _, e := range c.Tries(answer) {
			switch e.Details.Outcome {
			case tiepdan.DeliveryFailed:
				w.Failed = true
			case tiepdan.DeliveryReturned, tiepdan.DeliveryRefused:
				w.Back = &e
			}
		}
		ch := chooser{c: c, actor: by, names: names, today: tiepdan.DateOf(s.Now()), suffix: "-" + string(c.Code)}
		form := ch.act(tiepdan.RecordDelivery)
		w.Form = &form
		rows = append(rows, w)
	}
	return rows
}

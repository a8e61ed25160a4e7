package bot

import (
	"strings"

	"tiepdan"
)

// slip is the appointment's paper under a message's key: its picture and PDF, or,
// on the waiting list, where the person stands.
func slip(w World, v tiepdan.Visit, key string) Reply {
	args := visitArgs(w, v)
	rows := visitActs(w, v, "slip")
	if v.Status == tiepdan.OnWaitingList {
		return Reply{Key: "booking.waiting", Args: args, Buttons: append(rows, rowOf("book", "menu"))}
	}
	return Reply{Key: key, Args: args, Buttons: append(rows, rowOf("rules", "menu")),
		Papers: []Paper{{Kind: "slip_qr", Appointment: v.ID}, {Kind: "slip", Appointment: v.ID}}}
}

// visitActs are the buttons of what a citizen may do about an appointment; but is
// left out.
func visitActs(w World, v tiepdan.Visit, but string) [][]Button {
	if !changeable(v, w.Now) {
		return nil
	}
	var bs []Button
	if v.Status == tiepdan.Booked && but != "slip" {
		bs = append(bs, visitButton(v.ID, "slip"))
	}
	bs = append(bs, sessionButton(v.At.ID, "ics"), visitButton(v.ID, "cancel"))
	return columns(2, bs)
}

// visitScreen shows one of the person's appointments.
func visitScreen(w World, v tiepdan.Visit) Reply {
	rows := visitActs(w, v, "")
	if v.At.Cancelled() || !alive(v.Appointment) {
		rows = append(rows, rowOf("book"))
	}
	return Reply{Key: "visit.show", Args: visitArgs(w, v), Buttons: append(rows, rowOf("visits", "menu"))}
}

// visitsScreen lists the person's appointments to come.
func visitsScreen(w World, visits []tiepdan.Visit) Reply {
	var lines []Args
	var rows [][]Button
	for _, v := range visits[:min(len(visits), sessionsShown)] {
		args := visitArgs(w, v)
		lines = append(lines, args)
		rows = append(rows, row(Button{ID: "visit/" + itoa64(v.ID) + "/show", Key: "button.visit_line", Args: args}))
	}
	return Reply{Key: "visits", Args: Args{"Visits": lines}, Buttons: append(rows, rowOf("book", "menu"))}
}

// askVisit shows an appointment, or asks whether to give it up.
func (s *step) askVisit(id string) bool {
	m := s.w.Meeting
	if m == nil || m.Gone || m.Visit == nil || m.Visit.ID != idOf(id, "visit") {
		return false
	}
	if v := *m.Visit; strings.HasSuffix(id, "/cancel") && changeable(v, s.w.Now) {
		s.show(Reply{Key: "visit.cancel", Args: visitArgs(s.w, v), Buttons: [][]Button{row(visitButton(v.ID, "cancel_yes")),
			row(visitButton(v.ID, "back")), rowOf("menu")}})
		return true
	}
	s.show(visitScreen(s.w, *m.Visit))
	return true
}

// visitChoice takes a button about one of the person's appointments.
func (s *step) visitChoice(id string) error {
	m := s.w.Meeting
	s.leave()
	if m == nil || m.Gone || m.Visit == nil || m.Visit.ID != idOf(id, "visit") {
		s.say("visit.gone", nil)
		s.ask("book")
		return nil
	}
	v := *m.Visit
	_, do, _ := strings.Cut(strings.TrimPrefix(id, "visit/"), "/")
	switch {
	case do == "show" || do == "cancel":
		s.ask(id)
	case do == "back":
		s.ask("visit/" + itoa64(v.ID) + "/show")
	case !changeable(v, s.w.Now) && (do == "coming" || do == "keep" || do == "cancel_yes" || do == "slip"):
		s.toast("visit.over", nil)
		s.ask("visit/" + itoa64(v.ID) + "/show")
	case do == "slip":
		s.t.View = "visit/" + itoa64(v.ID) + "/show"
		s.show(slip(s.w, v, "booking.slip"))
	case (do == "coming" || do == "keep") && v.Status == tiepdan.Booked:
		s.cmd = ComeToVisit{Visit: v.ID}
	case do == "keep":
		s.ask("visit/" + itoa64(v.ID) + "/show") // on the waiting list: it stands as it is
	case do == "cancel_yes":
		s.cmd = CancelVisit{Visit: v.ID}
	default:
		s.stale(id)
	}
	return nil
}

package bot

import (
	"strconv"
	"strings"

	"tiepdan"
)

// A button's ID is what it does, and where it needs more, a slash and that:
// "send", "field/dat_dai", "case/12/show", "work/12/take".

// button returns the one whose label has the ID's first word as its key; a
// list's name belongs to it.
func button(id string) Button {
	key, rest, _ := strings.Cut(id, "/")
	if key == "list" {
		key += "_" + rest
	}
	return Button{ID: id, Key: "button." + key, Args: Args{}}
}

// named returns a button under a label of the office's or the person's own.
func named(id, label string) Button { return Button{ID: id, Key: "text", Args: label} }

func row(bs ...Button) []Button { return bs }

// rowOf returns a row of buttons by their IDs.
func rowOf(ids ...string) []Button {
	bs := make([]Button, len(ids))
	for i, id := range ids {
		bs[i] = button(id)
	}
	return bs
}

// columns puts buttons in rows of n.
func columns(n int, bs []Button) [][]Button {
	var rows [][]Button
	for len(bs) > 0 {
		k := min(n, len(bs))
		rows = append(rows, bs[:k:k])
		bs = bs[k:]
	}
	return rows
}

// caseButton returns a button about a case, such as case/12/show.
func caseButton(id int64, do string) Button {
	return Button{ID: "case/" + strconv.FormatInt(id, 10) + "/" + do, Key: "button.case_" + strings.ReplaceAll(do, "/", "_"), Args: Args{}}
}

// workButton returns a button about a case for staff.
func workButton(id int64, do string) Button {
	return Button{ID: "work/" + strconv.FormatInt(id, 10) + "/" + do, Key: "button.work_" + do, Args: Args{}}
}

// caseOf returns the case that a button's ID names, or 0.
func caseOf(id string) int64 {
	return max(idOf(id, "case"), idOf(id, "work"))
}

// points reports whether a button's ID names something in the books.
func points(id string) bool {
	return caseOf(id) != 0 || idOf(id, "session") != 0 || idOf(id, "visit") != 0 || idOf(id, "order") != 0
}

// sessionButton returns a button about a session, such as session/12/watch.
func sessionButton(id int64, do string) Button {
	return Button{ID: "session/" + itoa64(id) + "/" + do, Key: "button.session_" + do, Args: Args{}}
}

// visitButton returns a button about an appointment of the person's own.
func visitButton(id int64, do string) Button {
	return Button{ID: "visit/" + itoa64(id) + "/" + do, Key: "button.visit_" + do, Args: Args{}}
}

// orderButton returns a button about a direction, for staff; what follows a
// slash is for the machine.
func orderButton(id int64, do string) Button {
	label, _, _ := strings.Cut(do, "/")
	return Button{ID: "order/" + itoa64(id) + "/" + do, Key: "button.order_" + label, Args: Args{}}
}

// idOf returns the number of a button's ID that says what/number/deed, or 0.
func idOf(id, what string) int64 {
	parts := strings.Split(id, "/")
	if len(parts) < 3 || parts[0] != what {
		return 0
	}
	n, err := strconv.ParseInt(parts[1], 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// pageOf returns the number behind a slash, 0 if there is none that makes sense.
func pageOf(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 10_000 {
		return 0
	}
	return n
}

// buttonOf returns the button of an ID, without a label of its own: one that is
// named after a case or a field answers to its number only.
func buttonOf(id string) Button {
	what, rest, _ := strings.Cut(id, "/")
	n := caseOf(id)
	_, do, _ := strings.Cut(rest, "/")
	switch {
	case what == "speak":
		return speak(tiepdan.Language(rest))
	case what == "case" && n != 0:
		return caseButton(n, do)
	case what == "work" && n != 0:
		return workButton(n, do)
	case idOf(id, what) == 0:
	case what == "session":
		return sessionButton(idOf(id, what), do)
	case what == "visit":
		return visitButton(idOf(id, what), do)
	case what == "order":
		return orderButton(idOf(id, what), do)
	}
	return button(id)
}

// typed returns the ID of the present screen's button that the person typed the
// label of, in either language, or the number of; "" if none. Where a screen
// takes words of one's own, numbers are words too.
func (s *step) typed() string {
	text := tiepdan.Fold(s.ev.Text)
	if text == "" || len(s.ev.Text) > 120 || len(s.ev.Files) > 0 {
		return ""
	}
	bs := s.offers()
	if n, err := strconv.Atoi(text); err == nil && !s.takesWords() {
		if 1 <= n && n <= len(bs) {
			return bs[n-1].ID
		}
		return ""
	}
	for _, b := range bs {
		if b.ID != "" && s.means(b, text) {
			return b.ID
		}
	}
	if s.t.Scene == AtMenu {
		return s.typedEntry(text)
	}
	return ""
}

// offers are the buttons that the person has before them.
func (s *step) offers() []Button {
	var bs []Button
	if s.t.Scene == AtMenu && len(s.t.Offer) > 0 {
		for _, id := range s.t.Offer {
			bs = append(bs, buttonOf(id))
		}
		return bs
	}
	p := &step{w: s.w, t: s.t.clone(), ev: Event{Kind: Said}}
	p.present()
	return lastButtons(p.out)
}

// offered remembers the buttons under what was shown at the menu.
func (s *step) offered() {
	s.t.Offer = nil
	if s.t.Scene != AtMenu {
		return
	}
	for _, b := range lastButtons(s.out) {
		if b.ID != "" {
			s.t.Offer = append(s.t.Offer, b.ID)
		}
	}
}

// typedEntry finds the menu's words where the last thing shown was something else.
func (s *step) typedEntry(text string) string {
	ids := []string{"menu", "submit", "track", "mycases", "schedule", "book", "visits", "help", "language"}
	if s.w.Staff != nil {
		ids = append(ids, "citizen", "staff", "list/new", "list/mine", "list/soon", "list/late", "list/judge", "list/ask", "orders")
	}
	for _, id := range ids {
		if s.means(button(id), text) {
			return id
		}
	}
	return ""
}

func (s *step) means(b Button, text string) bool {
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		if label, err := s.w.Texts.Plain(lang, b.Key, b.Args); err == nil && tiepdan.Fold(label) == text {
			return true
		}
	}
	return false
}

func lastButtons(rs []Reply) []Button {
	for i := len(rs) - 1; i >= 0; i-- {
		var bs []Button
		for _, row := range rs[i].Buttons {
			bs = append(bs, row...)
		}
		if len(bs) > 0 {
			return bs
		}
	}
	return nil
}

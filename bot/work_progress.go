package bot

import (
	"strconv"
	"strings"

	"tiepdan"
)

// promises are the days that are offered for hearing more: so many working days on.
var promises = []int{3, 5, 10, 15}

// untilScreen asks by which day the citizen will hear more.
func (s *step) untilScreen(c tiepdan.Case) Reply {
	today := tiepdan.DateOf(s.w.Now)
	var bs []Button
	for _, n := range promises {
		on := s.w.Rules.Calendar.AddWorking(today, n)
		bs = append(bs, Button{ID: "until/" + strconv.Itoa(n), Key: "button.until", Args: on})
	}
	p := tiepdan.Petition{Content: s.t.Words.Passages}
	return Reply{Key: "work.until", Args: Args{"Code": string(c.Code), "Text": p.Text(), "Files": len(s.t.Words.Files), "Filled": s.t.Filled, "Gaps": tiepdan.Gaps(p.Text())},
		Buttons: append(columns(2, bs), rowOf("work_drop")), Case: c.ID}
}

// untilButton takes the day that was chosen.
func (s *step) untilButton(c tiepdan.Case, id string) {
	n, err := strconv.Atoi(strings.TrimPrefix(id, "until/"))
	if err != nil || n < 1 || n > 60 || s.t.Step != "until" {
		s.stale(id)
		return
	}
	s.promise(c, s.w.Rules.Calendar.AddWorking(tiepdan.DateOf(s.w.Now), n))
}

// untilWords takes a day that was typed; what is none is one more word for the citizen.
func (s *step) untilWords(c tiepdan.Case) error {
	if on, ok := typedDay(s.ev.Text, tiepdan.DateOf(s.w.Now)); ok && len(s.ev.Files) == 0 && len(s.t.Words.Passages)+len(s.t.Words.Files) > 0 {
		today := tiepdan.DateOf(s.w.Now)
		if !on.After(today) {
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "act.until_past"}
		}
		if err := tiepdan.CheckUntil(c, tiepdan.Progress, tiepdan.Details{Until: on}, today, s.w.Rules); err != nil {
			return err
		}
		s.promise(c, on)
		return nil
	}
	return s.draftWords(c)
}

func (s *step) promise(c tiepdan.Case, on tiepdan.Date) {
	p := tiepdan.Petition{Content: s.t.Words.Passages}
	a := tiepdan.Act{Do: tiepdan.Progress, Text: p.Text(), Files: s.t.Words.Files, Details: tiepdan.Details{Until: on}}
	s.t.leave()
	s.doWork(c, a)
}

// typedDay reads 25/12/2026, 25/12 or 25-12: without a year, the next such day.
func typedDay(text string, today tiepdan.Date) (tiepdan.Date, bool) {
	parts := strings.FieldsFunc(strings.TrimSpace(text), func(r rune) bool { return r == '/' || r == '-' || r == '.' })
	if len(parts) != 2 && len(parts) != 3 {
		return tiepdan.Date{}, false
	}
	var n [3]int
	for i, p := range parts {
		var err error
		if n[i], err = strconv.Atoi(strings.TrimSpace(p)); err != nil {
			return tiepdan.Date{}, false
		}
	}
	if len(parts) == 2 {
		n[2] = today.Year
	}
	on, err := tiepdan.ParseDate(pad(n[2], 4) + "-" + pad(n[1], 2) + "-" + pad(n[0], 2))
	if err != nil {
		return tiepdan.Date{}, false
	}
	if len(parts) == 2 && on.Before(today) {
		on = on.AddMonths(12)
	}
	return on, true
}

func pad(n, width int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(0, width-len(s))) + s
}

package bot

import (
	"strings"

	"tiepdan"
)

// wardsOnPage is how many places stand on one screen.
const wardsOnPage = 12

// choice returns what stands behind a button's first word.
func choice(id, what string) (string, bool) {
	first, rest, ok := strings.Cut(id, "/")
	return rest, ok && first == what
}

func placeScreen(w World, t Talk) Reply {
	wards := w.Rules.Wards()
	pages := (len(wards) + wardsOnPage - 1) / wardsOnPage
	page := min(t.Page, max(pages-1, 0))
	from := page * wardsOnPage
	var bs []Button
	for _, u := range wards[from:min(from+wardsOnPage, len(wards))] {
		bs = append(bs, named("place/"+u.Code, u.Name))
	}
	rows := columns(2, bs)
	if pages > 1 {
		rows = append(rows, pager(page, pages))
	}
	return Reply{Key: "petition.place", Args: Args{"Kind": string(t.Draft.Kind), "Page": page + 1, "Pages": pages, "Point": t.Draft.Point != nil},
		Buttons: append(rows, rowOf("locate", "skip"), rowOf("back"))}
}

// pager is the row that leads to the pages beside.
func pager(page, pages int) []Button {
	var bs []Button
	if page > 0 {
		bs = append(bs, Button{ID: "page/" + itoa(page-1), Key: "button.earlier", Args: Args{}})
	}
	if page < pages-1 {
		bs = append(bs, Button{ID: "page/" + itoa(page+1), Key: "button.later", Args: Args{}})
	}
	return bs
}

func takePlace(s *step) (bool, error) {
	d := s.t.Draft
	if n, ok := choice(s.ev.Choice, "page"); ok {
		s.t.Page = pageOf(n)
		s.showStep()
		return true, nil
	}
	code, _ := choice(s.ev.Choice, "place")
	ward, known := s.w.Rules.Ward(code)
	switch {
	case known && ward.Active:
		d.Place = ward.Code
	case s.ev.Choice == "skip":
		d.Place, d.Point = "", nil
	case s.ev.Choice == "locate":
		s.t.Keys = true
		s.show(Reply{Key: "petition.locate", Args: Args{}, Keyboard: &Keyboard{Rows: [][]Key{{{Key: "key.place", Place: true}}, {{Key: "button.skip"}}, {{Key: "button.back"}}}}})
		return true, nil
	case s.ev.Point != nil:
		s.say("petition.located", nil)
	case s.ev.Text != "":
		return s.placeByName()
	default:
		s.showStep()
		return true, nil
	}
	return false, nil
}

// placeByName looks for a place that was typed. One that fits is taken; of
// several, the person chooses.
func (s *step) placeByName() (bool, error) {
	text := tiepdan.Fold(s.ev.Text)
	var fits []tiepdan.Unit
	for _, u := range s.w.Rules.Wards() {
		if name := tiepdan.Fold(u.Name); name == text {
			fits = []tiepdan.Unit{u}
			break
		} else if strings.Contains(name, text) {
			fits = append(fits, u)
		}
	}
	if len(fits) == 1 {
		s.t.Draft.Place = fits[0].Code
		return false, nil
	}
	if len(fits) == 0 || len(fits) > 2*wardsOnPage {
		// A street, a landmark: it belongs to what happened there.
		if err := s.keepWords(); err != nil {
			return true, err
		}
		s.showStep()
		return true, nil
	}
	var bs []Button
	for _, u := range fits {
		bs = append(bs, named("place/"+u.Code, u.Name))
	}
	s.show(Reply{Key: "petition.place_which", Args: Args{}, Buttons: append(columns(2, bs), rowOf("skip"), rowOf("back"))})
	return true, nil
}

package bot

import (
	"strconv"
	"strings"

	"tiepdan"
)

func itoa64(n int64) string { return strconv.FormatInt(n, 10) }

// caseArgs are what messages say of a case to anybody who may see it whole.
func caseArgs(r *tiepdan.Rules, lang tiepdan.Language, c tiepdan.Case) Args {
	f, _ := r.Field(c.Field)
	place, _ := r.Ward(c.Place)
	next, pending := tiepdan.NextDue(c, r)
	text, cut := excerpt(c.Text, excerptLength)
	args := Args{"Code": string(c.Code), "Kind": string(c.Kind), "Mode": string(c.Mode), "Status": string(c.Status),
		"Field": fieldName(f, lang), "Place": place.Name, "Received": tiepdan.DateOf(c.Received), "Sealed": c.Sealed(),
		"Accepted": c.Accepted, "Files": len(c.Files), "Pending": pending, "Due": next.On, "Duty": next.ID, "Text": text, "Cut": cut,
		"Asked": lastWords(c, tiepdan.AskMore), "Answer": lastWords(c, tiepdan.Answer, tiepdan.Approve),
		"Why": lastReason(c), "Name": r.Office.Name, "Address": r.Office.Address, "Phone": r.Office.Phone, "Hours": r.Office.Hours}
	if c.Sealed() { // what was told isn't echoed
		args["Text"], args["Cut"], args["Asked"], args["Answer"], args["Why"] = "", false, "", "", ""
	}
	return args
}

// lastWords are those of the last entry that did one of the acts, shortened.
func lastWords(c tiepdan.Case, does ...tiepdan.Action) string {
	for i := len(c.History) - 1; i >= 0; i-- {
		for _, do := range does {
			if c.History[i].Do == do {
				text, cut := excerpt(c.History[i].Text, excerptLength)
				if cut {
					text += " …"
				}
				return text
			}
		}
	}
	return ""
}

// lastReason is why the case was refused or passed on.
func lastReason(c tiepdan.Case) string {
	for i := len(c.History) - 1; i >= 0; i-- {
		switch e := c.History[i]; e.Do {
		case tiepdan.Refuse, tiepdan.Transfer:
			return e.Reason
		}
	}
	return ""
}

func (s *step) caseArgs(c tiepdan.Case) Args { return caseArgs(s.w.Rules, s.w.Language(), c) }

// askCase shows one of the person's own cases, or asks whether to take it back.
func (s *step) askCase(id string) bool {
	parts := strings.SplitN(id, "/", 3)
	about := s.w.About
	if len(parts) != 3 || about == nil || !about.Mine || about.Case.ID != caseOf(id) {
		return false
	}
	if parts[2] == "withdraw" {
		s.show(s.withdrawScreen(about.Case))
		return true
	}
	s.show(caseScreen(s.caseArgs(about.Case), about.Case))
	return true
}

// caseScreen is a case as its citizen sees it.
func caseScreen(args Args, c tiepdan.Case) Reply {
	var first []Button
	if adding(c) != "" {
		first = append(first, caseButton(c.ID, "add"))
	}
	if c.Status.Open() {
		first = append(first, caseButton(c.ID, "withdraw"))
	}
	rows := [][]Button{first}
	if len(first) == 0 {
		rows = nil
	}
	if tiepdan.May(c, citizen, tiepdan.Rate) && !rated(c) {
		rows = append(rows, ratings(c.ID)...)
	}
	return Reply{Key: "case.show", Args: args, Buttons: append(rows, rowOf("mycases", "menu")), Case: c.ID, Protect: c.Sealed()}
}

func rated(c tiepdan.Case) bool {
	for _, e := range c.History {
		if e.Do == tiepdan.Rate {
			return true
		}
	}
	return false
}

// ratings are the buttons under an answer, the best first.
func ratings(id int64) [][]Button {
	return [][]Button{row(caseButton(id, "rate/3"), caseButton(id, "rate/2")), row(caseButton(id, "rate/1"))}
}

// withdrawScreen says what taking the case back means, before it is done.
func (s *step) withdrawScreen(c tiepdan.Case) Reply {
	args := s.caseArgs(c)
	args["Do"] = string(withdrawing(c))
	rows := [][]Button{row(Button{ID: "case/" + itoa64(c.ID) + "/show", Key: "button.keep_case", Args: Args{}}), rowOf("menu")}
	if withdrawing(c) != "" {
		rows = append([][]Button{row(caseButton(c.ID, "withdraw_yes"))}, rows...)
	}
	return Reply{Key: "case.withdraw", Args: args, Buttons: rows, Case: c.ID}
}

// casesOnPage is how many cases stand on one screen.
const casesOnPage = 6

// casesScreen lists a person's own cases.
func casesScreen(w World, cs []tiepdan.Case, page int) Reply {
	if len(cs) == 0 {
		return Reply{Key: "mycases.none", Args: Args{}, Buttons: [][]Button{rowOf("submit"), rowOf("track", "menu")}}
	}
	pages := (len(cs) + casesOnPage - 1) / casesOnPage
	page = min(page, pages-1)
	var lines []Args
	var rows [][]Button
	for _, c := range cs[page*casesOnPage : min((page+1)*casesOnPage, len(cs))] {
		args := caseArgs(w.Rules, w.Language(), c)
		lines = append(lines, args)
		rows = append(rows, row(Button{ID: "case/" + itoa64(c.ID) + "/show", Key: "button.case_line", Args: args}))
	}
	if pages > 1 {
		rows = append(rows, listPager("mycases", page, pages))
	}
	return Reply{Key: "mycases", Args: Args{"Cases": lines, "Count": len(cs), "Page": page + 1, "Pages": pages}, Buttons: append(rows, rowOf("menu"))}
}

// listPager is a pager whose buttons are questions, good for ever.
func listPager(list string, page, pages int) []Button {
	bs := pager(page, pages)
	for i := range bs {
		bs[i].ID = list + strings.TrimPrefix(bs[i].ID, "page")
	}
	return bs
}

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
		"Accepted": c.Accepted, "Round": max(1, c.Round), "Files": len(c.Files), "Pending": pending, "Due": next.On, "Duty": next.ID, "Text": text, "Cut": cut,
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

// lastReason is why the case stands or ended as it does, if it was an act that gives its reason.
func lastReason(c tiepdan.Case) string {
	for i := len(c.History) - 1; i >= 0; i-- {
		switch e := c.History[i]; e.Do {
		case tiepdan.Refuse, tiepdan.Transfer, tiepdan.GuideCitizen, tiepdan.SendBack, tiepdan.FileAway, tiepdan.Suspend, tiepdan.Terminate, tiepdan.VerifyMore:
			return e.Reason
		case tiepdan.Reopen, tiepdan.Resume, tiepdan.Accept, tiepdan.Answer, tiepdan.Approve:
			return ""
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
	if parts[2] == "next" {
		s.cmd = ShowNext{Case: about.Case}
		return true
	}
	s.show(caseScreen(s.w, about.Case))
	return true
}

// caseScreen is a case as its citizen sees it: where it stands, how it came
// there, what follows by when, and what they can do now.
func caseScreen(w World, c tiepdan.Case) Reply {
	var bs []Button
	if adding(c) != "" {
		bs = append(bs, caseButton(c.ID, "add"))
	}
	if c.Status.Open() {
		bs = append(bs, caseButton(c.ID, "withdraw"))
	}
	if lookedAtAgain(w, c) {
		bs = append(bs, caseButton(c.ID, "reopen"))
	}
	had, rated := c.Satisfaction()
	may := tiepdan.May(c, citizen, tiepdan.Rate)
	if may && rated && !w.Now.After(had.Until()) {
		bs = append(bs, caseButton(c.ID, "rerate"))
	}
	if len(tiepdan.Recourses(c, w.Rules, tiepdan.DateOf(w.Now))) > 0 {
		bs = append(bs, caseButton(c.ID, "next"))
	}
	rows := columns(2, bs)
	if may && !rated {
		rows = append(rows, ratings(c.ID)...)
	}
	return Reply{Key: "case.show", Args: statusArgs(w, c), Buttons: append(rows, rowOf("mycases", "menu")), Case: c.ID, Protect: c.Sealed()}
}

// ratings are the buttons under an answer, the best first.
func ratings(id int64) [][]Button {
	return [][]Button{row(caseButton(id, "rate/3"), caseButton(id, "rate/2")), row(caseButton(id, "rate/1"))}
}

// withdrawScreen says what taking the case back means, before it is done.
func (s *step) withdrawScreen(c tiepdan.Case) Reply {
	args := s.caseArgs(c)
	args["Do"] = string(withdrawing(c))
	rows := [][]Button{row(keepCase(c)), rowOf("menu")}
	if withdrawing(c) != "" {
		rows = append([][]Button{row(caseButton(c.ID, "withdraw_yes"), caseButton(c.ID, "part"))}, rows...)
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

package backend

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strings"

	"tiepdan"
)

// navItem is a line of the navigation, shown to who may open its area. Count, if
// any, says how much waits there.
type navItem struct {
	Path  string
	Key   string // the text's, without "page."
	Area  tiepdan.Area
	Group string // items of a group stand together under its heading
	Count func(tiepdan.Staff) tiepdan.CaseFilter
	Tally func(context.Context, Store, tiepdan.Staff) (int, error) // of what is no case
	Most  int                                                      // of a Tally: so many are said to be more than one less; 0: [tiepdan.CountCap]
}

var navItems = slices.Concat(caseItems, deskItems, receptionItems, dayItems, afterItems, officeItems)

var caseItems = []navItem{
	{Path: "/inbox", Key: "nav.inbox", Area: tiepdan.CaseArea, Group: "work", Count: inboxOf},
	{Path: "/cases", Key: "nav.cases", Area: tiepdan.CaseArea, Group: "work"},
	{Path: "/approvals", Key: "nav.approvals", Area: tiepdan.CaseArea, Group: "work", Tally: waitingForMe, Most: mostForMe},
	{Path: "/cases?view=overdue", Key: "nav.overdue", Area: tiepdan.CaseArea, Group: "work", Count: overdueOf},
}

// mostForMe is how much of what waits for somebody's judgment is counted.
const mostForMe = 100

func waitingForMe(ctx context.Context, s Store, by tiepdan.Staff) (int, error) {
	return s.CountForMe(ctx, by.Actor(), mostForMe)
}

// navLink is a navItem as one person sees it.
type navLink struct {
	Path    string
	Key     string
	Group   string // set on the first of a group only
	Current bool
	Counted bool
	beside
}

// nav returns the navigation of a member of staff; nobody has none.
func (s *Server) nav(r *http.Request, staff tiepdan.Staff) (links []navLink, err error) {
	items := slices.DeleteFunc(slices.Clone(navItems), func(it navItem) bool { return staff.ID == 0 || !staff.Role.MayEnter(it.Area) })
	links = make([]navLink, len(items))
	var numbers []*beside
	group := ""
	for i, it := range items {
		l := &links[i]
		*l = navLink{Path: it.Path, Key: it.Key, Current: current(r, it.Path), Counted: it.Count != nil || it.Tally != nil}
		if it.Group != group {
			l.Group, group = it.Group, it.Group
		}
		if it.Count != nil {
			l.of = it.Count(staff)
			numbers = append(numbers, &l.beside)
		}
		if it.Tally != nil {
			if l.Count, err = it.Tally(r.Context(), s.Store, staff); err != nil {
				return nil, err
			}
			if l.Capped = l.Count >= cmp.Or(it.Most, tiepdan.CountCap); l.Capped && it.Most > 0 {
				l.Count = it.Most - 1
			}
		}
	}
	if len(numbers) == 0 {
		return links, nil
	}
	return links, s.countBeside(r.Context(), numbers)
}

// current reports whether r's page is the item's, or one below it.
func current(r *http.Request, path string) bool {
	bare, query, asks := strings.Cut(path, "?")
	if asks {
		return r.URL.Path == bare && r.URL.RawQuery == query
	}
	if r.URL.Path != bare {
		return strings.HasPrefix(r.URL.Path, bare+"/")
	}
	return !slices.ContainsFunc(navItems, func(it navItem) bool { return it.Path == bare+"?"+r.URL.RawQuery })
}

// home is where a member of staff begins.
func home(staff tiepdan.Staff) string {
	for _, it := range navItems {
		if staff.Role.MayEnter(it.Area) {
			return it.Path
		}
	}
	return "/account"
}

func (s *Server) goHome(w http.ResponseWriter, r *http.Request) error {
	http.Redirect(w, r, home(who(r)), http.StatusSeeOther)
	return nil
}

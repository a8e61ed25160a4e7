package backend

import "tiepdan"

// receptionItems are the navigation's lines about the reception of citizens, in the
// order of the work: plan, receive, follow up.
var receptionItems = []navItem{
	{Path: "/plans", Key: "nav.plans", Area: tiepdan.ScheduleArea, Group: "reception"},
	{Path: "/sessions", Key: "nav.sessions", Area: tiepdan.ScheduleArea, Group: "reception"},
	{Path: "/roster", Key: "nav.roster", Area: tiepdan.ScheduleArea, Group: "reception"},
	{Path: "/recurrences", Key: "nav.recurrences", Area: tiepdan.ScheduleArea, Group: "reception"},
}

// afterItems are what comes of the sessions; they stand behind the desk's and the book's.
var afterItems = []navItem{
	{Path: "/conclusions", Key: "nav.conclusions", Area: tiepdan.BookArea, Group: "reception"},
	{Path: "/directives", Key: "nav.directives", Area: tiepdan.DirectiveArea, Group: "reception"},
	{Path: "/results", Key: "nav.results", Area: tiepdan.CaseArea, Group: "reception"},
	{Path: "/reports", Key: "nav.reports", Area: tiepdan.ReportArea, Group: "reception"},
}

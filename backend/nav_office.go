package backend

import (
	"context"

	"tiepdan"
)

// deskItems are the navigation's lines for the work around the cases.
var deskItems = []navItem{
	{Path: "/intake", Key: "nav.intake", Area: tiepdan.IntakeArea, Group: "work"},
	{Path: "/tasks", Key: "nav.tasks", Area: tiepdan.TaskArea, Group: "work", Tally: tasksOpen},
	{Path: "/transfers", Key: "nav.transfers", Area: tiepdan.TaskArea, Group: "work"},
	{Path: "/stored", Key: "nav.stored", Area: tiepdan.TaskArea, Group: "work"},
	{Path: "/blocks", Key: "nav.blocks", Area: tiepdan.BlockArea, Group: "work"},
}

// officeItems are those for the office itself.
var officeItems = []navItem{
	{Path: "/people", Key: "nav.people", Area: tiepdan.PeopleArea, Group: "office"},
	{Path: "/joins", Key: "nav.joins", Area: tiepdan.PeopleArea, Group: "office", Tally: joinsWaiting},
	{Path: "/units", Key: "nav.units", Area: tiepdan.PeopleArea, Group: "office"},
	{Path: "/leaves", Key: "nav.leaves", Area: tiepdan.LeaveArea, Group: "office"},
	{Path: "/fields", Key: "nav.fields", Area: tiepdan.SettingArea, Group: "office"},
	{Path: "/kinds", Key: "nav.kinds", Area: tiepdan.SettingArea, Group: "office"},
	{Path: "/routing", Key: "nav.routing", Area: tiepdan.SettingArea, Group: "office"},
	{Path: "/holidays", Key: "nav.holidays", Area: tiepdan.SettingArea, Group: "office"},
	{Path: "/periods", Key: "nav.periods", Area: tiepdan.SettingArea, Group: "office"},
	{Path: "/answer-templates", Key: "nav.answer_templates", Area: tiepdan.SettingArea, Group: "office"},
	{Path: "/document-templates", Key: "nav.templates", Area: tiepdan.SettingArea, Group: "office"},
	{Path: "/office", Key: "nav.office", Area: tiepdan.SettingArea, Group: "office"},
	{Path: "/audit", Key: "nav.audit", Area: tiepdan.AuditArea, Group: "watch"},
}

func tasksOpen(ctx context.Context, s Store, by tiepdan.Staff) (int, error) {
	return s.CountTasks(ctx, by.Actor())
}

func joinsWaiting(ctx context.Context, s Store, _ tiepdan.Staff) (int, error) {
	joins, err := s.PendingJoins(ctx)
	return len(joins), err
}

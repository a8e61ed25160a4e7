package backend

import (
	"slices"

	"tiepdan"
)

// officeRoutes are the pages beside the cases: the desk, the people, the settings.
func (s *Server) officeRoutes() []route {
	return slices.Concat(s.deskRoutes(), s.peopleRoutes(), s.settingRoutes(), s.templateRoutes(), s.watchRoutes(), s.secureRoutes())
}

func (s *Server) deskRoutes() []route {
	return []route{
		in(tiepdan.IntakeArea, "GET", "/intake", s.showIntake),
		in(tiepdan.IntakeArea, "POST", "/intake", s.takeIn),
		in(tiepdan.IntakeArea, "GET", "/intake/{code}", s.showTakenIn),
	}
}

func (s *Server) peopleRoutes() []route {
	return []route{
		in(tiepdan.PeopleArea, "GET", "/people", s.showPeople),
		in(tiepdan.PeopleArea, "GET", "/people/new", s.showNewPerson),
		in(tiepdan.PeopleArea, "POST", "/people", s.savePerson),
		in(tiepdan.PeopleArea, "GET", "/people/{id}", s.showPerson),
		in(tiepdan.PeopleArea, "POST", "/people/{id}", s.savePerson),
		in(tiepdan.PeopleArea, "POST", "/people/{id}/password", s.resetPassword),
		in(tiepdan.PeopleArea, "POST", "/people/{id}/invite", s.invite),
		in(tiepdan.PeopleArea, "GET", "/people/{id}/disable", s.showDisable),
		in(tiepdan.PeopleArea, "POST", "/people/{id}/disable", s.disable),
		in(tiepdan.PeopleArea, "GET", "/joins", s.showJoins),
		in(tiepdan.PeopleArea, "POST", "/joins/{id}", s.decideJoin),
		in(tiepdan.PeopleArea, "GET", "/units", s.showUnits),
		in(tiepdan.PeopleArea, "POST", "/units", s.saveUnit),
		in(tiepdan.PeopleArea, "GET", "/units/{id}", s.showUnit),
		in(tiepdan.PeopleArea, "POST", "/units/{id}", s.saveUnit),
	}
}

func (s *Server) settingRoutes() []route {
	return []route{
		in(tiepdan.SettingArea, "GET", "/office", s.showOffice),
		in(tiepdan.SettingArea, "POST", "/office", s.saveOffice),
		in(tiepdan.SettingArea, "GET", "/fields", s.showFields),
		in(tiepdan.SettingArea, "GET", "/fields/new", s.showNewField),
		in(tiepdan.SettingArea, "POST", "/fields", s.saveField),
		in(tiepdan.SettingArea, "GET", "/fields/{code}", s.showField),
		in(tiepdan.SettingArea, "POST", "/fields/{code}", s.saveField),
		in(tiepdan.SettingArea, "GET", "/kinds", s.showKinds),
		in(tiepdan.SettingArea, "POST", "/kinds/{kind}", s.saveKind),
		in(tiepdan.SettingArea, "GET", "/holidays", s.showHolidays),
		in(tiepdan.SettingArea, "POST", "/holidays", s.saveHoliday),
		in(tiepdan.SettingArea, "GET", "/holidays/{day}", s.showHoliday),
		in(tiepdan.SettingArea, "POST", "/holidays/{day}/delete", s.deleteHoliday),
		anyone("GET", "/periods", s.showPeriods),
	}
}

// templateRoutes are about the templates of answers, and the Word templates of a case's papers.
func (s *Server) templateRoutes() []route {
	return []route{
		in(tiepdan.SettingArea, "GET", "/answer-templates", s.showAnswerTemplates),
		in(tiepdan.SettingArea, "POST", "/answer-templates", s.saveAnswerTemplate),
		in(tiepdan.SettingArea, "GET", "/answer-templates/new", s.showNewAnswerTemplate),
		in(tiepdan.SettingArea, "GET", "/answer-templates/{key}", s.showAnswerTemplate),
		in(tiepdan.SettingArea, "POST", "/answer-templates/{key}", s.saveAnswerTemplate),
		in(tiepdan.SettingArea, "POST", "/answer-templates/{key}/move", s.moveAnswerTemplate),
		in(tiepdan.SettingArea, "POST", "/answer-templates/{key}/use", s.useAnswerTemplate),
		in(tiepdan.SettingArea, "GET", "/document-templates", s.showTemplates),
		in(tiepdan.SettingArea, "GET", "/document-templates/{kind}", s.showTemplate),
		in(tiepdan.SettingArea, "POST", "/document-templates/{kind}", s.uploadTemplate),
		in(tiepdan.SettingArea, "POST", "/document-templates/{kind}/reset", s.resetTemplate),
		in(tiepdan.SettingArea, "GET", "/document-templates/{kind}/built-in.docx", s.sendBuiltIn),
		in(tiepdan.SettingArea, "GET", "/document-templates/{kind}/sample.docx", s.sendTried),
		in(tiepdan.SettingArea, "GET", "/document-templates/{kind}/sample.pdf", s.sendSample),
		in(tiepdan.SettingArea, "GET", "/document-templates/{kind}/versions/{version}", s.sendVersion),
		in(tiepdan.SettingArea, "POST", "/document-templates/{kind}/versions/{version}", s.reuseTemplate),
	}
}

// watchRoutes are about what went wrong, and about who did what.
func (s *Server) watchRoutes() []route {
	return []route{
		in(tiepdan.TaskArea, "GET", "/tasks", s.showTasks),
		in(tiepdan.TaskArea, "POST", "/tasks/{id}", s.finishTask),
		in(tiepdan.TaskArea, "POST", "/tasks/{id}/retry", s.retryUpdate),
		in(tiepdan.BlockArea, "GET", "/blocks", s.showBlocks),
		in(tiepdan.BlockArea, "GET", "/cases/{code}/block", s.showBlock),
		in(tiepdan.BlockArea, "POST", "/cases/{code}/block", s.block),
		in(tiepdan.AuditArea, "GET", "/audit", s.showAudit),
		in(tiepdan.AuditArea, "GET", "/audit/check", s.checkAudit),
	}
}

// secureRoutes are for citizens, who come by a link from their chat.
func (s *Server) secureRoutes() []route {
	return []route{
		public("GET", "/secure/sent", s.showSent),
		public("GET", "/secure/{token}", s.showSecure),
		public("POST", "/secure/{token}", s.fillSecure),
	}
}

package backend

import "tiepdan"

// afterRoutes are what comes of sessions: conclusions, directions, reports. Of a
// conclusion and a direction the store and the lifecycle say who sees and does what.
func (s *Server) afterRoutes() []route {
	return []route{
		in(tiepdan.BookArea, "GET", "/conclusions", s.showConclusions),
		in(tiepdan.DirectiveArea, "GET", "/sessions/{id}/conclusion", s.showConclusion),
		in(tiepdan.BookArea, "GET", "/sessions/{id}/conclusion.pdf", s.printConclusion("conclusion_pdf")),
		in(tiepdan.BookArea, "GET", "/sessions/{id}/conclusion.docx", s.printConclusion("conclusion_docx")),
		by(planners, "POST", "/sessions/{id}/conclusion/draft", s.draftConclusion),
		by(planners, "POST", "/sessions/{id}/conclusion", s.saveConclusion),
		by(planners, "POST", "/sessions/{id}/conclusion/number", s.numberConclusion),
		by(deciders, "POST", "/sessions/{id}/conclusion/ask", s.askConclusionChanges),
		by(deciders, "POST", "/sessions/{id}/conclusion/approve", s.approveConclusion),

		in(tiepdan.DirectiveArea, "GET", "/directives", s.showDirectives),
		by(deciders, "GET", "/directives/new", s.showNewDirective),
		by(deciders, "POST", "/directives", s.issueDirective),
		in(tiepdan.DirectiveArea, "GET", "/directives/{id}", s.showDirective),
		in(tiepdan.DirectiveArea, "POST", "/directives/{id}/act", s.actOnDirective),
		in(tiepdan.DirectiveArea, "GET", "/directives/{id}/files/{sha}", s.sendDirectiveFile),

		in(tiepdan.ReportArea, "GET", "/reports", s.goToReports),
		in(tiepdan.ReportArea, "GET", "/reports/receptions", s.showReceptionReport),
		in(tiepdan.ReportArea, "GET", "/reports/duty", s.showDutyReport),
		in(tiepdan.ReportArea, "GET", "/reports/duty.xlsx", s.printReport("duty_xlsx")),
		in(tiepdan.ReportArea, "GET", "/reports/attendance", s.showAttendanceReport),
		in(tiepdan.ReportArea, "GET", "/reports/directives", s.showDirectiveReport),
		in(tiepdan.ReportArea, "GET", "/reports/overdue", s.showOverdueReport),
		in(tiepdan.ReportArea, "GET", "/reports/overdue.xlsx", s.printReport("overdue_xlsx")),
		in(tiepdan.ReportArea, "GET", "/reports/satisfaction", s.showSatisfactionReport),
		in(tiepdan.ReportArea, "GET", "/reports/satisfaction.xlsx", s.printReport("satisfaction_xlsx")),
		in(tiepdan.CaseArea, "GET", "/results", s.showResults),
		in(tiepdan.CaseArea, "GET", "/results.xlsx", s.printResults("results_xlsx")),
		in(tiepdan.CaseArea, "GET", "/results.pdf", s.printResults("results_pdf")),
		in(tiepdan.ReportArea, "GET", "/reports/directives.pdf", s.printReport("directives_pdf")),
		in(tiepdan.ReportArea, "GET", "/reports/directives.xlsx", s.printReport("directives_xlsx")),
	}
}

package backend

import (
	"slices"

	"tiepdan"
)

// Who works on the schedule, and who answers for it; what each may do to a session
// is the session's own table to say.
var (
	planners = []tiepdan.Role{tiepdan.Receptionist, tiepdan.BoardHead, tiepdan.Leader}
	deciders = []tiepdan.Role{tiepdan.BoardHead, tiepdan.Leader}
)

// by is a route for these roles.
func by(roles []tiepdan.Role, method, pattern string, h handler) route {
	return route{Method: method, Pattern: pattern, Roles: roles, Handle: h}
}

// scheduleRoutes are the schedule: for everybody, and for who makes it.
func (s *Server) scheduleRoutes() []route {
	return slices.Concat(s.openRoutes(), s.sessionRoutes(), s.planRoutes())
}

// openRoutes are for citizens and other people's sites and calendars.
func (s *Server) openRoutes() []route {
	return []route{
		openRoute("/schedule", s.showSchedule),
		openRoute("/schedule.ics", s.sendCalendar),
		openRoute("/schedule.pdf", s.sendSchedule),
		openRoute("/schedule/embed", s.showEmbed),
		openRoute("/schedule/{token}", s.showPublicSession),
		openRoute("/schedule/{token}/session.ics", s.sendSessionCalendar),
		openRoute("/schedule/{token}/qr.png", s.sendSessionQR),
	}
}

func (s *Server) sessionRoutes() []route {
	return []route{
		in(tiepdan.ScheduleArea, "GET", "/sessions", s.showSessions),
		by(planners, "GET", "/sessions/new", s.showNewSession),
		by(planners, "POST", "/sessions", s.addSession),
		in(tiepdan.ScheduleArea, "GET", "/sessions/{id}", s.showSession),
		by(planners, "POST", "/sessions/{id}", s.editSession),
		by(planners, "POST", "/sessions/{id}/stand", s.advanceSession),
		by(planners, "GET", "/sessions/{id}/move", s.showMove),
		by(planners, "POST", "/sessions/{id}/move", s.moveSession),
		by(deciders, "GET", "/sessions/{id}/cancel", s.showCancel),
		by(deciders, "POST", "/sessions/{id}/cancel", s.cancelSession),
	}
}

func (s *Server) planRoutes() []route {
	return []route{
		in(tiepdan.ScheduleArea, "GET", "/plans", s.goToPlan),
		in(tiepdan.ScheduleArea, "GET", "/plans/{year}/{quarter}", s.showPlan),
		by(planners, "POST", "/plans/{year}/{quarter}/sessions/{id}", s.editPlanned),
		by(planners, "POST", "/plans/{year}/{quarter}/confirm", s.confirmPlanned),
		by(planners, "POST", "/plans/{year}/{quarter}/submit", s.submitPlan),
		by(deciders, "POST", "/plans/{year}/{quarter}/ask", s.askPlanChanges),
		by(deciders, "POST", "/plans/{year}/{quarter}/publish", s.publishPlan),
		in(tiepdan.ScheduleArea, "GET", "/recurrences", s.showRecurrences),
		by(planners, "GET", "/recurrences/new", s.showNewRecurrence),
		by(planners, "POST", "/recurrences", s.saveRecurrence),
		by(planners, "GET", "/recurrences/{id}", s.showRecurrence),
		by(planners, "POST", "/recurrences/{id}", s.saveRecurrence),
		in(tiepdan.ScheduleArea, "GET", "/heads", s.showHeads),
		by(deciders, "GET", "/heads/{id}", s.showHead),
		by(deciders, "POST", "/heads", s.saveHead),
		by(deciders, "POST", "/heads/{id}", s.saveHead),
		in(tiepdan.ScheduleArea, "GET", "/roster", s.showRoster),
		in(tiepdan.ScheduleArea, "GET", "/roster/paper", s.sendRoster),
		by(planners, "POST", "/roster", s.saveRoster),
		by(planners, "POST", "/roster/fill", s.fillRoster),
	}
}

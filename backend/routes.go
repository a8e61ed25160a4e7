package backend

import (
	"slices"

	"tiepdan"
)

// route is one line of the site's map. A public one asks nobody who they are.
type route struct {
	Method  string
	Pattern string
	Roles   []tiepdan.Role
	Public  bool
	Open    bool // shown before anybody asks who the reader is: see openRoute
	Handle  handler
}

// Route is what the outside may know of a route: `tiepdan routes --json` prints it.
type Route struct {
	Method  string         `json:"method"`
	Pattern string         `json:"pattern"`
	Roles   []tiepdan.Role `json:"roles"` // empty: anybody, signed in or not
}

// Routes returns the site's map.
func Routes() []Route {
	var rs []Route
	for _, r := range (&Server{}).routes() {
		rs = append(rs, Route{r.Method, r.Pattern, append([]tiepdan.Role{}, r.Roles...)})
	}
	return rs
}

// public is a route for anybody.
func public(method, pattern string, h handler) route {
	return route{Method: method, Pattern: pattern, Public: true, Handle: h}
}

// anyone is a route for whoever has signed in.
func anyone(method, pattern string, h handler) route {
	return route{Method: method, Pattern: pattern, Roles: tiepdan.StaffRoles(), Handle: h}
}

// in is a route of an area: for who may open it, and to change anything there for
// who isn't a mere reader.
func in(a tiepdan.Area, method, pattern string, h handler) route {
	roles := a.Roles()
	if method != "GET" {
		roles = slices.DeleteFunc(roles, func(r tiepdan.Role) bool { return !r.Writes() })
	}
	return route{Method: method, Pattern: pattern, Roles: roles, Handle: h}
}

// routes is the site's map. Who may open an area stands in the root package,
// beside the lifecycle; what they may do to a case is the lifecycle's to say.
func (s *Server) routes() []route {
	return slices.Concat(s.doorRoutes(), s.caseRoutes(), s.officeRoutes(), s.scheduleRoutes(), s.dayRoutes(), s.afterRoutes(), s.routingRoutes(), s.linkRoutes(), s.answerRoutes())
}

func (s *Server) doorRoutes() []route {
	return []route{
		public("GET", "/sign-in", s.showSignIn),
		public("POST", "/sign-in", s.signIn),
		public("POST", "/language", s.chooseLanguage),
		anyone("POST", "/sign-out", s.signOut),
		anyone("GET", "/{$}", s.goHome),
		anyone("GET", "/account", s.showAccount),
		anyone("POST", "/account/password", s.changePassword),
		anyone("POST", "/account/language", s.changeLanguage),
		anyone("POST", "/account/quiet", s.changeQuiet),
	}
}

func (s *Server) caseRoutes() []route {
	return []route{
		in(tiepdan.CaseArea, "GET", "/inbox", s.showInbox),
		in(tiepdan.CaseArea, "GET", "/inbox/live", s.streamInbox),
		in(tiepdan.CaseArea, "GET", "/cases", s.showCases),
		in(tiepdan.CaseArea, "GET", "/cases.xlsx", s.exportCases),
		in(tiepdan.CaseArea, "GET", "/case-views", s.showCaseViews),
		in(tiepdan.CaseArea, "POST", "/case-views", s.saveCaseView),
		in(tiepdan.CaseArea, "POST", "/case-views/{id}", s.saveCaseView),
		in(tiepdan.CaseArea, "POST", "/case-views/{id}/delete", s.deleteCaseView),
		in(tiepdan.CaseArea, "POST", "/case-views/{id}/first", s.beginWithCaseView),
		in(tiepdan.CaseArea, "GET", "/cases/{code}", s.showCase),
		in(tiepdan.TaskArea, "GET", "/transfers", s.showTransfers),
		in(tiepdan.TaskArea, "GET", "/stored", s.showStored),
		in(tiepdan.CaseArea, "POST", "/cases/{code}/act", s.actOnCase),
		in(tiepdan.CaseArea, "POST", "/cases/{code}/template", s.insertTemplate),
		in(tiepdan.CaseArea, "GET", "/cases/{code}/files/{sha}", s.sendFile),
		in(tiepdan.CaseArea, "GET", "/cases/{code}/papers/{kind}", s.sendPaper),
	}
}

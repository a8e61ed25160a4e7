package backend

import "tiepdan"

// linkRoutes are the pages of petitions that belong together, or are several in one.
func (s *Server) linkRoutes() []route {
	return []route{
		in(tiepdan.CaseArea, "POST", "/cases/{code}/links", s.changeLink),
		in(tiepdan.CaseArea, "GET", "/cases/{code}/compare/{other}", s.showComparison),
		in(tiepdan.CaseArea, "GET", "/cases/{code}/letter", s.showLetter),
		in(tiepdan.CaseArea, "POST", "/cases/{code}/letter", s.linkLetter),
		in(tiepdan.CaseArea, "GET", "/matters/{id}", s.showMatter),
		in(tiepdan.CaseArea, "GET", "/cases/{code}/divide", s.showDivision),
		in(tiepdan.CaseArea, "POST", "/cases/{code}/divide", s.divide),
	}
}

package backend

import "tiepdan"

// dayRoutes are the desk on the day of a session, and the book of receptions.
func (s *Server) dayRoutes() []route {
	return []route{
		in(tiepdan.DeskArea, "GET", "/desk", s.showDesks),
		in(tiepdan.DeskArea, "GET", "/desk/{id}", s.showDesk),
		in(tiepdan.DeskArea, "GET", "/desk/{id}/live", s.streamDesk),
		in(tiepdan.DeskArea, "POST", "/desk/{id}/session", s.runSession),
		in(tiepdan.DeskArea, "POST", "/desk/{id}/attendance", s.noteAttendance),
		in(tiepdan.DeskArea, "POST", "/desk/{id}/check-in", s.checkIn),
		in(tiepdan.DeskArea, "POST", "/desk/{id}/walk-in", s.walkIn),
		in(tiepdan.DeskArea, "POST", "/desk/{id}/next", s.callNext),
		in(tiepdan.DeskArea, "POST", "/desk/{id}/queue", s.moveInQueue),
		in(tiepdan.DeskArea, "POST", "/desk/{id}/entry", s.writeEntry),
		in(tiepdan.DeskArea, "GET", "/desk/{id}/book", s.showBooking),
		in(tiepdan.DeskArea, "POST", "/desk/{id}/book", s.bookPlace),
		in(tiepdan.DeskArea, "GET", "/desk/{id}/slip", s.sendSlip),
		in(tiepdan.DeskArea, "GET", "/desk/{id}/dossier", s.showDossier),
		in(tiepdan.DeskArea, "GET", "/desk/{id}/dossier.pdf", s.printOf("dossier")),
		in(tiepdan.DeskArea, "GET", "/desk/{id}/signatures", s.printOf("signatures")),

		in(tiepdan.BookArea, "GET", "/book", s.showBook),
		in(tiepdan.BookArea, "GET", "/book.xlsx", s.printBook("book_xlsx")),
		in(tiepdan.BookArea, "GET", "/book.pdf", s.printBook("book_pdf")),
		in(tiepdan.BookArea, "GET", "/book/{id}", s.showEntry),
		in(tiepdan.BookArea, "GET", "/book/{id}/refusal", s.printEntry("refusal")),
		in(tiepdan.BookArea, "GET", "/book/{id}/answer-date", s.printEntry("answer_date")),
		{Method: "GET", Pattern: "/book/{id}/correct", Roles: tiepdan.DeskArea.Roles(), Handle: s.showCorrection},
		in(tiepdan.BookArea, "POST", "/book/{id}", s.correctEntry),
	}
}

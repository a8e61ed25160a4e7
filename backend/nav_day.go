package backend

import "tiepdan"

// dayItems are the desk of the day and the book.
var dayItems = []navItem{
	{Path: "/desk", Key: "nav.desk", Area: tiepdan.DeskArea, Group: "reception"},
	{Path: "/book", Key: "nav.book", Area: tiepdan.BookArea, Group: "reception"},
}

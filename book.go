package tiepdan

import "strconv"

// BookColumns is how many columns the book of receptions has (Sổ tiếp công dân, TT04, Mẫu số 03).
const BookColumns = 12

// BookLine is a line of the book, a text for each column from the first.
type BookLine [BookColumns]string

// BookRow writes r as a line of the book. What it says in words, word does:
//
//	book.day        Date: column 2
//	book.person     Reception: column 3, name and address, and those who came along
//	book.secret     nil: column 3 of one whose identity stays on paper
//	book.kind       Reception: column 6, kind and number of people
//	book.handled.R  Reception: what came of it with result R (see [Results])
//	book.note       Reception: column 12; how often they came, the note, that it was corrected
//
// Of a sealed reception only those who are cleared have the content; r is given as
// the reader may see it. One that was blanked for them has no result, and leaves all
// columns empty that would tell of it.
func BookRow(r Reception, word func(key string, args any) string) BookLine {
	line := BookLine{0: strconv.Itoa(r.Number), 1: word("book.day", r.On), 5: word("book.kind", r)}
	if r.Sealed() {
		line[2] = word("book.secret", nil)
	} else {
		line[2], line[3] = word("book.person", r), r.Person.IDNumber
	}
	if r.Result == "" {
		return line
	}
	line[4], line[6], line[10], line[11] = r.Content, r.PriorBody, r.Followed, word("book.note", r)
	if r.Result == "" { // withheld from this reader: every entry that is kept has one
		line[11] = ""
		return line
	}
	i, handled := r.Result.column(), word("book.handled."+string(r.Result), r)
	if line[i] != "" && handled != "" {
		handled += "\n"
	}
	line[i] = handled + line[i]
	return line
}

// column returns the index of the column that says how it was handled: thụ lý, trả
// lại và hướng dẫn, chuyển đơn. The form has none for the other results; they are
// what is to be followed, column 11.
func (r Result) column() int {
	switch r {
	case ResultTakenIn:
		return 7
	case ResultGuided:
		return 8
	case ResultTransfer:
		return 9
	}
	return 10
}

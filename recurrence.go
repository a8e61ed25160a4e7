package tiepdan

// DayOff says what becomes of a session whose day is a day off.
type DayOff string

const (
	DayOffNext     DayOff = "next"     // the next working day: most offices
	DayOffPrevious DayOff = "previous" // the working day before
	DayOffCancel   DayOff = "cancel"
)

// Recurrence is a standing rule for sessions: "ngày 01 và 16 hằng tháng".
type Recurrence struct {
	ID       int64
	Name     string
	RRule    string // RFC 5545, without DTSTART: "FREQ=MONTHLY;BYMONTHDAY=1,16"
	From     Date
	Until    Date // zero: no end
	DayOff   DayOff
	Kind     SessionKind
	Online   bool
	Unit     int64
	Host     string
	Starts   int // minutes after midnight, in Hanoi
	Ends     int
	Place    string
	Head     int64
	Presides string
	Attends  string
	Units    []int64
	Focus    string
	Places   int
	CutDays  int // booking closes so many working days before, at the end of the day; 0: until it starts
	Active   bool
}

// Occurrence is a day that a recurrence gives.
type Occurrence struct {
	Original  Date
	On        Date    // where it falls after days off are seen to
	Why       Holiday // the day off that moved or cancelled it; zero: none
	Cancelled bool
}

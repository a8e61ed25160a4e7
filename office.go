package tiepdan

// Office is the one office that a database belongs to, and its settings.
type Office struct {
	Name           string
	Parent         string // the body above it, first line of a letter's head
	Address        string
	Place          string // the town that letters are dated from
	Phone          string
	Email          string
	Website        string
	Rules          string // nội quy tiếp công dân, as the office words it
	PrivacyContact string
	PrivacyVersion int // raised when the notice changes; citizens are asked anew
	Hours          Hours
	SaturdayWork   bool
	AssignDays     int   // working days in which what came is given to a unit; 0: no such clock
	TakeDays       int   // in which what was given is taken
	DirectDays     int   // in which a leader answers a question
	Quiet          Quiet // when no message goes out that isn't urgent
	ReopenDays     int   // after an answer, in which the citizen may have it looked at again; 0: [ReopenDays]
	CloseDays      int   // after its delivery, until an answered case is closed by itself; 0: never
	Sample         bool  // holds sample data; every page and paper says so
}

// What a new office asks of itself, in working days.
const (
	AssignDays = 1
	TakeDays   = 1
	DirectDays = 2
)

// Unit is a body that cases are given to: a department, or a ward or commune,
// which is a place that citizens choose as well.
type Unit struct {
	ID     int64
	Code   string // stable, short, latin
	Name   string
	Ward   bool // a phường or xã: offered as the place of a submission
	Remote bool // vùng sâu, vùng xa đi lại khó khăn: the law's longer terms
	Active bool
}

// Field is what a case is about (lĩnh vực), in the office's words.
type Field struct {
	Code       string
	Name       string
	NameEN     string
	Bucket     string // the heading of the statutory reports that it counts under
	Kinds      []Kind // which kinds it is offered for; none: all
	Unit       int64  // where cases of it usually go; 0: nobody yet
	Corruption bool   // tham nhũng: forces the rules of a denunciation
	Active     bool
	Order      int
}

// Offered reports whether f is on the list for k.
func (f Field) Offered(k Kind) bool {
	if !f.Active {
		return false
	}
	for _, have := range f.Kinds {
		if have == k {
			return true
		}
	}
	return len(f.Kinds) == 0
}

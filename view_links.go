package tiepdan

import "time"

// LinkLine is a case that another one is linked to, as its page lists it.
type LinkLine struct {
	CaseLine
	Link LinkKind
	From bool // the link was made on the case that lists it
}

// MatterLine is a petition of a matter. Of a sealed one nobody is named.
type MatterLine struct {
	CaseLine
	Person string
	People int
	Since  time.Time // since when it stands where it does
}

// CaseCount counts đơn and vụ việc apart: several petitions may be about one matter.
type CaseCount struct {
	Kind      Kind   // "": all
	Field     string // "": all of the kind
	Petitions int
	Matters   int
	People    int
}

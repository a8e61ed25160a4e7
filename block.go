package tiepdan

import "time"

// Block is a person's decision that an account is abusive. It is known by the
// case that it was decided on: whose account that is, nobody is shown.
type Block struct {
	CaseID int64
	Code   CaseCode
	By     int64
	ByName string
	At     time.Time
	Reason string
}

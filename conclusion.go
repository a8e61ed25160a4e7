package tiepdan

import "time"

// ConclusionStatus is where a notice of conclusions stands.
type ConclusionStatus string

const (
	ConclusionDraft     ConclusionStatus = "draft"
	ConclusionSubmitted ConclusionStatus = "submitted"
	ConclusionApproved  ConclusionStatus = "approved"
)

// Conclusion is the notice after a session (Thông báo kết luận việc tiếp công dân,
// TT04): what the head concluded about each matter, and who is to do what by when.
type Conclusion struct {
	ID         int64
	Session    int64
	Number     string // of the signed paper, as the office numbers them
	Opening    string
	Items      []ConclusionItem
	Signer     string
	SignerRole string // the title above the signature
	Status     ConclusionStatus
	Asked      string // the changes that the leader asked for
	Version    int    // raised by each writing: a form shown earlier is told so
	By         int64
	ApprovedBy int64
	Approved   time.Time
	Approvers  []int64 // who decides and may read all of it, while it waits for that
}

// ConclusionItem is the conclusion about one matter. Where it names a unit and a
// task, its approval makes it a [Directive].
type ConclusionItem struct {
	Reception int64  `json:"reception"`
	Matter    string `json:"matter"`
	Text      string `json:"text"`
	Unit      int64  `json:"unit,omitempty"`
	Task      string `json:"task,omitempty"`
	Due       Date   `json:"due,omitzero"`
	Secret    bool   `json:"secret,omitempty"` // a denunciation's: never leaves the office by chat
	Withheld  bool   `json:"-"`                // its words are kept from this reader
}

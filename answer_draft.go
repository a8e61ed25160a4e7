package tiepdan

import "time"

// AnswerDraft is an answer that somebody is writing, before it is anything of the
// case's. Colleagues who see the case see it.
type AnswerDraft struct {
	ID      int64     `json:"-"`
	Case    int64     `json:"-"`
	Staff   int64     `json:"-"`
	Name    string    `json:"-"` // of who writes it
	Version int       `json:"-"` // counts what was saved
	Saved   time.Time `json:"-"`

	Text     string `json:"text,omitempty"`
	Result   string `json:"result,omitempty"`
	Evidence string `json:"evidence,omitempty"`
	Next     string `json:"next,omitempty"`
	Signer   string `json:"signer,omitempty"`
	Document string `json:"document,omitempty"`
}

// IsZero reports whether nothing is written.
func (d AnswerDraft) IsZero() bool {
	return d.Text == "" && d.Evidence == "" && d.Document == "" && d.Result == ""
}

// Drafts reports whether a may write an answer to c.
func (a Actor) Drafts(c Case) bool { return May(c, a, Propose) || May(c, a, Answer) }

package tiepdan

import (
	"slices"
	"strings"
)

// Findings are what an answer may find of a petition of that kind.
func Findings(k Kind) []string {
	if k == KhieuNai || k == ToCao {
		return []string{"right", "partly_right", "wrong"}
	}
	return []string{"done", "partly_done", "explained", "not_possible", "conciliated"}
}

// NextRights are what the citizen may do who doesn't agree with an answer, the
// usual first (Luật Khiếu nại 2011, Điều 7, 33, 42; Luật Tố cáo 2018, Điều 37). Of
// feedback the law says nothing.
func NextRights(k Kind, round int) []string {
	switch {
	case k == KhieuNai && round < 2:
		return []string{"second_or_court", "court"}
	case k == KhieuNai:
		return []string{"court"}
	case k == ToCao && round < 2:
		return []string{"denounce_again"}
	case k == ToCao:
		return []string{"none"}
	}
	return nil
}

// Checked reports whether answers to that kind are proposed with the whole
// checklist only: what was found, on what evidence, who signs, which right is next.
func Checked(k Kind) bool { return k == KhieuNai || k == ToCao }

// Unchecked names what of the checklist an answer to c lacks: "result", "evidence",
// "signer" or "next"; "" is nothing.
func (d Details) Unchecked(c Case) string {
	if !Checked(c.Kind) {
		return ""
	}
	switch {
	case d.Result == "":
		return "result"
	case strings.TrimSpace(d.Evidence) == "":
		return "evidence"
	case strings.TrimSpace(d.Signer) == "":
		return "signer"
	case d.Next == "":
		return "next"
	}
	return ""
}

// answers holds an answer's facts against what may be said of such a case.
func (d Details) answers(c Case) error {
	if lacks := d.Unchecked(c); lacks != "" {
		return invalid("act."+lacks+"_missing", nil)
	}
	if d.Result != "" && !slices.Contains(Findings(c.Kind), d.Result) {
		return invalid("act.result_unknown", nil)
	}
	if d.Next != "" && !slices.Contains(NextRights(c.Kind, c.Round), d.Next) {
		return invalid("act.next_unknown", nil)
	}
	return nil
}

// AnswerGiven returns the answer that stands, as it went out: the last since the
// case was last opened again.
func (c Case) AnswerGiven() (Entry, bool) {
	e, ok := c.last(Answer, Approve, Reopen)
	return e, ok && e.Do != Reopen
}

// SignedPapers are the signed papers that were recorded since the case was last opened
// again, the first first.
func (c Case) SignedPapers() []Entry { return c.sinceReopened(RecordDocument) }

// Promised is the day by which the citizen was last told to hear of it, while the
// case still owes an answer.
func (c Case) Promised() (Date, bool) {
	e, ok := c.last(Progress, Answer, Approve, Reopen)
	return e.Details.Until, ok && e.Do == Progress && c.Status.Open()
}

// Lacks names what is wanting before c may be closed: "answer"; "document" when its
// kind wants a signed paper that isn't recorded; "delivery" when the answer reached
// nobody yet, as far as is known; or "".
func (c Case) Lacks() string {
	e, ok := c.AnswerGiven()
	if !ok {
		return "answer"
	}
	paper := e.Details.Document != "" || len(c.SignedPapers()) > 0
	_, delivered := c.Delivered()
	switch {
	case c.Written && !paper:
		return "document"
	case !delivered:
		return "delivery"
	}
	return ""
}

// SentAs is what of the signed paper goes out with that answer: its number, day and
// signer, as the answer has them, else as they were recorded before it; and all files,
// the scans that were recorded before it too. What is recorded later is told by itself.
func (c Case) SentAs(answer Entry) (d Details, files []Attachment) {
	d, files = answer.Details, slices.Clip(answer.Files)
	before := c
	before.History = c.History[:answer.N-1]
	for _, paper := range before.SignedPapers() {
		for _, f := range paper.Files {
			if !slices.ContainsFunc(files, func(have Attachment) bool { return have.SHA256 == f.SHA256 }) {
				files = append(files, f)
			}
		}
		if answer.Details.Document == "" {
			d.Document, d.Signed = paper.Details.Document, paper.Details.Signed
			if paper.Details.Signer != "" {
				d.Signer = paper.Details.Signer
			}
		}
	}
	return d, files
}

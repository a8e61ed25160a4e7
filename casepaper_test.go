package tiepdan

import (
	"strings"
	"testing"
	"time"
)

// papersAfter are the kinds of papers of a case to which these acts were done.
func papersAfter(k Kind, to Status, acts ...Action) string {
	c := Case{Kind: k, Status: to}
	for i, do := range acts {
		c.Accepted = c.Accepted || do == Accept
		c.History = append(c.History, Entry{N: i + 1, Do: do, At: time.Date(2026, 11, 2+i, 9, 0, 0, 0, Hanoi)})
	}
	var kinds []string
	for _, p := range CasePapers(c) {
		kinds = append(kinds, p.Kind)
	}
	return strings.Join(kinds, " ")
}

func TestACaseCallsForThePapersOfWhatWasDoneToIt(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		kind Kind
		to   Status
		acts []Action
		want string
	}{
		{"new", PhanAnh, Received, []Action{Submit}, "handover proposal answer_date"},
		{"accepted complaint", KhieuNai, InProgress, []Action{Submit, Accept}, "handover answer_date accept_complaint"},
		{"accepted denunciation", ToCao, InProgress, []Action{Submit, Accept}, "handover answer_date accept_denunciation accept_denunciation_notice"},
		{"accepted proposal", KienNghi, InProgress, []Action{Submit, Accept}, "handover answer_date accept_feedback"},
		{"guided", KhieuNai, Guided, []Action{Submit, GuideCitizen}, "guidance"},
		{"sent back", KhieuNai, Returned, []Action{Submit, SendBack}, "return_notice"},
		{"passed on", PhanAnh, Transferred, []Action{Submit, VerifyMore, Transfer}, "verify_notice transfer transfer_notice"},
		{"refused", KhieuNai, Refused, []Action{Submit, Refuse}, "refusal_notice"},
		{"filed away", PhanAnh, FiledAway, []Action{Submit, FileAway}, "filing"},
		{"destroyed", PhanAnh, Destroyed, []Action{Submit, FileAway, Destroy}, ""},
		{"suspended", KhieuNai, Suspended, []Action{Submit, Accept, Extend, Suspend}, "handover answer_date accept_complaint extension suspension"},
		{"resumed", KhieuNai, InProgress, []Action{Submit, Accept, Suspend, Resume}, "handover answer_date accept_complaint suspension resumption"},
		{"terminated", KhieuNai, Terminated, []Action{Submit, Accept, Terminate}, "accept_complaint termination"},
		{"an answer in review", PhanAnh, InReview, []Action{Submit, Accept, Propose}, "handover answer_date accept_feedback result"},
		{"answered", PhanAnh, Answered, []Action{Submit, Accept, Propose, Approve}, "accept_feedback result"},
	} {
		if got := papersAfter(c.kind, c.to, c.acts...); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestAPaperIsAboutTheNewestActOfItsKind(t *testing.T) {
	t.Parallel()
	c := Case{Kind: KhieuNai, Status: InProgress, History: []Entry{{N: 1, Do: Submit}, {N: 2, Do: Extend}, {N: 3, Do: Extend}}}
	for _, p := range CasePapers(c) {
		if p.Kind == "extension" && p.Entry.N != 3 {
			t.Errorf("it is about entry %d", p.Entry.N)
		}
	}
}

func TestTheSignedPaperOfAnActIsTheOneRecordedNext(t *testing.T) {
	t.Parallel()
	doc := func(s string) Details { return Details{Document: s} }
	c := Case{History: []Entry{{N: 1, Do: Submit}, {N: 2, Do: Accept}, {N: 3, Do: Note}, {N: 4, Do: RecordDocument, Details: doc("1/TB")},
		{N: 5, Do: Extend}, {N: 6, Do: Suspend, Details: doc("3/QĐ")}, {N: 7, Do: RecordDocument, Details: doc("4/QĐ")}}}
	for n, want := range map[int]string{2: "1/TB", 5: "", 6: "3/QĐ"} {
		if got := c.Signed(c.History[n-1]).Document; got != want {
			t.Errorf("entry %d: %q, want %q", n, got, want)
		}
	}
}

// What is owed of an entry is sent whole: of two papers, one might come twice.
func TestAnActHasOnePaperForWhoBroughtTheCase(t *testing.T) {
	t.Parallel()
	for _, do := range Deeds() {
		for _, k := range Kinds() {
			e := Entry{N: 1, Do: do}
			c := Case{Kind: k, Person: Person{Name: "Người Dân Mẫu 1"}, History: []Entry{e}}
			if ps := PapersTold(c, e); len(ps) > 1 {
				t.Errorf("%s of a %s: %v", do, k, ps)
			}
		}
	}
}

func TestAnOutcomesPaperGoesWithItsWords(t *testing.T) {
	t.Parallel()
	named := Case{Kind: PhanAnh, Person: Person{Name: "Người Dân Mẫu 1"}}
	unnamed, sealed := named, named
	unnamed.Unnamed = true
	sealed.Kind = ToCao
	scan := []Attachment{{SHA256: "a"}}
	for _, tt := range []struct {
		name string
		c    Case
		e    Entry
		want string
	}{
		{"accepted", named, Entry{Do: Accept}, "accept_feedback"},
		{"refused", named, Entry{Do: Refuse}, "refusal_notice"},
		{"guided", named, Entry{Do: GuideCitizen}, "guidance"},
		{"sent back", named, Entry{Do: SendBack}, "return_notice"},
		{"passed on", named, Entry{Do: Transfer}, "transfer_notice"},
		{"answered", named, Entry{Do: Answer}, "result"},
		{"approved", named, Entry{Do: Approve}, "result"},
		{"filed away: that paper stays in the office", named, Entry{Do: FileAway}, ""},
		{"a message", named, Entry{Do: Tell}, ""},
		{"the signed paper is enclosed", named, Entry{Do: Answer, Details: Details{Document: "12/BTCD"}, Files: scan}, ""},
		{"only its number is known", named, Entry{Do: Answer, Details: Details{Document: "12/BTCD"}}, "result"},
		{"something else is enclosed", named, Entry{Do: Answer, Files: scan}, "result"},
		{"who gave no name", unnamed, Entry{Do: Answer}, ""},
		{"a denunciation", sealed, Entry{Do: Refuse}, ""},
	} {
		tt.e.N = 2
		tt.c.History = []Entry{{N: 1, Do: Submit}, tt.e}
		var kinds []string
		for _, p := range PapersTold(tt.c, tt.e) {
			kinds = append(kinds, p.Kind)
		}
		if got := strings.Join(kinds, " "); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		older := Entry{N: 1, Do: Submit}
		if ps := PapersTold(tt.c, older); len(ps) != 0 {
			t.Errorf("%s: another entry has %v", tt.name, ps)
		}
	}
}

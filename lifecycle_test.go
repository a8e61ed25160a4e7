package tiepdan

import (
	"flag"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var (
	now     = time.Date(2026, 11, 20, 9, 0, 0, 0, Hanoi)
	clerk   = Actor{Role: Receptionist, Staff: 1}
	head    = Actor{Role: BoardHead, Staff: 2, Cleared: true}
	leader  = Actor{Role: Leader, Staff: 3}
	worker  = Actor{Role: Officer, Staff: 4, Unit: 7}
	other   = Actor{Role: Officer, Staff: 5, Unit: 7}
	chief   = Actor{Role: UnitHead, Staff: 6, Unit: 7}
	author  = Actor{Role: Citizen}
	road    = Field{Code: "duong", Active: true}
	bribery = Field{Code: "tham_nhung", Active: true, Corruption: true, Kinds: []Kind{ToCao}}
)

func petition(k Kind) Petition {
	p := Petition{ID: "draft-1"}
	if err := p.SetKind(setting(k)); err != nil {
		panic(err)
	}
	p.Field = road.Code
	p.Content = []Passage{{Text: "Đèn đường trước số 12 hỏng đã hai tuần."}}
	p.Person = Person{Name: "Người Dân Mẫu 1", Phone: "+84900000001"}
	if p.Sealed() {
		p.forget()
	}
	return p
}

func setting(k Kind) KindSetting {
	for _, s := range DefaultKinds() {
		if s.Kind == k {
			return s
		}
	}
	return KindSetting{}
}

func opened(t testing.TB, k Kind) Case {
	t.Helper()
	c, err := Open(petition(k), setting(k), author, now, DateOf(now))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// play applies acts one after the other and fails at the first that may not be.
func play(t testing.TB, c Case, acts ...Act) Case {
	t.Helper()
	for _, a := range acts {
		if a.At.IsZero() {
			a.At = now
		}
		var err error
		if c, _, err = a.Apply(c); err != nil {
			t.Fatalf("%s by %s from %s: %v", a.Do, a.By.Role, c.Status, err)
		}
	}
	return c
}

func assign(by Actor) Act {
	return Act{Do: Assign, By: by, Details: Details{Unit: worker.Unit, Officer: worker.Staff}}
}

// proposed is an answer to a complaint with its whole checklist.
func proposed(text string, files ...Attachment) Act {
	return Act{Do: Propose, By: worker, Text: text, Files: files,
		Details: Details{Result: "right", Evidence: "Biên bản mẫu.", Signer: "Chủ tịch Mẫu", Next: "second_or_court"}}
}

func TestFromFilingToAnswer(t *testing.T) {
	t.Parallel()
	c := play(t, opened(t, PhanAnh),
		Act{Do: Classify, By: clerk, Field: road, Kind: setting(PhanAnh)},
		assign(clerk),
		Act{Do: Take, By: worker},
		Act{Do: AskMore, By: worker, Text: "Xin cho biết số cột đèn."},
		Act{Do: Supply, By: author, Text: "Cột số 5."},
		Act{Do: Answer, By: worker, Text: "Đèn đã được thay."},
		Act{Do: Rate, By: author, Details: Details{Rating: 3}},
		Act{Do: CloseCase, By: worker})
	if c.Status != Closed || len(c.History) != 9 {
		t.Errorf("status %s after %d entries", c.Status, len(c.History))
	}
}

func TestWhatMayNotBe(t *testing.T) {
	t.Parallel()
	given := play(t, opened(t, PhanAnh), assign(clerk))
	working := play(t, given, Act{Do: Take, By: worker})
	complaint := play(t, opened(t, KhieuNai), Act{Do: RecordOriginal, By: clerk}, assign(clerk), Act{Do: Take, By: worker})
	secret := opened(t, ToCao)
	for _, x := range []struct {
		fact string
		c    Case
		a    Act
		code Code
	}{
		{"another officer can't take the case", given, Act{Do: Take, By: other}, Forbidden},
		{"an auditor changes nothing", given, Act{Do: Note, By: Actor{Role: Auditor}, Text: "x"}, Forbidden},
		{"an administrator has no case", given, Act{Do: Note, By: Actor{Role: Administrator}, Text: "x"}, Forbidden},
		{"a return needs a reason", given, Act{Do: Return, By: worker}, Invalid},
		{"an answer needs words", working, Act{Do: Answer, By: worker, Text: " \n "}, Invalid},
		{"a receptionist doesn't refuse", given, Act{Do: Refuse, By: clerk, Reason: "x"}, Forbidden},
		{"a complaint isn't answered without approval", complaint, Act{Do: Answer, By: worker, Text: "x"}, Conflict},
		{"an officer doesn't approve", play(t, complaint, proposed("x")), Act{Do: Approve, By: worker}, Forbidden},
		{"a complaint isn't accepted unsigned", opened(t, KhieuNai), Act{Do: Accept, By: head}, Conflict},
		{"a complaint isn't withdrawn by a button", complaint, Act{Do: Withdraw, By: author}, Conflict},
		{"what is uncleared isn't acted on", secret, Act{Do: Note, By: clerk, Text: "x"}, Forbidden},
		{"a unit head gives to their own unit only", given, Act{Do: Assign, By: chief, Details: Details{Unit: 8}}, Forbidden},
		{"an extension is into the future", working, Act{Do: Extend, By: head, Reason: "x", Details: Details{Until: DateOf(now)}}, Invalid},
		{"a closed case isn't added to", play(t, working, Act{Do: Answer, By: worker, Text: "x"}, Act{Do: CloseCase, By: worker}),
			Act{Do: Add, By: author, Text: "x"}, Conflict},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			x.a.At = now
			after, _, err := x.a.Apply(x.c)
			if CodeOf(err) != x.code || after.Status != x.c.Status || len(after.History) != len(x.c.History) {
				t.Errorf("%v, now %s", err, after.Status)
			}
		})
	}
}

func TestWhatIsApprovedIsWhatIsSent(t *testing.T) {
	t.Parallel()
	c := play(t, opened(t, KhieuNai), Act{Do: RecordOriginal, By: clerk}, assign(clerk), Act{Do: Take, By: worker},
		proposed("Bản một."), Act{Do: Revise, By: leader, Reason: "Nêu căn cứ."},
		proposed("Bản hai.", Attachment{SHA256: "f"}), Act{Do: Approve, By: leader, Text: "khác"})
	e := c.History[len(c.History)-1]
	if c.Status != Answered || e.Text != "Bản hai." || len(e.Files) != 1 || e.Details.Proposal != 7 {
		t.Errorf("%+v", e)
	}
}

func TestADenunciationForgetsThePerson(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		fact string
		a    Act
	}{
		{"by its kind", Act{Do: Classify, By: head, Field: road, Kind: setting(ToCao)}},
		{"by its field", Act{Do: Classify, By: head, Field: Field{Code: "tham_nhung", Active: true, Corruption: true}, Kind: setting(PhanAnh)}},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			c := play(t, opened(t, PhanAnh), x.a)
			if !c.Sealed() || !c.Person.IsZero() || !c.Approval {
				t.Errorf("%+v", c)
			}
			if clerk.See(c) != Outline || head.See(c) != Everything || worker.See(c) != Nothing {
				t.Error("the wrong people see it")
			}
		})
	}
	p := petition(PhanAnh)
	p.Kind, p.Mode = ToCao, Guide
	if err := p.SetField(bribery); err != nil || !p.Person.IsZero() {
		t.Errorf("%v %+v", err, p.Person)
	}
}

// TestAnyDeeds plays any acts by anybody: whatever they are, the case stays one
// that the table knows, and its history alone tells its status.
func TestAnyDeeds(t *testing.T) {
	t.Parallel()
	away := Actor{Role: Officer, Staff: 5, Unit: 7, For: []Standin{{Staff: 4, Role: Officer, Unit: 7}, {Staff: 3, Role: Leader}}}
	helper := Actor{Role: UnitHead, Staff: 8, Unit: 9}
	actors := []Actor{author, clerk, head, leader, worker, other, chief, away, helper, {Role: Auditor}, {Role: Administrator}, {Role: System}}
	var deeds []Action
	for _, m := range lifecycle {
		deeds = append(deeds, m.Do)
	}
	rapid.Check(t, func(t *rapid.T) {
		c, err := Open(petition(rapid.SampledFrom(Kinds()).Draw(t, "kind")), setting(PhanAnh), author, now, DateOf(now))
		if err != nil {
			t.Fatal(err)
		}
		for range rapid.IntRange(1, 40).Draw(t, "n") {
			by := rapid.SampledFrom(actors).Draw(t, "by")
			a := anyAct(t, c, rapid.SampledFrom(deeds).Draw(t, "do"), by)
			may := May(c, by, a.Do)
			next, e, err := a.Apply(c)
			if err == nil && !may {
				t.Fatalf("%s did %s, which no button offers", by.Role, a.Do)
			}
			if err != nil && may && CodeOf(err) != Invalid && CodeOf(err) != Forbidden {
				t.Fatalf("%s was offered %s: %v", by.Role, a.Do, err)
			}
			if err == nil && (e.From != c.Status || e.To != next.Status || !slices.Contains(Statuses(), next.Status)) {
				t.Fatalf("%s → %s by %s", c.Status, next.Status, a.Do)
			}
			if c = next; c.Sealed() && !c.Person.IsZero() {
				t.Fatal("a sealed case names its person")
			}
			if r := Rebuild(c); !reflect.DeepEqual(r, c) {
				t.Fatalf("after %s the history alone tells another case:\n%+v\n%+v", a.Do, r, c)
			}
			if c.Status == InProgress && err == nil && c.Unit == 0 {
				t.Fatalf("%s left it in progress with no unit", a.Do)
			}
			if last := c.History[len(c.History)-1]; last.To != c.Status || last.N != len(c.History) {
				t.Fatal("the history tells another status")
			}
		}
	})
}

// anyAct is a deed with all that deeds may take, some of it missing or wrong.
func anyAct(t *rapid.T, c Case, do Action, by Actor) Act {
	at := now.AddDate(0, rapid.IntRange(0, 14).Draw(t, "months"), 0)
	ground := ""
	if gs := LegalGrounds(do, c.Kind, DateOf(at)); len(gs) > 0 {
		ground = rapid.SampledFrom(gs).Draw(t, "ground").ID
	}
	class := &Class{Mixed: rapid.Bool().Draw(t, "mixed"), Eligible: rapid.SampledFrom([]Verdict{"", Yes, No}).Draw(t, "eligible"),
		Competent: rapid.SampledFrom([]Verdict{"", Yes, No}).Draw(t, "competent")}
	d := Details{Unit: rapid.SampledFrom([]int64{0, 7, 9}).Draw(t, "unit"), Officer: rapid.SampledFrom([]int64{0, 4}).Draw(t, "officer"),
		Body: "Sở", Rating: 2, Until: DateOf(at).Add(9), Ground: ground, Class: class, Other: 5, Link: SameMatter, Parts: []int64{8, 9}, Part: "một phần",
		Document: "12/TB", How: "post", Outcome: rapid.SampledFrom(append(DeliveryOutcomes(), "")).Draw(t, "outcome"), Duty: TargetDuty, Barred: &Barred{Staff: []int64{rapid.SampledFrom([]int64{4, 5, 90}).Draw(t, "barred")}}}
	kind := setting(rapid.SampledFrom(Kinds()).Draw(t, "to"))
	kind.Chain = rapid.SampledFrom([][]Role{nil, {UnitHead, Leader}, {BoardHead}}).Draw(t, "chain")
	if do == Propose || do == Answer {
		d.Result, d.Evidence, d.Signer = rapid.SampledFrom(append(Findings(c.Kind), "")).Draw(t, "result"), "biên bản", "Chủ tịch"
		d.Next = rapid.SampledFrom(append(NextRights(c.Kind, c.Round), "")).Draw(t, "next")
	}
	return Act{Do: do, By: by, At: at, Field: road, Kind: kind, Details: d, Reason: "lý do",
		Text: rapid.SampledFrom([]string{"", "lời"}).Draw(t, "text")}
}

func TestEveryStatusIsReachedAndLeft(t *testing.T) {
	t.Parallel()
	reached := map[Status]bool{Received: true, AwaitingOriginal: true}
	for _, m := range lifecycle {
		reached[m.To] = true
	}
	for _, s := range Statuses() {
		if !reached[s] {
			t.Errorf("nothing leads to %s", s)
		}
		leaves := slices.ContainsFunc(lifecycle, func(m move) bool { return m.To != same && slices.Contains(m.From, s) })
		if s.Open() && !leaves {
			t.Errorf("nothing leads out of %s", s)
		}
	}
}

var update = flag.Bool("update", false, "rewrite docs/lifecycle.md")

func TestDiagram(t *testing.T) {
	var b strings.Builder
	b.WriteString("# The life of a case\n\nWritten by `go test -run TestDiagram -update .` from the table in `lifecycle.go`.\n\n")
	b.WriteString("```mermaid\nstateDiagram-v2\n\t[*] --> received: submit\n\t[*] --> awaiting_original: submit\n")
	for _, m := range lifecycle {
		for _, from := range m.From {
			if m.To != same && m.To != from {
				fmt.Fprintf(&b, "\t%s --> %s: %s\n", from, m.To, m.Do)
			}
		}
	}
	b.WriteString("```\n\n| action | by | from | to | kinds | when |\n| --- | --- | --- | --- | --- | --- |\n")
	for _, m := range lifecycle {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", m.Do, words(m.By), words(m.From), orSame(m.To), words(m.Kinds), m.When.Name)
	}
	if *update {
		if err := os.WriteFile("docs/lifecycle.md", []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile("docs/lifecycle.md")
	if err != nil || string(got) != b.String() {
		t.Errorf("docs/lifecycle.md is behind the table: run go test -run TestDiagram -update . (%v)", err)
	}
}

func orSame(s Status) Status {
	if s == same {
		return "as it was"
	}
	return s
}

func words[S ~string](list []S) string {
	var ws []string
	for _, w := range list {
		ws = append(ws, string(w))
	}
	return strings.Join(ws, ", ")
}

package tiepdan

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// shared are how many keys the prints of two texts have in common.
func shared(a, b string) (n int) {
	others := PrintKeys(b)
	for _, k := range PrintKeys(a) {
		if slices.Contains(others, k) {
			n++
		}
	}
	return n
}

// babble is a text of n syllables.
func babble(r *rand.Rand, n int) []string {
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("tiếng%d", r.IntN(400))
	}
	return words
}

func TestLikelyDuplicatesShareAKey(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	missed, tried := 0, 0
	for range 300 {
		words := babble(r, 60+r.IntN(200))
		other := slices.Clone(words)
		for range r.IntN(len(words) / 7) {
			other[r.IntN(len(other))] = fmt.Sprintf("khác%d", r.IntN(400))
		}
		a, b := strings.Join(words, " "), strings.Join(other, " ")
		if !LikelyDuplicate(a, b) {
			continue
		}
		if tried++; shared(a, b) == 0 {
			missed++
		}
	}
	if tried < 150 || missed > tried/50 {
		t.Errorf("%d of %d likely duplicates share no key", missed, tried)
	}
}

func TestStrangersSeldomShareAKey(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(3, 4))
	n := 0
	for range 300 {
		n += shared(strings.Join(babble(r, 150), " "), strings.Join(babble(r, 150), " "))
	}
	if n > 3 {
		t.Errorf("300 pairs of strangers share %d keys", n)
	}
}

func TestAShortTextWithinALongOneSharesItsSentence(t *testing.T) {
	t.Parallel()
	short := "Cột đèn số 5 đường Mẫu hỏng đã hai tuần, buổi tối đi lại rất nguy hiểm. Đề nghị sửa."
	long := strings.Join(babble(rand.New(rand.NewPCG(5, 6)), 300), " ") + ". COT DEN SO 5 duong Mau hong da hai tuan; buoi toi đi lại rất nguy hiểm!\n" +
		"Cột đèn số 5 đường Mẫu hỏng đã hai tuần, buổi tối đi lại rất nguy hiểm. " + strings.Join(babble(rand.New(rand.NewPCG(7, 8)), 300), " ")
	if shared(short, long) == 0 {
		t.Error("no key is shared")
	}
}

func TestPrintsAreStable(t *testing.T) {
	t.Parallel()
	if got := PrintKeys("Rác ở đầu ngõ"); len(got) != printBands || got[0] != PrintKeys("RAC o dau  ngo!")[0] {
		t.Errorf("%v", got)
	}
	if got := PrintKeys("Rác ở đầu ngõ Mẫu đã mười ngày không ai dọn.")[0]; got != stablePrint {
		t.Errorf("the first key is %d: prints that are kept fit no longer", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		keys := PrintKeys(rapid.String().Draw(t, "text"))
		if !slices.IsSorted(keys) || len(keys) > printBands+printSaid || len(slices.Compact(slices.Clone(keys))) != len(keys) {
			t.Fatalf("%v", keys)
		}
	})
}

const stablePrint = -9036002815178343279

func TestWhatIsWorthALook(t *testing.T) {
	t.Parallel()
	text := "Cột đèn số 5 đường Mẫu hỏng đã hai tuần, buổi tối đi lại rất nguy hiểm."
	me := Person{Name: "Người Dân Mẫu 1", Phone: "0900 000 001"}
	for _, x := range []struct {
		fact     string
		o        Case
		account  bool
		oneField bool
		same     SameBy
		worth    bool
	}{
		{"the same words of somebody else", Case{Text: text, Person: Person{Name: "Người Dân Mẫu 2"}}, false, false, "", true},
		{"other words of somebody else", Case{Text: "Chợ Mẫu thiếu nước sạch.", Person: Person{Name: "Người Dân Mẫu 2"}}, false, true, "", false},
		{"other words by the same phone", Case{Text: "Chợ Mẫu thiếu nước sạch.", Person: Person{Phone: "+84900000001"}}, false, false, SamePhone, false},
		{"the same field by the same phone", Case{Text: "Chợ Mẫu thiếu nước sạch.", Person: Person{Phone: "+84900000001"}}, false, true, SamePhone, true},
		{"the same field from the same account", Case{Text: "Chợ Mẫu thiếu nước sạch."}, true, true, SameAccount, true},
		{"the same name only", Case{Text: "Chợ Mẫu thiếu nước sạch.", Person: Person{Name: "NGUOI DAN MAU 1"}}, false, true, SameName, false},
	} {
		l := LikenessOf(Case{Text: text, Person: me}, x.o, x.account)
		if l.Same != x.same || l.Worth(x.oneField) != x.worth {
			t.Errorf("%s: %+v", x.fact, l)
		}
	}
}

func TestPeopleAreCountedOnce(t *testing.T) {
	t.Parallel()
	of := []Case{{Person: Person{Name: "Người Dân Mẫu 1", Phone: "0900000001"}}, {Person: Person{Phone: "+84900000001"}}, {Person: Person{Name: "Người Dân Mẫu 1"}},
		{}, {}, {}, {Group: Group{People: 6}, Person: Person{Name: "Người Dân Mẫu 7"}}}
	// Number 1 by phone twice, a namesake without a number, two unnamed, one of an account twice, a group of six.
	if n := People(of, []string{"", "", "", "", "x", "x", ""}); n != 1+1+1+1+6 {
		t.Errorf("%d people", n)
	}
}

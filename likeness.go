package tiepdan

import "math"

// SameBy says by what two petitions are of one person.
type SameBy string

const (
	SameAccount SameBy = "account"
	SamePhone   SameBy = "phone"
	SameID      SameBy = "id_number"
	SameName    SameBy = "name" // people share names: it alone says little
)

// Likeness is what two petitions have in common.
type Likeness struct {
	Share  int    // per cent of the content
	Likely bool   // their texts are about the same matter
	Same   SameBy // "": other people, as far as is known
}

// OnePerson reports whether both are surely of the same person.
func (l Likeness) OnePerson() bool { return l.Same != "" && l.Same != SameName }

// InWords reports whether the contents themselves have much in common: what any two
// petitions about a street share is no likeness.
func (l Likeness) InWords() bool { return l.Likely || l.Share >= worthShare }

// worthShare is how much of the content, in per cent, one person's petitions have in
// common to be worth a look.
const worthShare = 20

// LikenessOf compares two petitions; account says that they came from one chat account.
func LikenessOf(c, o Case, account bool) Likeness {
	given, s := ShinglesOf(c.Text), ShinglesOf(o.Text)
	share := given.Alike(s)
	if min(len(given), len(s)) >= minContained {
		share = max(share, given.Contained(s))
	}
	return Likeness{Share: int(math.Round(100 * share)), Likely: given.LikelyDuplicate(s), Same: samePerson(c.Person, o.Person, account)}
}

func samePerson(a, b Person, account bool) SameBy {
	phone, ok := Phone(a.Phone)
	other, both := Phone(b.Phone)
	switch {
	case account:
		return SameAccount
	case a.IDNumber != "" && Same(a.IDNumber, b.IDNumber):
		return SameID
	case ok && both && phone == other:
		return SamePhone
	case a.Name != "" && Same(a.Name, b.Name):
		return SameName
	}
	return ""
}

// Worth reports whether a likeness is worth a look: the texts are alike, or one person
// wrote twice about the same field.
func (l Likeness) Worth(oneField bool) bool {
	switch {
	case l.Likely:
		return true
	case l.OnePerson():
		return oneField || l.Share >= worthShare
	}
	return l.Same == SameName && l.Share >= 30
}

// Rank says which likeness is shown first: the words, and then who wrote them.
func (l Likeness) Rank() int {
	n := l.Share
	if l.Likely {
		n += 1000
	}
	if l.OnePerson() {
		n += 100
	}
	return n
}

// Alike is a petition that may be the same as another one.
type Alike struct {
	CaseLine
	Likeness
	Person string   // who wrote it
	Linked LinkKind // how it is linked already; "": not
}

// People counts those who wrote the petitions, each once; those that nobody put a name
// to are a person each.
func People(of []Case, accounts []string) (n int) {
	seen := map[string]bool{}
	for i, c := range of {
		var is []string
		if phone, ok := Phone(c.Person.Phone); ok {
			is = append(is, "phone "+phone)
		}
		if c.Person.IDNumber != "" {
			is = append(is, "id "+Fold(c.Person.IDNumber))
		}
		if accounts[i] != "" {
			is = append(is, "account "+accounts[i])
		}
		if len(is) == 0 && c.Person.Name != "" {
			is = append(is, "name "+Fold(c.Person.Name))
		}
		known := false
		for _, mark := range is {
			known = known || seen[mark]
			seen[mark] = true
		}
		if !known {
			n += max(1, c.Group.People)
		}
	}
	return n
}

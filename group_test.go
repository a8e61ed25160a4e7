package tiepdan

import (
	"reflect"
	"testing"
)

func TestAListOfComplainantsIsRead(t *testing.T) {
	t.Parallel()
	g := NewGroup(" ", "", 0, "Người Dân Mẫu 2", "Người Dân Mẫu 1; Số 1,  đường Mẫu\n\nNgười Dân Mẫu 2\tSố 2\nNgười Dân Mẫu 3")
	want := []Complainant{{"Người Dân Mẫu 1", "Số 1, đường Mẫu"}, {"Người Dân Mẫu 2", "Số 2"}, {"Người Dân Mẫu 3", ""}}
	if g.People != 3 || !reflect.DeepEqual(g.Complainants, want) || !g.Many() {
		t.Errorf("%+v", g)
	}
	if again := NewGroup("", "", 3, "Người Dân Mẫu 2", g.Listed()); !reflect.DeepEqual(again.Complainants, want) {
		t.Errorf("%+v", again)
	}
}

func TestWhoMayRepresentWhom(t *testing.T) {
	t.Parallel()
	two := []Complainant{{Name: "Người Dân Mẫu 1"}, {Name: "Người Dân Mẫu 2"}}
	for _, x := range []struct {
		fact string
		g    Group
		key  string
	}{
		{"nobody else", Group{}, ""},
		{"a lawyer for one person", Group{OnBehalf: "Người Dân Mẫu 2", Basis: "lawyer"}, ""},
		{"by a right that there isn't", Group{OnBehalf: "x y", Basis: "friend"}, "petition.basis_unknown"},
		{"representatives of nobody knows how many", Group{Representatives: []string{"a", "b", "c"}}, "petition.people_missing"},
		{"one, of nobody knows how many", Group{Representatives: []string{"a"}}, "petition.people_missing"},
		{"a representative of one person", Group{People: 1, Representatives: []string{"a"}}, "petition.people_missing"},
		{"four people, one", Group{People: 4, Representatives: []string{"a"}}, ""},
		{"four people, two", Group{People: 4, Representatives: []string{"a", "b"}}, "petition.representatives_many"},
		{"ten people, two", Group{People: 10, Representatives: []string{"a", "b"}}, ""},
		{"ten people, three", Group{People: 10, Representatives: []string{"a", "b", "c"}}, "petition.representatives_many"},
		{"eleven people, five", Group{People: 11, Representatives: []string{"a", "b", "c", "d", "e"}}, ""},
		{"eleven people, six", Group{People: 11, Representatives: []string{"a", "b", "c", "d", "e", "f"}}, "petition.representatives_many"},
		{"one of those listed", Group{People: 2, Representatives: []string{"nguoi dan mau 2"}, Complainants: two}, ""},
		{"the petitioner themself", Group{People: 2, Representatives: []string{"Người Dân Mẫu 7"}, Complainants: two}, ""},
		{"somebody from outside", Group{People: 2, Representatives: []string{"Người Dân Mẫu 9"}, Complainants: two}, "petition.representative_outsider"},
		{"a list that isn't whole can't tell", Group{People: 3, Representatives: []string{"Người Dân Mẫu 9"}, Complainants: two}, ""},
		{"more listed than counted", Group{People: 1, Complainants: two}, "petition.complainants_more"},
		{"a line without a name", Group{People: 2, Complainants: []Complainant{{Address: "Số 1"}}}, "petition.complainant_line"},
	} {
		p := Petition{Person: Person{Name: "Người Dân Mẫu 7"}}
		err := p.SetGroup(x.g)
		key := ""
		if e, ok := err.(*Error); ok {
			key = e.Key
		}
		if key != x.key {
			t.Errorf("%s: %v", x.fact, err)
		}
	}
}

func TestHowManyPutTheirNamesToIt(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		c    Case
		want int
	}{{Case{}, 1}, {Case{Group: Group{People: 6}}, 6}, {Case{Group: Group{People: 6}, Class: Class{People: 7}}, 7}} {
		if got := x.c.People(); got != x.want {
			t.Errorf("%d, not %d", got, x.want)
		}
	}
}

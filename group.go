package tiepdan

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxComplainants is how many people a list names; a larger group brings its list on paper.
const MaxComplainants = 500

// Group says for whom a petition speaks (Luật Khiếu nại 2011, Điều 8).
type Group struct {
	OnBehalf        string        `json:"on_behalf,omitempty"` // the person or organisation represented
	Basis           string        `json:"basis,omitempty"`     // by what right: one of [Bases]
	People          int           `json:"people,omitempty"`    // đông người: how many; 0 or 1: one person
	Representatives []string      `json:"representatives,omitempty"`
	Complainants    []Complainant `json:"complainants,omitempty"` // as far as they are listed
}

// Complainant is one of several people who put their names to a petition.
type Complainant struct {
	Name    string `json:"name"`
	Address string `json:"address,omitempty"`
}

// Bases are the rights by which somebody speaks for another: the first three are
// authorised, in writing and certified; the others by law (Luật Khiếu nại 2011,
// Điều 12; NĐ 124/2020, Điều 5).
func Bases() []string {
	return []string{"lawyer", "legal_aid", "authorised", "guardian", "organisation"}
}

// Authorised reports whether it takes a certified authorisation.
func (g Group) Authorised() bool { return g.OnBehalf != "" && !g.Lawful() }

// Lawful reports whether the representative is one by law: of a minor, of
// somebody incapable, of an organisation.
func (g Group) Lawful() bool { return g.Basis == "guardian" || g.Basis == "organisation" }

// Many reports whether several people put their names to it.
func (g Group) Many() bool { return g.People > 1 }

// People is how many put their names to c: as it was classified, else as it was filed.
func (c Case) People() int {
	if c.Class.People > 0 {
		return c.Class.People
	}
	return max(1, c.Group.People)
}

// MaxRepresentatives returns how many people may represent n complainants: 5–10
// people at most 2, more at most 5 (NĐ 124/2020, Điều 6).
func MaxRepresentatives(n int) int {
	switch {
	case n > 10:
		return 5
	case n >= 5:
		return 2
	}
	return 1
}

// NewGroup reads for whom a petition speaks as a form asks it: whom it is on
// behalf of and by what right, how many people, the representatives' names and
// the complainants, a line each: a name and, after a semicolon, an address.
func NewGroup(onBehalf, basis string, people int, representatives, complainants string) Group {
	g := Group{OnBehalf: oneLine(onBehalf), Basis: basis, People: people}
	for line := range strings.Lines(Clean(representatives)) {
		if name := oneLine(line); name != "" {
			g.Representatives = append(g.Representatives, name)
		}
	}
	for line := range strings.Lines(Clean(strings.ReplaceAll(complainants, "\t", ";"))) { // as copied from a table
		name, address := line, ""
		if i := strings.IndexAny(line, ";,"); i >= 0 {
			name, address = line[:i], line[i+1:]
		}
		if k := (Complainant{oneLine(name), oneLine(address)}); k != (Complainant{}) {
			g.Complainants = append(g.Complainants, k)
		}
	}
	if len(g.Complainants) > 1 && g.People == 0 {
		g.People = len(g.Complainants)
	}
	return g
}

// Listed writes the complainants as [NewGroup] reads them.
func (g Group) Listed() string {
	var b strings.Builder
	for _, k := range g.Complainants {
		b.WriteString(k.Name)
		if k.Address != "" {
			b.WriteString("; " + k.Address)
		}
		b.WriteByte('\n')
	}
	return strings.TrimSpace(b.String())
}

// SetGroup says for how many people the petition speaks and who represents them.
func (p *Petition) SetGroup(g Group) error {
	if err := g.check(); err != nil {
		return err
	}
	if out := g.outsider(p.Person.Name); out != "" {
		return invalid("petition.representative_outsider", map[string]any{"Name": out})
	}
	p.Group = g
	return nil
}

func (g Group) check() error {
	if g.People < 0 || g.People > 100_000 {
		return invalid("petition.people_number", nil)
	}
	if g.Basis != "" && !slices.Contains(Bases(), g.Basis) {
		return invalid("petition.basis_unknown", nil)
	}
	if len(g.Representatives) > 0 && !g.Many() { // how many there may be goes by the number of people
		return invalid("petition.people_missing", nil)
	}
	if most := MaxRepresentatives(g.People); len(g.Representatives) > most {
		return invalid("petition.representatives_many", map[string]any{"Max": most, "People": g.People})
	}
	if len(g.Complainants) > MaxComplainants {
		return invalid("petition.complainants_many", map[string]any{"Max": MaxComplainants})
	}
	if n := len(g.Complainants); n > 0 && n > g.People {
		return invalid("petition.complainants_more", map[string]any{"Listed": n, "People": g.People})
	}
	for i, k := range g.Complainants {
		if n := utf8.RuneCountInString(k.Name); n < 2 || n > MaxName || utf8.RuneCountInString(k.Address) > MaxAddress {
			return invalid("petition.complainant_line", map[string]any{"Line": i + 1})
		}
	}
	return nil
}

// outsider names a representative who isn't one of the complainants; "" where
// there is none, or the list isn't whole and can't tell.
func (g Group) outsider(petitioner string) string {
	if len(g.Complainants) == 0 || len(g.Complainants) < g.People {
		return ""
	}
	for _, name := range g.Representatives {
		if !Same(name, petitioner) && !slices.ContainsFunc(g.Complainants, func(k Complainant) bool { return Same(k.Name, name) }) {
			return name
		}
	}
	return ""
}

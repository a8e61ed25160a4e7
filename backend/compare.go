package backend

import (
	"net/http"

	"tiepdan"
)

// comparePage is what compare.html shows: two petitions beside each other.
type comparePage struct {
	Left, Right comparedCase
	Facts       []comparedFact
	tiepdan.Likeness
	Linked  tiepdan.LinkKind // "": they aren't
	MayLink bool
	Kinds   []option
}

// comparedCase is one of the two, its text in what both have and what only it has.
type comparedCase struct {
	tiepdan.Case
	Pieces []tiepdan.Piece
}

// comparedFact is a fact of both; Key is a text's.
type comparedFact struct {
	Key, Left, Right string
}

// Same reports whether both say the same.
func (f comparedFact) Same() bool { return f.Left != "" && tiepdan.Same(f.Left, f.Right) }

func (s *Server) showComparison(w http.ResponseWriter, r *http.Request) error {
	c, err := s.caseAsked(r)
	if err != nil {
		return err
	}
	unknown := &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.case.unknown"}
	other, err := s.otherCase(r, r.PathValue("other"))
	if tiepdan.CodeOf(err) == tiepdan.Invalid || err == nil && (other.ID == c.ID || who(r).Actor().See(c) != tiepdan.Everything) {
		return unknown
	}
	if err != nil {
		return err
	}
	if other.Sealed() { // the look at it is recorded
		if other, err = s.Store.ViewCase(r.Context(), other.ID, who(r).Actor()); err != nil {
			return err
		}
	}
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	p, err := s.compared(r, c, other, names)
	if err != nil {
		return err
	}
	return s.render(w, r, "compare", p)
}

func (s *Server) compared(r *http.Request, c, other tiepdan.Case, names namer) (p comparePage, err error) {
	p = comparePage{Left: comparedCase{Case: c}, Right: comparedCase{Case: other}, Kinds: linkOptions(names.lang), MayLink: tiepdan.May(c, who(r).Actor(), tiepdan.Link)}
	p.Left.Pieces, p.Right.Pieces = tiepdan.Differences(c.Text, other.Text)
	p.Likeness = tiepdan.LikenessOf(c, other, false)
	if l, ok := c.LinkTo(other.ID); ok {
		p.Linked = l.Kind
	} else if p.Same == "" && p.MayLink { // only the books know of accounts
		list, err := s.Store.Alike(r.Context(), who(r).Actor(), c)
		if err != nil {
			return p, err
		}
		for _, a := range list {
			if a.ID == other.ID {
				p.Likeness = a.Likeness
			}
		}
	}
	add := func(key, left, right string) {
		if left != "" || right != "" {
			p.Facts = append(p.Facts, comparedFact{key, left, right})
		}
	}
	add("person.name", c.Person.Name, other.Person.Name)
	add("person.phone", c.Person.Phone, other.Person.Phone)
	add("person.address", c.Person.Address, other.Person.Address)
	add("person.respondent", c.Respondent, other.Respondent)
	add("case.kind", plain(names.lang, "kind."+string(c.Kind)), plain(names.lang, "kind."+string(other.Kind)))
	add("case.field", names.field(c.Field), names.field(other.Field))
	add("case.place", names.place(c.Place), names.place(other.Place))
	add("links.received", writeDate(tiepdan.DateOf(c.Received)), writeDate(tiepdan.DateOf(other.Received)))
	add("list.state", plain(names.lang, "status."+string(c.Status)), plain(names.lang, "status."+string(other.Status)))
	return p, nil
}

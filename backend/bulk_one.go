package backend

import (
	"errors"
	"net/http"

	"tiepdan"
)

// bulk is one act for many cases.
type bulk struct {
	s     *Server
	do    string
	act   tiepdan.Act
	names namer
	field tiepdan.Field
}

// bulk reads what the form asks for all.
func (s *Server) bulk(r *http.Request, do, ref string) (bulk, error) {
	names, err := s.namer(r)
	if err != nil {
		return bulk{}, err
	}
	b := bulk{s: s, do: do, names: names, act: tiepdan.Act{Do: bulks[do], By: who(r).Actor(), At: s.Now(),
		Reason: r.PostFormValue("reason"), Details: tiepdan.Details{Ref: "bulk:" + ref}}}
	switch do {
	case "assign":
		b.act.Details.Unit, b.act.Details.Officer = number(r, "unit"), number(r, "officer")
		if _, ok := names.rules.Unit(b.act.Details.Unit); !ok {
			return b, incomplete("act.unit_missing")
		}
		if b.act.Details.Officer > 0 {
			err = s.fits(r.Context(), tiepdan.Case{}, b.act.Details)
		}
		if err == nil {
			err = s.present(r, b.act)
		}
	case "classify":
		var ok bool
		if b.field, ok = names.rules.Field(r.PostFormValue("field")); !ok {
			err = incomplete("petition.field_unknown")
		}
	}
	return b, err
}

// one does it to one case, by its own rules. said is why it can't be done; an error
// is one that nobody foresaw, or none of the case's.
func (b bulk) one(r *http.Request, code tiepdan.CaseCode) (said string, err error) {
	c, err := b.s.Store.CaseByCode(r.Context(), code)
	if err == nil && b.act.By.See(c) != tiepdan.Everything {
		err = &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.case.unknown"}
	}
	if err == nil {
		err = b.apply(r, c)
	}
	switch {
	case err == nil, errors.Is(err, errDone):
		return "", nil
	case tiepdan.CodeOf(err) == tiepdan.Internal:
		return "", err
	}
	return string(b.s.explain(r, err)), nil
}

func (b bulk) apply(r *http.Request, c tiepdan.Case) error {
	a, ctx := b.act, r.Context()
	routed := func(change func(tiepdan.Dispatch) tiepdan.Change) error {
		_, _, err := b.s.Store.UpdateRouted(ctx, c.ID, func(d tiepdan.Dispatch) tiepdan.Change { return onceBy(a, change(d)) })
		return err
	}
	switch {
	case b.do == "route":
		return routed(func(d tiepdan.Dispatch) tiepdan.Change { return a.ByRule(d, false) })
	case b.do == "assign" && a.Details.Officer == tiepdan.ByTurns:
		return routed(a.ByTurn)
	case b.do == "assign" && a.Details.Officer != 0:
		if err := b.s.fits(ctx, c, a.Details); err != nil {
			return err
		}
	case b.do == "classify":
		if b.field.Corruption && !c.Sealed() {
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.bulk.seals"} // it can't be taken back: case by case
		}
		a.Field, a.Kind = b.field, b.names.rules.Kind(c.Kind)
		a.Details.Kind, a.Details.Field, a.Details.Place = c.Kind, b.field.Code, c.Place
	}
	_, _, err := b.s.Store.UpdateCase(ctx, c.ID, once(a, 0, 0))
	return err
}

package backend

import (
	"net/http"
	"slices"
	"strconv"

	"tiepdan"
)

// kindRow is a kind with its form and what the law has for it.
type kindRow struct {
	Kind    tiepdan.Kind
	Form    form
	Know    form // the tick that what isn't lawful takes: never there from before
	Lawful  tiepdan.KindSetting
	Differs bool // from the lawful mode or approval
	Modes   []option
	Judges  []option // who may stand in the chain
}

func (s *Server) showKinds(w http.ResponseWriter, r *http.Request) error {
	rows, err := s.kindRows(r)
	if err != nil {
		return err
	}
	return s.render(w, r, "kinds", rows)
}

func (s *Server) kindRows(r *http.Request) ([]kindRow, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return nil, err
	}
	lang := s.language(r)
	var rows []kindRow
	for _, lawful := range tiepdan.DefaultKinds() {
		set := rules.Kind(lawful.Kind)
		row := kindRow{Kind: lawful.Kind, Lawful: lawful, Differs: set.Mode != lawful.Mode || set.Approval != lawful.Approval,
			Form:   filled("mode", string(set.Mode), "approval", mark1(set.Approval), "target", decimal(set.TargetDays), "written", mark1(set.Written)),
			Judges: wordOptions("role.", lang, roleNames(tiepdan.ChainRoles())...)}
		for i, role := range set.Chain {
			row.Form.Values.Set("chain"+decimal(int64(i+1)), string(role))
		}
		for _, m := range []tiepdan.Mode{tiepdan.File, tiepdan.Prepare, tiepdan.Guide} {
			o := option{Value: string(m), Label: plain(lang, "mode."+string(m))}
			if m == lawful.Mode {
				o.Hint = plain(lang, "kinds.lawful")
			}
			row.Modes = append(row.Modes, o)
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// saveKind changes how a kind is handled. What the law doesn't have takes a tick
// of its own: "I know".
func (s *Server) saveKind(w http.ResponseWriter, r *http.Request) error {
	kind := tiepdan.Kind(r.PathValue("kind"))
	if !kind.Valid() {
		return &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
	}
	err := s.writeKind(r, kind)
	if err == nil {
		return s.done(w, r, "kinds.saved", "/kinds")
	}
	return s.again(w, r, err, "kinds", func(f form) (any, error) {
		rows, err := s.kindRows(r)
		for i := range rows {
			if rows[i].Kind == kind {
				rows[i].Form = f
			}
		}
		return rows, err
	})
}

func (s *Server) writeKind(r *http.Request, kind tiepdan.Kind) error {
	days, err := strconv.Atoi(r.PostFormValue("target"))
	if err != nil || days < 0 || days > 365 {
		return incomplete("page.kinds.target_wrong")
	}
	set := tiepdan.KindSetting{Kind: kind, Mode: tiepdan.Mode(r.PostFormValue("mode")), Approval: ticked(r, "approval"), TargetDays: days,
		Written: ticked(r, "written")}
	if set.Chain, err = chainOf(r); err != nil {
		return err
	}
	for _, lawful := range tiepdan.DefaultKinds() {
		differs := set.Mode != lawful.Mode || lawful.Approval && !set.Approval
		if lawful.Kind == kind && differs && !ticked(r, "know") {
			return incomplete("page.kinds.unlawful")
		}
	}
	return s.Store.SaveKind(r.Context(), who(r).Actor(), set)
}

// chainOf reads who judges an answer, one after the other; gaps are closed.
func chainOf(r *http.Request) (chain []tiepdan.Role, err error) {
	for i := range maxChain {
		role := tiepdan.Role(r.PostFormValue("chain" + strconv.Itoa(i+1)))
		switch {
		case role == "":
		case !slices.Contains(tiepdan.ChainRoles(), role):
			return nil, incomplete("page.kinds.chain_wrong")
		default:
			chain = append(chain, role)
		}
	}
	return chain, nil
}

// maxChain is how many may judge an answer one after the other.
const maxChain = 3

func roleNames(roles []tiepdan.Role) (names []string) {
	for _, r := range roles {
		names = append(names, string(r))
	}
	return names
}

package backend

import (
	"net/http"
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
			Form: filled("mode", string(set.Mode), "approval", mark1(set.Approval), "target", decimal(set.TargetDays))}
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
	set := tiepdan.KindSetting{Kind: kind, Mode: tiepdan.Mode(r.PostFormValue("mode")), Approval: ticked(r, "approval"), TargetDays: days}
	for _, lawful := range tiepdan.DefaultKinds() {
		differs := set.Mode != lawful.Mode || lawful.Approval && !set.Approval
		if lawful.Kind == kind && differs && !ticked(r, "know") {
			return incomplete("page.kinds.unlawful")
		}
	}
	return s.Store.SaveKind(r.Context(), who(r).Actor(), set)
}

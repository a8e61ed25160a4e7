package tiepdan

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// LegalGround is a reason that the law gives for an act on a case, as data.
type LegalGround struct {
	ID      string   `json:"id"`
	Do      []Action `json:"do"`
	Kinds   []Kind   `json:"kinds"` // none: every kind
	Label   string   `json:"label_vi"`
	LabelEN string   `json:"label_en"`
	Source  string   `json:"source"`
	// Where it holds for several kinds by different laws: that of each.
	Sources    map[Kind]string `json:"sources"`
	Confidence string          `json:"confidence"` // high, medium or low, as of [Rule]
	ValidFrom  Date            `json:"valid_from,omitzero"`
	ValidTo    Date            `json:"valid_to,omitzero"`
}

// SourceOf is the law that gives the ground for a case of the kind: a paper about a
// complaint names no law on denunciations.
func (g LegalGround) SourceOf(k Kind) string { return cmp.Or(g.Sources[k], g.Source) }

// Confirmed reports whether the ground is well supported.
func (g LegalGround) Confirmed() bool { return g.Confidence == "high" }

//go:embed grounds.json
var groundsJSON []byte

var legalGrounds = sync.OnceValue(func() (gs []LegalGround) {
	if err := json.Unmarshal(groundsJSON, &gs); err != nil {
		panic(fmt.Errorf("tiepdan: grounds.json: %w", err)) // the file is part of the program, and tested with it
	}
	return gs
})

// LegalGrounds returns the grounds for doing that to a case of the kind on a day, in the order of the file.
func LegalGrounds(do Action, k Kind, on Date) (gs []LegalGround) {
	for _, g := range legalGrounds() {
		if slices.Contains(g.Do, do) && (len(g.Kinds) == 0 || slices.Contains(g.Kinds, k)) &&
			g.InForce(on) {
			gs = append(gs, g)
		}
	}
	return gs
}

// AllLegalGrounds returns every ground, in force or not, in the order of the file.
func AllLegalGrounds() []LegalGround { return slices.Clone(legalGrounds()) }

// InForce reports whether the ground holds on a day.
func (g LegalGround) InForce(on Date) bool {
	return !on.Before(g.ValidFrom) && (g.ValidTo.IsZero() || !on.After(g.ValidTo))
}

// LegalGroundByID returns a ground by its name, as "complaint.not_own_right".
func LegalGroundByID(id string) (LegalGround, bool) {
	i := slices.IndexFunc(legalGrounds(), func(g LegalGround) bool { return g.ID == id })
	if i < 0 {
		return LegalGround{}, false
	}
	return legalGrounds()[i], true
}

// needsGround reports whether an act on such a case must name its ground.
func needsGround(do Action, k Kind) bool {
	switch do {
	case Suspend, Terminate, FileAway:
		return true
	case Refuse, Extend:
		return k == KhieuNai || k == ToCao
	}
	return false
}

func groundOffered(id string, do Action, k Kind, on Date) bool {
	return slices.ContainsFunc(LegalGrounds(do, k, on), func(g LegalGround) bool { return g.ID == id })
}

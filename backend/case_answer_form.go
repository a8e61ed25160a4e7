package backend

import (
	"net/url"

	"tiepdan"
)

// maxEvidence is how much an answer says of what it rests on.
const maxEvidence = 4000

// checkControl is a field of an answer's checklist: asked of every answer, demanded
// where the law wants it whole.
func (ch chooser) checkControl(do tiepdan.Action, c *actControl) {
	c.Required = (do == tiepdan.Propose || do == tiepdan.Answer) && tiepdan.Checked(ch.c.Kind)
	switch c.Name {
	case "result":
		c.Groups, c.Empty = []group{{Options: findingOptions(ch.c.Kind, ch.names.lang)}}, "act.choose_result"
	case "next":
		c.Groups = []group{{Options: rightOptions(ch.c, ch.names.lang)}}
	case "evidence":
		c.Rows, c.Hint, c.Most = 3, "act.evidence_hint", maxEvidence
	}
}

func findingOptions(k tiepdan.Kind, lang tiepdan.Language) (opts []option) {
	for _, f := range tiepdan.Findings(k) {
		opts = append(opts, option{Value: f, Label: plain(lang, "finding."+f)})
	}
	return opts
}

func rightOptions(c tiepdan.Case, lang tiepdan.Language) (opts []option) {
	for _, n := range tiepdan.NextRights(c.Kind, c.Round) {
		opts = append(opts, option{Value: n, Label: plain(lang, "next_right."+n)})
	}
	return opts
}

// beginAnswer fills an answer's form with the version that was sent back.
func (ch chooser) beginAnswer(v url.Values) {
	ps := ch.c.Proposals()
	if len(ps) == 0 {
		return
	}
	p := ps[len(ps)-1]
	d := p.Details
	for name, value := range map[string]string{"text": p.Text, "document": d.Document, "result": d.Result, "evidence": d.Evidence, "next": d.Next, "signer": d.Signer} {
		v.Set(name, value)
	}
}

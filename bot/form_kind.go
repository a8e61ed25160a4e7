package bot

import (
	"slices"

	"tiepdan"
)

// asksConsent: once for each version of the notice.
func asksConsent(w World, _ Talk) bool { return w.Account.PrivacyVersion < privacyVersion(w.Rules) }

func privacyVersion(r *tiepdan.Rules) int { return max(1, r.Office.PrivacyVersion) }

func consentScreen(w World, _ Talk) Reply {
	return Reply{Key: "privacy.notice", Args: Args{"Office": w.Rules.Office.Name, "Contact": w.Rules.Office.PrivacyContact,
		"Version": privacyVersion(w.Rules)}, Buttons: [][]Button{rowOf("agree", "disagree"), rowOf("menu")}}
}

func takeConsent(s *step) (bool, error) {
	switch s.ev.Choice {
	case "agree":
		s.w.Account.PrivacyVersion = privacyVersion(s.w.Rules)
		s.cmd = Agree{Version: privacyVersion(s.w.Rules)}
		return false, nil
	case "disagree":
		args := s.office()
		s.t.drop()
		s.t.leave()
		s.show(Reply{Key: "privacy.refused", Args: args, Buttons: [][]Button{rowOf("schedule", "menu")}})
		return true, nil
	}
	s.showStep()
	return true, nil
}

func kindScreen(w World, t Talk) Reply {
	var bs []Button
	for _, k := range tiepdan.Kinds() {
		if w.Rules.Kind(k).Mode.Valid() {
			bs = append(bs, Button{ID: "kind/" + string(k), Key: "kind", Args: string(k)})
		}
	}
	rows := columns(2, bs)
	return Reply{Key: "petition.kind", Args: Args{"Begun": len(t.Draft.Content) + len(t.Draft.Files), "Advice": string(t.Advice)},
		Buttons: append(rows, rowOf("unsure"), rowOf("back"))}
}

func takeKind(s *step) (bool, error) {
	if s.ev.Choice == "unsure" {
		s.goTo("unsure")
		return true, nil
	}
	kind, ok := choice(s.ev.Choice, "kind")
	if !ok {
		s.showStep()
		return true, nil
	}
	before := s.t.Draft.Kind
	if err := s.t.Draft.SetKind(s.w.Rules.Kind(tiepdan.Kind(kind))); err != nil {
		return true, err
	}
	s.t.Advice = ""
	s.settle(before)
	if s.t.Draft.Kind != before && guided(s.w, s.t) {
		s.goTo("guide") // said before anything more is told
		return true, nil
	}
	return false, nil
}

// settle mends what a changed kind leaves behind: a field that isn't offered for
// it, a name that was withheld under other rules.
func (s *step) settle(before tiepdan.Kind) {
	d := s.t.Draft
	if d.Kind == before {
		return
	}
	s.t.Asked, s.t.Alike = false, nil
	if f, ok := s.w.Rules.Field(d.Field); !ok || !f.Offered(d.Kind) {
		d.Field = ""
	}
	if d.Anonymous && d.Kind != tiepdan.PhanAnh && !d.Sealed() || before == tiepdan.ToCao {
		d.Anonymous = false
	}
	if d.Sealed() {
		s.t.Secured, d.Respondent = false, ""
	}
	if d.Kind != tiepdan.KhieuNai {
		d.Respondent = ""
	}
}

// The helper asks two plain questions and recommends; the person decides.
func unsureScreen(World, Talk) Reply {
	return Reply{Key: "unsure.what", Args: Args{}, Buttons: [][]Button{rowOf("unsure_tell"), rowOf("unsure_propose"),
		rowOf("unsure_decision"), rowOf("unsure_wrong"), rowOf("back")}}
}

func unsureOwnScreen(World, Talk) Reply {
	return Reply{Key: "unsure.own", Args: Args{}, Buttons: [][]Button{rowOf("unsure_mine"), rowOf("unsure_others"), rowOf("back")}}
}

// advice is what the answers recommend.
var advice = map[string]tiepdan.Kind{"unsure_tell": tiepdan.PhanAnh, "unsure_propose": tiepdan.KienNghi,
	"unsure_mine": tiepdan.KhieuNai, "unsure_others": tiepdan.PhanAnh, "unsure_wrong": tiepdan.ToCao}

func takeUnsure(s *step) (bool, error) {
	switch id := s.ev.Choice; id {
	case "unsure_decision":
		s.goTo("unsure_own")
	case "unsure_tell", "unsure_propose", "unsure_mine", "unsure_others", "unsure_wrong":
		s.t.Advice = advice[id]
		s.goTo("kind")
	default:
		s.showStep()
	}
	return true, nil
}

// guided: the office doesn't take this kind by chat; of a denunciation, information
// without identity only.
func guided(_ World, t Talk) bool { return t.Draft.Mode == tiepdan.Guide || t.Draft.Sealed() }

func guideScreen(w World, t Talk) Reply {
	args := officeArgs(w.Rules, true)
	args["Kind"] = string(t.Draft.Kind)
	rows := [][]Button{rowOf("book"), rowOf("unnamed_info"), rowOf("back", "menu")}
	if !t.Draft.Sealed() {
		rows = slices.Delete(rows, 1, 2) // it needs its sender's name, and so paper
	}
	return Reply{Key: "petition.guide", Args: args, Buttons: rows}
}

func takeGuide(s *step) (bool, error) {
	if s.ev.Choice != "unnamed_info" || !s.t.Draft.Sealed() {
		s.showStep()
		return true, nil
	}
	return false, nil
}

func fieldScreen(w World, t Talk) Reply {
	var bs, other []Button
	for _, f := range w.Rules.FieldsFor(t.Draft.Kind) {
		b := named("field/"+f.Code, fieldName(f, w.Language()))
		if f.Code == otherField {
			other = append(other, b)
			continue
		}
		bs = append(bs, b)
	}
	rows := append(columns(2, bs), columns(1, other)...)
	return Reply{Key: "petition.field", Args: Args{"Kind": string(t.Draft.Kind)}, Buttons: append(rows, rowOf("back"))}
}

// otherField is the code of Khác, which stands last.
const otherField = "khac"

func fieldName(f tiepdan.Field, lang tiepdan.Language) string {
	if lang == tiepdan.English && f.NameEN != "" {
		return f.NameEN
	}
	return f.Name
}

func takeField(s *step) (bool, error) {
	code, ok := choice(s.ev.Choice, "field")
	f, known := s.w.Rules.Field(code)
	if !ok || !known {
		s.showStep()
		return true, nil
	}
	before := s.t.Draft.Kind
	if err := s.t.Draft.SetField(f); err != nil {
		return true, err
	}
	if s.t.Draft.Kind != before { // corruption makes a denunciation of it: said before anything more is told
		s.settle(before)
		s.t.Draft.Field = f.Code
		s.goTo("guide")
		return true, nil
	}
	return false, nil
}

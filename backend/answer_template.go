package backend

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"tiepdan"
	"tiepdan/templates"
)

// answerTemplateGroup is the templates for one act, in their order.
type answerTemplateGroup struct {
	Do   tiepdan.Action
	Rows []tiepdan.AnswerTemplate
}

// answerTemplatesPage is what answer_templates.html shows.
type answerTemplatesPage struct {
	Kind   tiepdan.Kind // only those for it; "": all
	Kinds  []tiepdan.Kind
	Groups []answerTemplateGroup
}

func (s *Server) showAnswerTemplates(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	p := answerTemplatesPage{Kinds: tiepdan.Kinds()}
	if k := tiepdan.Kind(r.FormValue("kind")); k.Valid() {
		p.Kind = k
	}
	for _, do := range tiepdan.Templated() {
		g := answerTemplateGroup{Do: do}
		for _, t := range rules.Templates {
			if t.Do == do && (p.Kind == "" || t.IsFor(p.Kind)) {
				g.Rows = append(g.Rows, t)
			}
		}
		if len(g.Rows) > 0 {
			p.Groups = append(p.Groups, g)
		}
	}
	return s.render(w, r, "answer_templates", p)
}

// answerTemplatePage is what answer_template.html shows: one template, or a new one.
type answerTemplatePage struct {
	Template tiepdan.AnswerTemplate
	New      bool
	Form     form
	Dos      []option
	Results  []group
	Kinds    []option
	Fields   []tiepdan.TemplateField
	Versions []tiepdan.AnswerTemplateVersion
	Preview  string
	Gaps     []string // of the preview
}

// Path is where the form goes to.
func (p answerTemplatePage) Path() string {
	if p.New {
		return "/answer-templates"
	}
	return answerTemplatePath(p.Template.Key)
}

func answerTemplatePath(key string) string { return "/answer-templates/" + key }

func (s *Server) answerTemplatePage(r *http.Request, t tiepdan.AnswerTemplate, f form) (p answerTemplatePage, err error) {
	p = answerTemplatePage{Template: t, New: t.Key == "", Form: f, Fields: tiepdan.TemplateFields(), Kinds: kindOptions(s.language(r))}
	if !p.New && !t.BuiltIn() {
		if p.Versions, err = s.Store.AnswerTemplateVersions(r.Context(), t.Key); err != nil {
			return p, err
		}
	}
	lang := s.language(r)
	for _, do := range tiepdan.Templated() {
		p.Dos = append(p.Dos, option{Value: string(do), Label: plain(lang, "act."+string(do))})
	}
	for _, of := range []struct {
		label string
		kind  tiepdan.Kind
	}{{"formal", tiepdan.KhieuNai}, {"feedback", tiepdan.PhanAnh}} {
		p.Results = append(p.Results, group{Label: plain(lang, "answer_template.of_"+of.label), Options: findingOptions(of.kind, lang)})
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return p, err
	}
	shown := t
	if f.Values != nil {
		shown = readAnswerTemplate(f.Values)
	}
	p.Preview = sampleFilling(rules, shown, tiepdan.DateOf(s.Now())).Fill(shown.Body)
	p.Gaps = tiepdan.Gaps(p.Preview)
	return p, nil
}

// sampleFilling is a made-up case that has all that a template can ask for.
func sampleFilling(rules *tiepdan.Rules, t tiepdan.AnswerTemplate, today tiepdan.Date) tiepdan.Filling {
	kind := tiepdan.KhieuNai
	if len(t.Kinds) > 0 {
		kind = t.Kinds[0]
	}
	received := today.Add(-7).At(9 * 60)
	c := tiepdan.Case{Code: "TD26-0000-0000", Kind: kind, Status: tiepdan.InProgress, Person: tiepdan.Person{Name: "Người Dân Mẫu 1", Address: "Số 1, đường Mẫu"},
		Received: received, Legal: tiepdan.DateOf(received), Round: 1, Accepted: true,
		History: []tiepdan.Entry{{N: 1, Do: tiepdan.Submit, At: received, To: tiepdan.Received, Details: tiepdan.Details{Kind: kind, LegalDay: tiepdan.DateOf(received)}},
			{N: 2, Do: tiepdan.Accept, At: received, To: tiepdan.InProgress}}}
	if fs := rules.FieldsFor(kind); len(fs) > 0 {
		i := slices.IndexFunc(fs, func(f tiepdan.Field) bool { return !f.Corruption })
		c.Field = fs[max(0, i)].Code
	}
	for _, u := range rules.Units {
		if c.Unit == 0 && u.Active && !u.Ward {
			c.Unit = u.ID
		}
		if c.Place == "" && u.Active && u.Ward {
			c.Place = u.Code
		}
	}
	d := tiepdan.Details{Body: "Cơ quan Mẫu", Document: "01/TB-MẪU", Signer: "Lãnh đạo Mẫu", Until: today.Add(14)}
	if gs := tiepdan.LegalGrounds(t.Do, kind, today); len(gs) > 0 {
		d.Ground = gs[0].ID
	} else {
		d.Legal = "Luật Tiếp công dân 2013, Điều 28"
	}
	return tiepdan.Filling{Case: c, Rules: rules, Details: d, Today: today, Say: sayVietnamese}
}

// sayVietnamese words what answers say: they are in the law's language.
func sayVietnamese(key string, args any) string {
	said, err := templates.Messages(tiepdan.Vietnamese).Plain(key, args)
	if err != nil {
		return ""
	}
	return said
}

func readAnswerTemplate(v url.Values) tiepdan.AnswerTemplate {
	t := tiepdan.AnswerTemplate{Name: strings.Join(strings.Fields(tiepdan.Clean(v.Get("name"))), " "), Do: tiepdan.Action(v.Get("do")),
		Body: tiepdan.Clean(v.Get("body")), Copied: v.Get("copied")}
	if t.Do == tiepdan.Answer {
		t.Result = v.Get("result")
	}
	for _, k := range tiepdan.Kinds() {
		if slices.Contains(v["kinds"], string(k)) {
			t.Kinds = append(t.Kinds, k)
		}
	}
	return t
}

func answerTemplateValues(t tiepdan.AnswerTemplate) url.Values {
	v := filled("name", t.Name, "do", string(t.Do), "result", t.Result, "body", t.Body, "copied", t.Copied, "version", decimal(t.Version)).Values
	for _, k := range t.Kinds {
		v.Add("kinds", string(k))
	}
	return v
}

// answerTemplateAsked is the one that the address names.
func (s *Server) answerTemplateAsked(r *http.Request) (tiepdan.AnswerTemplate, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return tiepdan.AnswerTemplate{}, err
	}
	if t, ok := rules.AnswerTemplate(r.PathValue("key")); ok {
		return t, nil
	}
	return tiepdan.AnswerTemplate{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "answer_template.none"}
}

// showNewAnswerTemplate begins a new one, as a copy of the one named in the address.
func (s *Server) showNewAnswerTemplate(w http.ResponseWriter, r *http.Request) error {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	from, _ := rules.AnswerTemplate(r.FormValue("from"))
	from.Copied, from.Key = from.Key, ""
	return s.renderAnswerTemplate(w, r, from, from)
}

// showAnswerTemplate shows one; of an own one, an earlier version where that is asked for.
func (s *Server) showAnswerTemplate(w http.ResponseWriter, r *http.Request) error {
	t, err := s.answerTemplateAsked(r)
	if err != nil {
		return err
	}
	shown := t
	if n := int(number(r, "version")); n > 0 && !t.BuiltIn() {
		vs, err := s.Store.AnswerTemplateVersions(r.Context(), t.Key)
		if err != nil {
			return err
		}
		for _, v := range vs {
			if v.Version == n {
				shown = v.AnswerTemplate
			}
		}
		shown.Version = t.Version // saving it makes it the newest
	}
	return s.renderAnswerTemplate(w, r, t, shown)
}

func (s *Server) renderAnswerTemplate(w http.ResponseWriter, r *http.Request, t, shown tiepdan.AnswerTemplate) error {
	p, err := s.answerTemplatePage(r, t, form{Values: answerTemplateValues(shown)})
	if err != nil {
		return err
	}
	return s.render(w, r, "answer_template", p)
}

// saveAnswerTemplate adds an own template or changes one, if it fills without a
// fault; asked only to try it, it shows what it would say.
func (s *Server) saveAnswerTemplate(w http.ResponseWriter, r *http.Request) (err error) {
	var before tiepdan.AnswerTemplate
	if r.PathValue("key") != "" {
		if before, err = s.answerTemplateAsked(r); err != nil {
			return err
		}
	}
	if err := r.ParseForm(); err != nil {
		return err
	}
	t := readAnswerTemplate(r.PostForm)
	t.Key, t.Version = before.Key, int(number(r, "version"))
	page := func(f form) (any, error) { return s.answerTemplatePage(r, before, f) }
	if ticked(r, "try") {
		return s.tryAnswerTemplate(w, r, t, page)
	}
	if _, err = s.Store.SaveAnswerTemplate(r.Context(), who(r).Actor(), t); err != nil {
		return s.again(w, r, err, "answer_template", page)
	}
	return s.done(w, r, "answer_template.saved", "/answer-templates")
}

// tryAnswerTemplate shows what a template would say, and what is wrong with it: no
// failure, since nothing was to be kept.
func (s *Server) tryAnswerTemplate(w http.ResponseWriter, r *http.Request, t tiepdan.AnswerTemplate, page func(f form) (any, error)) error {
	f := form{Values: r.PostForm}
	if err := t.Valid(); err != nil {
		f.Said = s.explain(r, err)
	}
	p, err := page(f)
	if err != nil {
		return err
	}
	return s.render(w, r, "answer_template", p)
}

func (s *Server) moveAnswerTemplate(w http.ResponseWriter, r *http.Request) error {
	key := r.PathValue("key")
	if err := s.Store.MoveAnswerTemplate(r.Context(), who(r).Actor(), key, r.FormValue("where") == "up"); err != nil {
		return err
	}
	http.Redirect(w, r, "/answer-templates#t-"+url.PathEscape(key), http.StatusSeeOther)
	return nil
}

func (s *Server) useAnswerTemplate(w http.ResponseWriter, r *http.Request) error {
	on := ticked(r, "on")
	if err := s.Store.UseAnswerTemplate(r.Context(), who(r).Actor(), r.PathValue("key"), on); err != nil {
		return err
	}
	key := "answer_template.off_done"
	if on {
		key = "answer_template.on_done"
	}
	return s.done(w, r, key, "/answer-templates")
}

package backend

import (
	"fmt"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"tiepdan"
)

// templateRow is a paper in the list of templates, with the version in use.
type templateRow struct {
	tiepdan.PaperForm
	Now tiepdan.DocumentTemplate
}

// showTemplates lists every paper of a case and which template it is made by.
func (s *Server) showTemplates(w http.ResponseWriter, r *http.Request) error {
	now, err := s.Store.DocumentTemplates(r.Context())
	if err != nil {
		return err
	}
	var rows []templateRow
	for _, f := range s.Papers.Forms() {
		row := templateRow{PaperForm: f}
		if i := slices.IndexFunc(now, func(t tiepdan.DocumentTemplate) bool { return t.Kind == f.Kind }); i >= 0 {
			row.Now = now[i]
		}
		rows = append(rows, row)
	}
	return s.render(w, r, "document_templates", rows)
}

// templatePage is what document_template.html shows: one paper's template.
type templatePage struct {
	templateRow
	Form     form
	Versions []tiepdan.DocumentTemplate
	Used     []tiepdan.PaperField // what the built-in template uses
	More     []tiepdan.PaperField // what else there is
	Unused   []tiepdan.PaperField // what the built-in uses and the office's own doesn't
	Most     int
}

// Path is the page's address.
func (p templatePage) Path() string { return templatePath(p.Kind) }

func templatePath(kind string) string { return "/document-templates/" + kind }

func (s *Server) templatePage(r *http.Request, f tiepdan.PaperForm, filled form) (p templatePage, err error) {
	p = templatePage{templateRow: templateRow{PaperForm: f}, Form: filled, Most: maxTemplate}
	if p.Versions, err = s.Store.DocumentVersions(r.Context(), f.Kind); err != nil {
		return p, err
	}
	if len(p.Versions) > 0 {
		p.Now = p.Versions[0]
	}
	fields, err := s.Papers.FormFields(f.Kind)
	if err != nil {
		return p, err
	}
	for _, field := range fields {
		if field.Used {
			p.Used = append(p.Used, field)
		} else {
			p.More = append(p.More, field)
		}
	}
	if p.Now.Own() {
		own, err := s.Store.DocumentTemplate(r.Context(), f.Kind, p.Now.Version)
		if err != nil {
			return p, err
		}
		// One that was good when it was taken may lack what the program knows today.
		_, _, _, unused, err := s.Papers.TryTemplate(f.Kind, own.Data)
		if err != nil && p.Form.Said == "" {
			p.Form.Said = s.explain(r, err)
		}
		for _, field := range p.Used {
			if slices.Contains(unused, field.Name) {
				p.Unused = append(p.Unused, field)
			}
		}
	}
	return p, nil
}

// formAsked is the paper that the address names.
func (s *Server) formAsked(r *http.Request) (tiepdan.PaperForm, error) {
	for _, f := range s.Papers.Forms() {
		if f.Kind == r.PathValue("kind") {
			return f, nil
		}
	}
	return tiepdan.PaperForm{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
}

func (s *Server) showTemplate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.formAsked(r)
	if err != nil {
		return err
	}
	p, err := s.templatePage(r, f, form{})
	if err != nil {
		return err
	}
	return s.render(w, r, "document_template", p)
}

// maxTemplate is how large an uploaded template may be: letters are some 30 KB.
const maxTemplate = 2 << 20

// uploadTemplate takes an office's own template when it fills without a fault.
func (s *Server) uploadTemplate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.formAsked(r)
	if err != nil {
		return err
	}
	if err = s.takeTemplate(r, f.Kind); err == nil {
		return s.done(w, r, "templates.saved", templatePath(f.Kind))
	}
	return s.again(w, r, err, "document_template", func(filled form) (any, error) { return s.templatePage(r, f, filled) })
}

func (s *Server) takeTemplate(r *http.Request, kind string) error {
	sent := formFiles(r)
	if len(sent) == 0 {
		return incomplete("page.templates.no_file")
	}
	head := sent[0]
	if !strings.HasSuffix(strings.ToLower(head.Filename), ".docx") {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "template.not_word", Args: map[string]any{"What": ""}}
	}
	if head.Size > maxTemplate {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.templates.too_big", Args: map[string]any{"Most": size(maxTemplate, s.language(r))}}
	}
	file, err := head.Open()
	if err != nil {
		return err
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxTemplate))
	if err != nil {
		return err
	}
	if _, _, _, _, err := s.Papers.TryTemplate(kind, data); err != nil {
		return err
	}
	return s.Store.SaveDocumentTemplate(r.Context(), who(r).Actor(), kind, tiepdan.Clean(head.Filename), data)
}

// resetTemplate goes back to the built-in template.
func (s *Server) resetTemplate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.formAsked(r)
	if err != nil {
		return err
	}
	now, err := s.Store.DocumentTemplate(r.Context(), f.Kind, 0)
	if err != nil {
		return err
	}
	if now.Own() {
		err = s.Store.SaveDocumentTemplate(r.Context(), who(r).Actor(), f.Kind, "", nil)
	}
	if err != nil {
		return err
	}
	return s.done(w, r, "templates.reset_done", templatePath(f.Kind))
}

// version is the version of a template that the address names.
func (s *Server) version(r *http.Request) (tiepdan.DocumentTemplate, error) {
	n, err := strconv.Atoi(r.PathValue("version"))
	if err != nil || n <= 0 {
		return tiepdan.DocumentTemplate{}, &tiepdan.Error{Code: tiepdan.NotFound, Key: "template.none"}
	}
	t, err := s.Store.DocumentTemplate(r.Context(), r.PathValue("kind"), n)
	if err == nil && !t.Own() {
		err = &tiepdan.Error{Code: tiepdan.NotFound, Key: "template.none"}
	}
	return t, err
}

// reuseTemplate makes an earlier version the newest, when it still fills.
func (s *Server) reuseTemplate(w http.ResponseWriter, r *http.Request) error {
	f, err := s.formAsked(r)
	if err != nil {
		return err
	}
	t, err := s.version(r)
	if err != nil {
		return err
	}
	if _, _, _, _, err = s.Papers.TryTemplate(f.Kind, t.Data); err == nil {
		err = s.Store.SaveDocumentTemplate(r.Context(), who(r).Actor(), f.Kind, t.Name, t.Data)
	}
	if err == nil {
		return s.done(w, r, "templates.saved", templatePath(f.Kind))
	}
	return s.again(w, r, err, "document_template", func(filled form) (any, error) { return s.templatePage(r, f, filled) })
}

// sendBuiltIn sends the built-in template, to be changed in Word.
func (s *Server) sendBuiltIn(w http.ResponseWriter, r *http.Request) error {
	f, err := s.formAsked(r)
	if err != nil {
		return err
	}
	name, mime, data, err := s.Papers.FormTemplate(f.Kind)
	return send(w, name, mime, data, err)
}

// sendTried sends the template in use, filled with sample data.
func (s *Server) sendTried(w http.ResponseWriter, r *http.Request) error {
	f, err := s.formAsked(r)
	if err != nil {
		return err
	}
	t, err := s.Store.DocumentTemplate(r.Context(), f.Kind, 0)
	if err != nil && tiepdan.CodeOf(err) != tiepdan.NotFound {
		return err
	}
	name, mime, data, _, err := s.Papers.TryTemplate(f.Kind, t.Data)
	return send(w, name, mime, data, err)
}

// sendSample sends the built-in page with sample data.
func (s *Server) sendSample(w http.ResponseWriter, r *http.Request) error {
	f, err := s.formAsked(r)
	if err != nil {
		return err
	}
	name, mime, data, err := s.Papers.FormSample(f.Kind)
	return send(w, name, mime, data, err)
}

// sendVersion sends a version as it was uploaded.
func (s *Server) sendVersion(w http.ResponseWriter, r *http.Request) error {
	if _, err := s.formAsked(r); err != nil {
		return err
	}
	t, err := s.version(r)
	if err != nil {
		return err
	}
	_, mime, _, err := s.Papers.FormTemplate(t.Kind)
	return send(w, fmt.Sprintf("%d-%s", t.Version, t.Name), mime, t.Data, err)
}

package backend

import (
	"context"

	"tiepdan"
)

// Templates are the office's own Word templates of its papers, every version.
type Templates interface {
	DocumentTemplates(ctx context.Context) ([]tiepdan.DocumentTemplate, error)
	DocumentVersions(ctx context.Context, kind string) ([]tiepdan.DocumentTemplate, error)
	DocumentTemplate(ctx context.Context, kind string, version int) (tiepdan.DocumentTemplate, error)
	SaveDocumentTemplate(ctx context.Context, by tiepdan.Actor, kind, name string, data []byte) error
}

// Forms are what is known of the papers of a case, and their built-in templates.
// TryTemplate fills a template with sample data; what is wrong with it is an Invalid
// that says so. No template is the built-in one.
type Forms interface {
	Forms() []tiepdan.PaperForm
	FormFields(kind string) ([]tiepdan.PaperField, error)
	FormTemplate(kind string) (name, mime string, data []byte, err error)
	FormSample(kind string) (name, mime string, data []byte, err error)
	TryTemplate(kind string, docx []byte) (name, mime string, filled []byte, unused []string, err error)
}

package backend

import (
	"context"

	"tiepdan"
)

// AnswerTemplates changes the templates of answers; they are read with the rules.
type AnswerTemplates interface {
	SaveAnswerTemplate(ctx context.Context, by tiepdan.Actor, t tiepdan.AnswerTemplate) (key string, err error)
	UseAnswerTemplate(ctx context.Context, by tiepdan.Actor, key string, on bool) error
	MoveAnswerTemplate(ctx context.Context, by tiepdan.Actor, key string, up bool) error
	AnswerTemplateVersions(ctx context.Context, key string) ([]tiepdan.AnswerTemplateVersion, error)
}

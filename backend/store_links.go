package backend

import (
	"context"

	"tiepdan"
)

// Links is what the pages need of the books to tell which petitions belong together.
type Links interface {
	Alike(ctx context.Context, by tiepdan.Actor, c tiepdan.Case) ([]tiepdan.Alike, error)
	SameLetter(ctx context.Context, by tiepdan.Actor, c tiepdan.Case) (list []tiepdan.Alike, people int, capped bool, err error)
	Unlike(ctx context.Context, by tiepdan.Actor, id, other int64) error
	Linked(ctx context.Context, by tiepdan.Actor, c tiepdan.Case) ([]tiepdan.LinkLine, error)
	LinkCases(ctx context.Context, id int64, a tiepdan.Act) (tiepdan.Case, error)
	MatterOf(ctx context.Context, by tiepdan.Actor, id int64) (matter int64, err error)
	Matter(ctx context.Context, by tiepdan.Actor, matter int64) ([]tiepdan.MatterLine, error)
	DivideCase(ctx context.Context, id int64, a tiepdan.Act, parts []tiepdan.Part) (c tiepdan.Case, made []tiepdan.Case, err error)
}

package bot

import (
	"context"
	"fmt"

	"tiepdan"
)

// receipt is the Phiếu tiếp nhận thông tin: the code, its PIN, and by when the
// office must say whether it takes the case (Luật Tiếp công dân 2013, Điều 28).
// Its papers are there to be kept, printed and signed, so a chat app may save
// them; a denouncer's stay protected, as all of theirs.
func (e *Engine) receipt(ctx context.Context, w World, c tiepdan.Case, r Reply, args Args) (Reply, error) {
	args["PIN"], args["At"] = e.store.PIN(c.Code), c.Received
	by := tiepdan.Date{}
	if c.Sealed() {
		args["PIN"] = "" // nobody but this account may track it
	}
	for _, d := range tiepdan.Duties(c, w.Rules) {
		if d.ID == "reception.initial_notice" {
			by = d.On
		}
	}
	args["By"], args["HasBy"], args["HasBring"] = by, !by.IsZero(), false
	r.Papers = []Paper{{Kind: "receipt", Case: c.ID}, {Kind: "qr", Case: c.ID}}
	if c.Mode == tiepdan.Prepare && c.Status == tiepdan.AwaitingOriginal {
		if err := e.bringBy(ctx, w, c, by, args); err != nil {
			return r, err
		}
		r.Papers = append(r.Papers, Paper{Kind: "petition", Case: c.ID}, Paper{Kind: "petition_docx", Case: c.ID}, Paper{Kind: "checklist", Case: c.ID})
		r.Buttons = append(r.Buttons, rowOf("book"))
	}
	r.Buttons = append(r.Buttons, rowOf("mycases", "menu"))
	return r, nil
}

// bringBy says until when the signed original is to be brought: before the office must
// say whether it takes the case, and of a second complaint no later than the term that
// the law has for that, unless it is over already.
func (e *Engine) bringBy(ctx context.Context, w World, c tiepdan.Case, by tiepdan.Date, args Args) error {
	args["Bring"], args["HasBring"], args["Last"] = by, !by.IsZero(), false
	if c.Earlier == 0 {
		return nil
	}
	earlier, err := e.store.Case(ctx, c.Earlier)
	if err != nil {
		return fmt.Errorf("bot: read the case of the first round: %w", err)
	}
	next, ok := tiepdan.NextRound(earlier, w.Rules, tiepdan.DateOf(c.Received))
	if ok && !next.Late && !next.By.IsZero() && (by.IsZero() || !by.Before(next.By)) {
		args["Bring"], args["HasBring"], args["Last"] = next.By, true, true
	}
	return nil
}

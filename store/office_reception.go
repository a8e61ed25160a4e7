package store

import (
	"cmp"
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// SeedHead is a head whose unit is named by its code; none is the office itself.
type SeedHead struct {
	tiepdan.Head
	UnitCode string
}

// SeedRecurrence is a rule of the office's reception days. Its hours are a span, as
// "08:00-11:30"; its unit and those called to it are named by their codes, the head
// whose duty day it is by name. What is left out of it is as most offices have it:
// from 2026 on, at the office's own address, moved off days off to the next working day.
type SeedRecurrence struct {
	tiepdan.Recurrence
	Hours     tiepdan.Span
	UnitCode  string
	UnitCodes []string
	HeadName  string
}

// writeReception writes who receives citizens by which rules. The sessions are made
// by the first [Store.MakeSessions].
func (seed Seed) writeReception(ctx context.Context, tx pgx.Tx, units map[string]int64) error {
	heads := map[string]int64{}
	for _, h := range seed.Heads {
		unit, err := named(units, "unit", h.UnitCode)
		if err != nil {
			return err
		}
		h.ID, h.Staff, h.Unit = 0, 0, unit
		if heads[h.Name], err = writeHead(ctx, tx, h.Head); err != nil {
			return fmt.Errorf("store: the head %q: %w", h.Name, err)
		}
	}
	for _, r := range seed.Recurrences {
		rule, err := r.resolve(seed.Office, units, heads)
		if err == nil {
			_, err = writeRecurrence(ctx, tx, rule)
		}
		if err != nil {
			return fmt.Errorf("store: the rule of receptions %q: %w", r.Name, err)
		}
	}
	return nil
}

// resolve is the rule with ids for names, and with what was left out.
func (r SeedRecurrence) resolve(office tiepdan.Office, units, heads map[string]int64) (rule tiepdan.Recurrence, err error) {
	rule = r.Recurrence
	rule.ID, rule.Units = 0, nil
	if r.Hours != (tiepdan.Span{}) {
		rule.Starts, rule.Ends = r.Hours.From, r.Hours.To
	}
	rule.DayOff, rule.Place = cmp.Or(rule.DayOff, tiepdan.DayOffNext), cmp.Or(rule.Place, office.Address)
	if rule.From.IsZero() {
		rule.From = tiepdan.Date{Year: 2026, Month: 1, Day: 1}
	}
	if rule.Unit, err = named(units, "unit", r.UnitCode); err != nil {
		return rule, err
	}
	if rule.Head, err = named(heads, "head", r.HeadName); err != nil {
		return rule, err
	}
	for _, code := range r.UnitCodes {
		unit, err := named(units, "unit", code)
		if err != nil {
			return rule, err
		}
		rule.Units = append(rule.Units, unit)
	}
	return rule, nil
}

// named is the id of what the file calls so; no name is no id.
func named(ids map[string]int64, what, name string) (int64, error) {
	id, known := ids[name]
	if name != "" && !known {
		return 0, fmt.Errorf("there is no %s %q", what, name)
	}
	return id, nil
}

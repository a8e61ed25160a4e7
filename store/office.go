package store

import (
	"context"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

// Seed is what an empty database can be begun with; OFFICE_FILE holds it as JSON.
// Kinds and Holidays that are left out are the lawful ones. Units are named by
// their codes, heads by their names.
type Seed struct {
	Office      tiepdan.Office
	Units       []tiepdan.Unit
	Fields      []SeedField
	Kinds       []tiepdan.KindSetting
	Holidays    []tiepdan.Holiday
	Heads       []SeedHead
	Recurrences []SeedRecurrence
}

// SeedField is a field whose unit is named by its code.
type SeedField struct {
	tiepdan.Field
	UnitCode string
}

// SeedOffice fills a database that has no office yet; one that has is left as it is.
func (s *Store) SeedOffice(ctx context.Context, seed Seed) error {
	if o := &seed.Office; o.AssignDays+o.TakeDays+o.DirectDays == 0 {
		o.AssignDays, o.TakeDays, o.DirectDays = tiepdan.AssignDays, tiepdan.TakeDays, tiepdan.DirectDays
	}
	if seed.Kinds == nil {
		seed.Kinds = tiepdan.DefaultKinds()
	}
	if seed.Holidays == nil {
		seed.Holidays = tiepdan.SeedHolidays()
	}
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		var empty bool
		err := tx.QueryRow(ctx, `WITH one AS MATERIALIZED (SELECT version FROM settings_version FOR UPDATE)
			SELECT NOT EXISTS (SELECT FROM office) FROM one`).Scan(&empty)
		if err != nil || !empty {
			return err
		}
		if err := seed.write(ctx, tx); err != nil {
			return err
		}
		if _, err := tx.Exec(ctx, `UPDATE settings_version SET version = version + 1`); err != nil {
			return err
		}
		return audit(ctx, tx, s.now(), tiepdan.Actor{Role: tiepdan.System}, "seed_office", onOffice, 1,
			facts{"units": len(seed.Units), "fields": len(seed.Fields), "holidays": len(seed.Holidays),
				"heads": len(seed.Heads), "recurrences": len(seed.Recurrences)})
	})
	s.rules.forget()
	return broken(err, "seed office")
}

func (seed Seed) write(ctx context.Context, tx pgx.Tx) error {
	if err := writeOffice(ctx, tx, seed.Office); err != nil {
		return err
	}
	units := map[string]int64{}
	for _, u := range seed.Units {
		u.ID = 0
		id, err := writeUnit(ctx, tx, u)
		if err != nil {
			return err
		}
		units[u.Code] = id
	}
	for _, f := range seed.Fields {
		f.Unit = units[f.UnitCode]
		if err := writeField(ctx, tx, f.Field); err != nil {
			return err
		}
	}
	for _, k := range seed.Kinds {
		if err := writeKind(ctx, tx, k); err != nil {
			return err
		}
	}
	for _, h := range seed.Holidays {
		if err := writeHoliday(ctx, tx, h); err != nil {
			return err
		}
	}
	return seed.writeReception(ctx, tx, units)
}

// SaveOffice writes the office's own settings. Whether Saturdays are worked moves
// due days and drafts of sessions as a holiday does.
func (s *Store) SaveOffice(ctx context.Context, by tiepdan.Actor, o tiepdan.Office) error {
	before, err := s.Rules(ctx)
	if err != nil {
		return err
	}
	if err := o.Hours.Valid(); err != nil {
		return err
	}
	err = s.change(ctx, by, "save_office", onOffice, func(tx pgx.Tx) (int64, facts, error) {
		return 1, facts{"privacy_version": o.PrivacyVersion, "saturday_work": o.SaturdayWork}, writeOffice(ctx, tx, o)
	})
	was := before.Office
	switch {
	case err != nil:
	case was.SaturdayWork != o.SaturdayWork:
		_, err = s.newCalendar(ctx, by)
	case was.AssignDays != o.AssignDays || was.TakeDays != o.TakeDays || was.DirectDays != o.DirectDays:
		_, err = s.RecomputeDues(ctx, by)
	}
	return err
}

func writeOffice(ctx context.Context, tx pgx.Tx, o tiepdan.Office) error {
	_, err := tx.Exec(ctx, `INSERT INTO office (name, parent, address, place, phone, email, website, rules, privacy_contact,
			privacy_version, hours, saturday_work, sample, reopen_days, assign_days, take_days, direct_days, quiet, close_days)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
		ON CONFLICT (one) DO UPDATE SET (name, parent, address, place, phone, email, website, rules, privacy_contact,
			privacy_version, hours, saturday_work, sample, reopen_days, assign_days, take_days, direct_days, quiet, close_days) = (excluded.name, excluded.parent, excluded.address, excluded.place,
			excluded.phone, excluded.email, excluded.website, excluded.rules, excluded.privacy_contact,
			excluded.privacy_version, excluded.hours, excluded.saturday_work, excluded.sample, excluded.reopen_days,
			excluded.assign_days, excluded.take_days, excluded.direct_days, excluded.quiet, excluded.close_days)`,
		o.Name, o.Parent, o.Address, o.Place, o.Phone, o.Email, o.Website, o.Rules, o.PrivacyContact,
		o.PrivacyVersion, o.Hours, o.SaturdayWork, o.Sample, o.ReopenDays, o.AssignDays, o.TakeDays, o.DirectDays, o.Quiet, o.CloseDays)
	return err
}

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"tiepdan"
	"tiepdan/internal/plenty"
	"tiepdan/store"
)

// seed fills the database that the environment names with sample cases. Its office
// must be a sample, or there must be none yet: then it makes the sample office.
func seed(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("seed", flag.ContinueOnError)
	flags.SetOutput(out)
	cases := flags.Int("cases", 1000, "how many")
	number := flags.Int64("seed", 1, "what they are drawn by: the same number makes the same cases")
	day := flags.String("date", "", "the day before which all of them happened, as 2026-11-29; today when empty")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return fmt.Errorf("%w: %w", errUsage, err)
	}
	want := store.SampleSeed{Seed: *number, Cases: *cases, Apart: *cases >= manySamples}
	if *day != "" {
		on, err := tiepdan.ParseDate(*day)
		if err != nil {
			return fmt.Errorf("%w: %q is no date", errUsage, *day)
		}
		want.On = on
	}
	if *cases < 1 || *cases > mostSamples || flags.NArg() > 0 {
		return fmt.Errorf("%w: between 1 and %d cases", errUsage, mostSamples)
	}
	c, err := readStore(os.LookupEnv)
	if err != nil {
		return err
	}
	if c.Migrate {
		if _, err := store.Migrate(ctx, c.Database); err != nil {
			return fmt.Errorf("DATABASE_URL: is Postgres there, and may we write? %w", err)
		}
	}
	return onStore(ctx, c, func(s *store.Store) error {
		_, err := fillSample(ctx, s, want, os.Stderr, out)
		return err
	})
}

// mostSamples is the most that one seed makes: the ids of a table, with room.
const mostSamples = 20_000_000

// manySamples is from where indexes are made afterwards.
const manySamples = 20_000

// fillSample makes the sample office if there is none, its people, and the cases.
func fillSample(ctx context.Context, s *store.Store, want store.SampleSeed, progress, out io.Writer) (store.SampleSeed, error) {
	sample, err := readSample()
	if err != nil {
		return want, err
	}
	if err := s.SeedOffice(ctx, sample.office); err != nil {
		return want, err
	}
	had, err := s.BeginSeed(ctx, want)
	if err != nil {
		return had, err
	}
	w, err := sampleWorld(ctx, s, had)
	if err != nil {
		return had, err
	}
	fmt.Fprintf(out, "seed %d: %d cases of %d years until %s, %d there already\n", had.Seed, had.Cases, plenty.Years, had.On, had.Done)
	begun := time.Now()
	told := &telling{out: progress, from: begun, had: had.Done, all: had.Cases}
	if err := s.FillSeed(ctx, had, w, told.at); err != nil {
		return had, err
	}
	took := time.Since(begun)
	fmt.Fprintf(out, "%d cases made in %s, indexes and all: %.0f a second\n", had.Cases-had.Done, took.Round(time.Second/10), perSecond(had.Cases-had.Done, took))
	return had, nil
}

// sampleWorld is the office with all the people whom the cases need.
func sampleWorld(ctx context.Context, s *store.Store, had store.SampleSeed) (*plenty.World, error) {
	rules, err := s.Rules(ctx)
	if err != nil {
		return nil, err
	}
	var staff []tiepdan.Staff
	for _, p := range plenty.Staff(rules.Units) {
		found, _, err := s.StaffByLogin(ctx, p.Login)
		if tiepdan.CodeOf(err) == tiepdan.NotFound {
			found = p
			found.ID, err = s.SaveStaff(ctx, nobody, p)
		}
		if err != nil {
			return nil, fmt.Errorf("sample person %s: %w", p.Login, err)
		}
		staff = append(staff, found)
	}
	return plenty.NewWorld(uint64(had.Seed), had.Cases, had.On, had.First, rules, staff)
}

// telling says now and then how far it is.
type telling struct {
	sync.Mutex
	out  io.Writer
	from time.Time
	last time.Time
	had  int
	all  int
}

func (t *telling) at(done int) {
	t.Lock()
	defer t.Unlock()
	if done < t.all && time.Since(t.last) < 2*time.Second {
		return
	}
	t.last = time.Now()
	line := fmt.Sprintf("%d of %d cases, %.0f a second", done, t.all, perSecond(done-t.had, time.Since(t.from)))
	if done == t.all {
		line += "; now the indexes"
	}
	fmt.Fprintln(t.out, strings.TrimSpace(line))
}

package tiepdan

import (
	"slices"
	"testing"
)

func TestTheLunarYear(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ tet, gioTo string }{
		{"1985-01-21", "1985-04-29"}, // a month before China's
		{"2007-02-17", "2007-04-26"}, // a day before China's
		{"2024-02-10", "2024-04-18"},
		{"2025-01-29", "2025-04-07"},
		{"2026-02-17", "2026-04-26"},
		{"2027-02-06", "2027-04-16"},
		{"2028-01-26", "2028-04-04"},
		{"2029-02-13", "2029-04-23"},
		{"2030-02-02", "2030-04-12"}, // a day before China's
	} {
		year := day(t, c.tet).Year
		if got := Tet(year).String(); got != c.tet {
			t.Errorf("Tết %d is %s, got %s", year, c.tet, got)
		}
		if got := GioTo(year).String(); got != c.gioTo {
			t.Errorf("Giỗ Tổ %d is %s, got %s", year, c.gioTo, got)
		}
	}
}

func TestChinaReckonsDifferently(t *testing.T) {
	t.Parallel()
	for year, want := range map[int]string{1985: "1985-02-20", 2007: "2007-02-18", 2026: "2026-02-17", 2030: "2030-02-03"} {
		if got := lunarDay(year, 1, 1, 8).String(); got != want {
			t.Errorf("China's new year %d is %s, got %s", year, want, got)
		}
	}
	for _, year := range []int{2037, 2038} {
		if GioTo(year) == lunarDay(year, 3, 10, 8) {
			t.Errorf("in %d the third month begins on different days", year)
		}
	}
}

func TestLeapMonths(t *testing.T) {
	t.Parallel()
	for year, month := range map[int]int{2023: 2, 2025: 6, 2028: 5, 2031: 3, 2033: 11, 2036: 6} {
		// A leap month makes the way from its month to the next one two moons long.
		next := lunarDay(year, month%12+1, 1, vietnamZone)
		if got := lunarDay(year, month, 1, vietnamZone).DaysUntil(next); got < 59 || got > 60 {
			t.Errorf("month %d of %d and its leap month take %d days", month, year, got)
		}
	}
}

func TestProposalsAreWhatWasAnnounced(t *testing.T) {
	t.Parallel()
	for _, year := range []int{2025, 2026} {
		var announced, proposed []Date
		for _, h := range SeedHolidays() {
			if h.On.Year == year && (h.Kind == DayHoliday || h.Kind == DayMakeup) {
				announced = append(announced, h.On)
			}
		}
		for _, h := range ProposeHolidays(year) {
			proposed = append(proposed, h.On)
		}
		if !slices.Equal(announced, proposed) {
			t.Errorf("%d:\nannounced %v\nproposed  %v", year, announced, proposed)
		}
	}
}

func TestTheSeedIsTheProposalUntilTheNoticeComes(t *testing.T) {
	t.Parallel()
	for year := 2027; year <= 2030; year++ {
		var seed []Holiday
		for _, h := range SeedHolidays() {
			if h.On.Year == year {
				seed = append(seed, h)
			}
		}
		if proposed := ProposeHolidays(year); !slices.Equal(seed, proposed) {
			t.Errorf("%d:\nseed     %v\nproposed %v", year, seed, proposed)
		}
	}
}

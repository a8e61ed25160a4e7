package jobs_test

import (
	"testing"

	"tiepdan"
)

func TestTheYearIsMadeOnceADayThoughTwoProcessesWork(t *testing.T) {
	t.Parallel()
	o := open(t, workday.At(15*60))
	_, err := o.SaveRecurrence(t.Context(), system, tiepdan.Recurrence{Name: "Định kỳ mẫu", RRule: "FREQ=MONTHLY;BYMONTHDAY=1,16", From: workday,
		DayOff: tiepdan.DayOffNext, Kind: tiepdan.Periodic, Starts: 8 * 60, Ends: 11 * 60, Place: "Trụ sở mẫu", Active: true})
	if err != nil {
		t.Fatal(err)
	}
	const sessions = `SELECT count(*) FROM reception_sessions`
	want := o.count(t, sessions)
	if _, err := o.Pool().Exec(t.Context(), `DELETE FROM reception_sessions`); err != nil {
		t.Fatal(err)
	}
	_, stop := o.run(t, &shelf{})
	o.run(t, &shelf{})
	await(t, "the year is made", func() bool { return o.done(t, "make_sessions") == 1 })
	stop()
	_, stopThird := o.run(t, &shelf{}) // who leads anew asks for the day's making again
	await(t, "the hourly cleaning is done", func() bool { return o.done(t, "clean") >= 1 })
	stopThird()
	if n := o.count(t, sessions); n != want || n == 0 || o.done(t, "make_sessions") != 1 {
		t.Errorf("%d sessions, not %d", n, want)
	}
}

package jobs_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
	"tiepdan/templates"
)

// late is an office with a direction that fell due two days before now, and whose
// leader hears of it.
func late(t *testing.T, now time.Time) office {
	t.Helper()
	o := open(t, now)
	leader := o.joined(t, 1, tiepdan.Leader, 0)
	due := tiepdan.DateOf(now).Add(-2)
	_, err := o.IssueDirective(t.Context(), leader.Actor(), tiepdan.Directive{Unit: storetest.Unit(t, o.Store, "MT"), Task: "Việc mẫu.", Due: due}, due.At(8*60))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

const countEscalations = `SELECT count(*) FROM outbox WHERE reply->'args'->>'Key' = 'directive.escalate'`

func TestAnOverdueDirectionIsEscalatedOnceThoughTwoProcessesWork(t *testing.T) {
	t.Parallel()
	for name, minutes := range map[string]int{"in the morning": 8*60 + 1, "a little early": 8*60 - 1, "after noon": 14*60 + 1} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := late(t, workday.At(minutes).Add(time.Second))
			o.run(t, &shelf{})
			o.run(t, &shelf{})
			await(t, "the job is done", func() bool { return o.done(t, "escalate") == 1 })
			await(t, "the hourly cleaning is done", func() bool { return o.done(t, "clean") >= 1 })
			if n := o.count(t, countEscalations); n != 1 {
				t.Errorf("the leader has %d messages", n)
			}
			if n := o.count(t, `SELECT count(*) FROM river_job WHERE kind = 'escalate'`); n != 1 {
				t.Errorf("it was asked for %d times", n)
			}
		})
	}
}

func TestNothingIsEscalatedOnADayOff(t *testing.T) {
	t.Parallel()
	o := late(t, tiepdan.Date{Year: 2026, Month: 11, Day: 7}.At(9*60)) // a Saturday
	o.run(t, &shelf{})
	await(t, "the job is done", func() bool { return o.done(t, "escalate") == 1 })
	if n := o.count(t, countEscalations); n != 0 {
		t.Errorf("%d messages", n)
	}
}

func TestNothingIsEscalatedInTheEvening(t *testing.T) {
	t.Parallel()
	for _, minutes := range []int{7 * 60, 17 * 60} {
		o := late(t, workday.At(minutes))
		o.run(t, &shelf{})
		await(t, "the hourly cleaning is done", func() bool { return o.done(t, "clean") == 1 })
		if n := o.count(t, `SELECT count(*) FROM river_job WHERE kind = 'escalate'`); n != 0 {
			t.Errorf("at %d it was asked for", minutes)
		}
	}
}

func TestTheMorningSaysDirectionsAndDuty(t *testing.T) {
	t.Parallel()
	o := late(t, workday.At(8*60))
	desk := o.joined(t, 2, tiepdan.Receptionist, 0)
	err := o.SaveRoster(t.Context(), system, workday, workday.Add(1), []tiepdan.OnDuty{{On: workday, Shift: tiepdan.WholeDay, Staff: desk.ID}})
	if err != nil {
		t.Fatal(err)
	}
	o.run(t, &shelf{})
	await(t, "the digests wait", func() bool { return o.count(t, countDigests) == 2 })
	for role, want := range map[tiepdan.Role][]string{tiepdan.Leader: {"Chỉ đạo quá hạn: <b>1</b>"}, tiepdan.Receptionist: {"trực tiếp công dân"}} {
		var stored struct {
			Args    map[string]any
			Buttons [][]struct{ ID, Key string }
		}
		var text []byte
		if err := o.Pool().QueryRow(t.Context(), `SELECT reply FROM outbox WHERE dedupe LIKE 'digest:%' AND reply->'args'->>'Role' = $1`, role).Scan(&text); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &stored); err != nil {
			t.Fatal(err)
		}
		said, err := templates.Texts{}.Say(tiepdan.Vietnamese, "digest.morning", stored.Args)
		if err != nil {
			t.Fatal(err)
		}
		for _, w := range want {
			if !strings.Contains(said, w) {
				t.Errorf("the %s is told %q, without %q", role, said, w)
			}
		}
		if directs := stored.Buttons[0][0].ID == "orders"; directs != (role == tiepdan.Leader) {
			t.Errorf("the %s has the buttons %v", role, stored.Buttons)
		}
	}
}

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

var (
	system  = tiepdan.Actor{Role: tiepdan.System}
	workday = tiepdan.Date{Year: 2026, Month: 11, Day: 4} // a Wednesday
)

// joined adds a member of staff with a chat account.
func (o office) joined(t *testing.T, n int, role tiepdan.Role, unit int64) tiepdan.Staff {
	t.Helper()
	st := storetest.Staff(t, o.Store, role, unit, false)
	token, err := o.Invite(t.Context(), system, st.ID, o.now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := o.Join(t.Context(), token, storetest.Peer(n), o.now()); err != nil {
		t.Fatal(err)
	}
	waiting, err := o.PendingJoins(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range waiting {
		if err := o.ConfirmJoin(t.Context(), system, p.ID, true, o.now()); err != nil {
			t.Fatal(err)
		}
	}
	return st
}

// busy is an office with one case that an officer has to take, and with a board
// head who has nothing.
func busy(t *testing.T, now time.Time) (o office, officer tiepdan.Staff) {
	t.Helper()
	o = open(t, now)
	unit := storetest.Unit(t, o.Store, "MT")
	officer = o.joined(t, 1, tiepdan.Officer, unit)
	o.joined(t, 2, tiepdan.BoardHead, 0)
	desk := storetest.Staff(t, o.Store, tiepdan.Receptionist, 0, false)
	c := storetest.File(t, o.Store, storetest.Petition(tiepdan.PhanAnh, "Rác chưa được dọn ở ngõ mẫu."), storetest.Filing(storetest.Peer(9), now.Add(-time.Hour)))
	_, _, err := o.UpdateCase(t.Context(), c.ID, tiepdan.Act{Do: tiepdan.Assign, By: desk.Actor(), At: now,
		Details: tiepdan.Details{Unit: unit, Officer: officer.ID}}.Apply)
	if err != nil {
		t.Fatal(err)
	}
	return o, officer
}

const countDigests = `SELECT count(*) FROM outbox WHERE dedupe LIKE 'digest:%'`

func TestDigestArrivesOnceThoughTwoProcessesWork(t *testing.T) {
	t.Parallel()
	o, officer := busy(t, workday.At(7*60+31))
	_, stop := o.run(t, &shelf{})
	o.run(t, &shelf{})
	await(t, "the digest is done", func() bool { return o.done(t, "digest") == 1 })
	stop()
	_, stopThird := o.run(t, &shelf{}) // who leads anew asks for the day's digest again
	await(t, "the hourly cleaning is done", func() bool { return o.done(t, "clean") >= 1 })
	stopThird()
	if n := o.count(t, countDigests); n != 1 {
		t.Fatalf("%d digests wait, not 1: of two people one has something before them", n)
	}
	var text []byte
	err := o.Pool().QueryRow(t.Context(), `SELECT reply FROM outbox WHERE dedupe = 'digest:2026-11-04:' || $1::bigint AND staff_id = $1 AND state = 'queued'`, officer.ID).Scan(&text)
	if err != nil {
		t.Fatal(err)
	}
	saysWhatIsNew(t, text)
}

// saysWhatIsNew reads a digest as the bot does: its arguments are a map by then.
func saysWhatIsNew(t *testing.T, stored []byte) {
	t.Helper()
	var r struct {
		Key     string
		Args    any
		Buttons [][]struct {
			ID, Key string
			Args    any
		}
	}
	if err := json.Unmarshal(stored, &r); err != nil {
		t.Fatal(err)
	}
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		text, err := templates.Texts{}.Say(lang, r.Key, r.Args)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(text, "📥") || !strings.Contains(text, ": <b>1</b>") || strings.Contains(text, "🔴") || strings.Contains(text, "📅") || !strings.Contains(text, "04/11/2026") {
			t.Errorf("in %s the digest says %q", lang, text)
		}
		for _, row := range r.Buttons {
			for _, b := range row {
				if label, err := (templates.Texts{}).Plain(lang, b.Key, b.Args); err != nil || label == "" {
					t.Errorf("the button %s has no label in %s: %v", b.ID, lang, err)
				}
			}
		}
	}
	last := r.Buttons[len(r.Buttons)-1]
	if r.Buttons[0][0].ID != "list/new" || last[0].ID != "list/mine" {
		t.Errorf("buttons: %v", r.Buttons)
	}
}

func TestNoDigestOnDaysOff(t *testing.T) {
	t.Parallel()
	for _, day := range []tiepdan.Date{
		{Year: 2026, Month: 9, Day: 2},  // Quốc khánh, a Wednesday
		{Year: 2026, Month: 11, Day: 7}, // a Saturday
	} {
		t.Run(day.String(), func(t *testing.T) {
			t.Parallel()
			o, _ := busy(t, day.At(8*60))
			o.run(t, &shelf{})
			await(t, "the job is done", func() bool { return o.done(t, "digest") == 1 })
			if n := o.count(t, countDigests); n != 0 {
				t.Errorf("%d digests on a day off", n)
			}
		})
	}
}

func TestNoDigestOutsideTheMorning(t *testing.T) {
	t.Parallel()
	for name, minutes := range map[string]int{"before half past seven": 7*60 + 15, "in the afternoon": 13 * 60} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, _ := busy(t, workday.At(minutes))
			o.run(t, &shelf{})
			await(t, "the hourly cleaning is done", func() bool { return o.done(t, "clean") == 1 })
			if n := o.count(t, `SELECT count(*) FROM river_job WHERE kind = 'digest'`) + o.count(t, countDigests); n != 0 {
				t.Error("a digest was asked for")
			}
		})
	}
}

func TestMorningOfSessions(t *testing.T) {
	t.Parallel()
	o := open(t, workday.At(8*60))
	o.joined(t, 1, tiepdan.Leader, 0)
	for hour, status := range map[int]tiepdan.SessionStatus{8: tiepdan.SessionPublished, 14: tiepdan.SessionCancelled} {
		_, err := o.AddSession(t.Context(), system, tiepdan.Session{Starts: workday.At(hour * 60), Ends: workday.At(hour*60 + 210),
			Place: "Phòng tiếp dân Mẫu", Presides: "Cán bộ Mẫu 2", Status: status, Published: workday.Time()})
		if err != nil {
			t.Fatal(err)
		}
	}
	o.run(t, &shelf{})
	await(t, "the digest waits", func() bool { return o.count(t, countDigests) == 1 })
	var args map[string]any
	if err := o.Pool().QueryRow(t.Context(), `SELECT reply->'args' FROM outbox WHERE dedupe LIKE 'digest:%'`).Scan(&args); err != nil {
		t.Fatal(err)
	}
	text, err := templates.Texts{}.Say(tiepdan.Vietnamese, "digest.morning", args)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text, "08:00–11:30, Phòng tiếp dân Mẫu") || !strings.Contains(text, "Cán bộ Mẫu 2") || strings.Contains(text, "14:00") {
		t.Errorf("the digest says %q", text)
	}
}

// Who helps hears in the morning of what they were to have given, with the list of it.
func TestTheMorningSaysWhatHelpIsLate(t *testing.T) {
	t.Parallel()
	o := open(t, workday.At(8*60))
	helper := o.joined(t, 1, tiepdan.UnitHead, storetest.Unit(t, o.Store, "XD"))
	board := tiepdan.Actor{Role: tiepdan.BoardHead, Cleared: true}
	before := workday.Add(-9).At(8 * 60)
	c := storetest.File(t, o.Store, storetest.Petition(tiepdan.PhanAnh, "Cây đổ ở ngõ mẫu."), storetest.Filing(storetest.Peer(9), before))
	for _, a := range []tiepdan.Act{{Do: tiepdan.Assign, By: board, At: before, Details: tiepdan.Details{Unit: storetest.Unit(t, o.Store, "MT")}},
		{Do: tiepdan.Involve, By: board, At: before, Text: "Đo đạc.", Details: tiepdan.Details{Unit: helper.Unit, Until: workday.Add(-1)}}} {
		if _, _, err := o.UpdateCase(t.Context(), c.ID, a.Apply); err != nil {
			t.Fatal(err)
		}
	}
	o.run(t, &shelf{})
	await(t, "the digest waits", func() bool { return o.count(t, countDigests) == 1 })
	var stored struct {
		Args    map[string]any
		Buttons [][]struct{ ID string }
	}
	var reply []byte
	if err := o.Pool().QueryRow(t.Context(), `SELECT reply FROM outbox WHERE dedupe LIKE 'digest:%'`).Scan(&reply); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(reply, &stored); err != nil {
		t.Fatal(err)
	}
	if text := morningSays(t, stored.Args); !strings.Contains(text, "Việc phối hợp chưa xong: <b>1</b>, quá hạn <b>1</b>") || strings.Contains(text, "công khai") {
		t.Errorf("the digest says %q", text)
	}
	if stored.Buttons[0][0].ID != "list/late" {
		t.Errorf("its buttons are %v", stored.Buttons)
	}
	stored.Args["RemainLate"], stored.Args["RemainSoon"] = 1, 2
	if text := morningSays(t, stored.Args); !strings.Contains(text, "Chờ gửi, chờ công khai: quá hạn <b>1</b>, sắp đến hạn <b>2</b>") {
		t.Errorf("the digest says %q", text)
	}
}

func morningSays(t *testing.T, args map[string]any) string {
	t.Helper()
	text, err := templates.Texts{}.Say(tiepdan.Vietnamese, "digest.morning", args)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

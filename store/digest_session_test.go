package store_test

import (
	"testing"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestTheMorningTellsOfSessionsThatAreTheirs(t *testing.T) {
	t.Parallel()
	p := openPlanned(t)
	p.set(digestDay.At(8 * 60))
	xd, mt := storetest.Unit(t, p.Store, "XD"), storetest.Unit(t, p.Store, "MT")
	reachable(t, p.Store, 1, storetest.Staff(t, p.Store, tiepdan.Leader, 0, false))
	reachable(t, p.Store, 2, storetest.Staff(t, p.Store, tiepdan.UnitHead, xd, false))
	reachable(t, p.Store, 3, storetest.Staff(t, p.Store, tiepdan.UnitHead, mt, false))
	today := func(place string, change func(*tiepdan.Session)) {
		d := tiepdan.Session{Status: tiepdan.SessionConfirmed, Starts: digestDay.At(8 * 60), Ends: digestDay.At(9 * 60), Place: place}
		change(&d)
		_, err := p.AddSession(t.Context(), system, d)
		p.must(err)
	}
	today("cơ quan", func(*tiepdan.Session) {})
	today("đơn vị", func(d *tiepdan.Session) { d.Unit = xd })
	today("được gọi", func(d *tiepdan.Session) { d.Unit, d.Units = mt, []int64{xd} })
	today("nháp", func(d *tiepdan.Session) { d.Status = tiepdan.SessionDraft })
	today("hủy", func(d *tiepdan.Session) { d.Status = tiepdan.SessionCancelled })
	got, err := p.Digests(t.Context(), digestDay)
	p.must(err)
	want := map[int64]string{0: "cơ quan, đơn vị, được gọi, ", xd: "cơ quan, đơn vị, được gọi, ", mt: "cơ quan, được gọi, "}
	for _, d := range got {
		said := ""
		for _, at := range d.Sessions {
			said += at.Place + ", "
		}
		if said != want[d.Unit] {
			t.Errorf("unit %d hears of %s", d.Unit, said)
		}
	}
	if len(got) != len(want) {
		t.Errorf("%d digests", len(got))
	}
}

package backend_test

import (
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"golang.org/x/net/html"

	"tiepdan"
	"tiepdan/store/storetest"
)

// aftermath is a site on the day after a session that was held: two citizens came by
// chat, one without, and one who denounced.
type aftermath struct {
	*site
	clock   *atomic.Int64
	day     tiepdan.Date
	session tiepdan.Session
	desk    *person // cleared for nothing
	board   *person
	leader  *person // cleared
	head    *person // of MT
	officer *person // of MT
	other   *person // head of XD
}

// secretWords are the words of what the denouncer said and of how it was handled.
var secretWords = []string{"phong bì mẫu", "xác minh kín mẫu"}

func newAftermath(t *testing.T) *aftermath {
	t.Helper()
	o := &aftermath{clock: &atomic.Int64{}, day: tiepdan.Date{Year: 2026, Month: time.November, Day: 4}}
	o.set(o.day.Add(-1).At(9 * 60))
	now := func() time.Time { return time.UnixMicro(o.clock.Load()) }
	o.site = newSiteAt(t, now, storetest.WithNow(now))
	o.desk, o.board = o.staff(tiepdan.Receptionist, "", false), o.staff(tiepdan.BoardHead, "", false)
	o.leader = o.staff(tiepdan.Leader, "", true)
	o.head, o.officer, o.other = o.staff(tiepdan.UnitHead, "MT", false), o.staff(tiepdan.Officer, "MT", false), o.staff(tiepdan.UnitHead, "XD", false)
	o.hold()
	o.set(o.day.At(15 * 60))
	return o
}

func (o *aftermath) set(at time.Time) { o.clock.Store(at.UnixMicro()) }

// hold announces a session, lets citizens book, and receives them.
func (o *aftermath) hold() {
	o.t.Helper()
	id, err := o.store.AddSession(o.t.Context(), o.board.Actor(), tiepdan.Session{Kind: tiepdan.Periodic, Status: tiepdan.SessionPublished, Starts: o.day.At(8 * 60),
		Ends: o.day.At(11*60 + 30), Place: "Phòng tiếp dân Mẫu", Presides: "Lãnh đạo Mẫu 1", Places: 10, Units: []int64{o.head.Unit, o.other.Unit}})
	o.must(err)
	var visits []int64
	for i := range 2 {
		v, err := o.store.Book(o.t.Context(), tiepdan.Booking{Session: id, Ref: "v" + string(rune('0'+i)), Name: citizen(i + 1), Peer: storetest.Peer(31 + i)})
		o.must(err)
		visits = append(visits, v.ID)
	}
	o.set(o.day.At(8 * 60))
	o.stand(id, tiepdan.SessionOpen)
	for i, e := range []tiepdan.Reception{
		{Appointment: visits[0], Person: tiepdan.Person{Name: citizen(1)}, Kind: tiepdan.PhanAnh, Field: "moi_truong", Content: "Rác ở ngõ mẫu một.", Result: tiepdan.ResultPromised, AnswerBy: o.day.Add(7), Handling: "Hẹn trả lời."},
		{Appointment: visits[1], Person: tiepdan.Person{Name: citizen(2)}, Kind: tiepdan.KienNghi, Field: "dat_dai", Content: "Đường hỏng ở ngõ mẫu hai.", Result: tiepdan.ResultGuided, Handling: "Đã hướng dẫn."},
		{Person: tiepdan.Person{Name: citizen(3)}, People: 6, Spokesmen: []string{citizen(3)}, Kind: tiepdan.PhanAnh, Field: "dat_dai", Content: "Đèn tắt ở ngõ mẫu ba.", Result: tiepdan.ResultSettled, Handling: "Đã xong."},
		{Kind: tiepdan.ToCao, Content: "Nhận phong bì mẫu.", Result: tiepdan.ResultGuided, Handling: "Chuyển xác minh kín mẫu."},
	} {
		e.Session, e.Ref = id, "e"+string(rune('0'+i))
		_, err := o.store.WriteReception(o.t.Context(), o.leader.Actor(), e)
		o.must(err)
	}
	o.set(o.day.At(11*60 + 30))
	o.stand(id, tiepdan.SessionHeld)
}

func citizen(n int) string { return "Người Dân Mẫu " + string(rune('0'+n)) }

func (o *aftermath) stand(id int64, status tiepdan.SessionStatus) {
	o.t.Helper()
	d, err := o.store.ChangeSession(o.t.Context(), o.board.Actor(), id, func(d tiepdan.Session) (tiepdan.Session, error) {
		d.Status, d.Receiver = status, "Lãnh đạo Mẫu 1"
		return d, nil
	})
	o.must(err)
	o.session = d
}

func (o *aftermath) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o *aftermath) conclusion() string { return "/sessions/" + id(o.session.ID) + "/conclusion" }

// typed is what stands in a form, as a browser would send it.
func (p page) typed(selector string) url.Values {
	v := url.Values{}
	for _, f := range p.all(selector) {
		for n := range f.Descendants() {
			name := value(n, "name")
			if n.Type != html.ElementNode || name == "" {
				continue
			}
			switch {
			case n.Data == "input" && value(n, "type") != "checkbox":
				v.Set(name, value(n, "value"))
			case n.Data == "textarea":
				v.Set(name, page{n}.words())
			case n.Data == "select":
				v.Set(name, page{n}.value("option[selected]", "value"))
			}
		}
	}
	return v
}

// words is the text of the element itself.
func (p page) words() string {
	var b strings.Builder
	for n := range p.root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		}
	}
	return b.String()
}

// sends posts what stands in a form with some of it changed.
func (p *person) sends(path string, v url.Values, change ...string) answer {
	p.s.t.Helper()
	var pairs []string
	for i := 0; i+1 < len(change); i += 2 {
		v.Set(change[i], change[i+1])
	}
	for name := range v {
		pairs = append(pairs, name, v.Get(name))
	}
	return p.post(path, pairs...)
}

// tells fails for each word that an answer must not hold.
func (a answer) tells(t *testing.T, where string, words ...string) {
	t.Helper()
	for _, w := range words {
		if strings.Contains(a.body, w) {
			t.Errorf("%s tells %q", where, w)
		}
	}
}

package store_test

import (
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
	"tiepdan/store/storetest"
)

// after is an office whose session was held: two citizens came who had booked by
// chat, one without a chat, and one who denounced and had booked by chat, too.
type after struct {
	*store.Store
	t       *testing.T
	dsn     string
	key     []byte
	clock   atomic.Int64
	mt, xd  int64
	desk    tiepdan.Staff // cleared for nothing
	board   tiepdan.Staff
	leader  tiepdan.Staff // cleared
	head    tiepdan.Staff // of mt
	other   tiepdan.Staff // … of xd
	officer tiepdan.Staff // of mt
	session int64
	said    []tiepdan.Reception // in the order of above
	visits  []int64             // the appointments of those who had one
}

// afterDay is a Wednesday, and in no year that another test's clock says.
var afterDay = digestDay

func openAfter(t *testing.T) *after {
	t.Helper()
	o := &after{t: t, dsn: storetest.Database(t), key: storetest.Key()}
	o.set(afterDay.Add(-1).At(9 * 60))
	o.Store = o.replica()
	o.mt, o.xd = storetest.Unit(t, o.Store, "MT"), storetest.Unit(t, o.Store, "XD")
	o.desk = reachable(t, o.Store, 1, storetest.Staff(t, o.Store, tiepdan.Receptionist, 0, false))
	o.board = reachable(t, o.Store, 2, storetest.Staff(t, o.Store, tiepdan.BoardHead, 0, false))
	o.leader = reachable(t, o.Store, 3, storetest.Staff(t, o.Store, tiepdan.Leader, 0, true))
	o.head = reachable(t, o.Store, 4, storetest.Staff(t, o.Store, tiepdan.UnitHead, o.mt, false))
	o.other = reachable(t, o.Store, 5, storetest.Staff(t, o.Store, tiepdan.UnitHead, o.xd, false))
	o.officer = reachable(t, o.Store, 6, storetest.Staff(t, o.Store, tiepdan.Officer, o.mt, false))
	return o
}

// held is openAfter with its session.
func held(t *testing.T) *after {
	t.Helper()
	o := openAfter(t)
	var err error
	o.session, err = o.AddSession(t.Context(), o.desk.Actor(), tiepdan.Session{Kind: tiepdan.Periodic, Status: tiepdan.SessionPublished,
		Starts: afterDay.At(8 * 60), Ends: afterDay.At(11*60 + 30), Place: "Phòng tiếp dân Mẫu", Presides: "Lãnh đạo Mẫu 1", Places: 10})
	o.must(err)
	for i := range 3 {
		v, err := o.Book(t.Context(), tiepdan.Booking{Session: o.session, Ref: fmt.Sprint(i), Name: fmt.Sprintf("Người Dân Mẫu %d", i+1), Peer: storetest.Peer(11 + i)})
		o.must(err)
		o.visits = append(o.visits, v.ID)
	}
	o.set(afterDay.At(9 * 60))
	_, err = o.ChangeSession(t.Context(), o.desk.Actor(), o.session, func(d tiepdan.Session) (tiepdan.Session, error) {
		d.Status, d.Receiver = tiepdan.SessionOpen, "Lãnh đạo Mẫu 1"
		return d, nil
	})
	o.must(err)
	o.receive(tiepdan.Reception{Appointment: o.visits[0], Person: person(1), Kind: tiepdan.PhanAnh, Field: "moi_truong", Content: "Rác ở ngõ mẫu một.",
		Result: tiepdan.ResultPromised, AnswerBy: afterDay.Add(7), Handling: "Hẹn trả lời."})
	o.receive(tiepdan.Reception{Appointment: o.visits[1], Person: person(2), Kind: tiepdan.KienNghi, Field: "dat_dai", Content: "Đường hỏng ở ngõ mẫu hai.",
		Result: tiepdan.ResultGuided, Handling: "Đã hướng dẫn."})
	o.receive(tiepdan.Reception{Person: person(4), Kind: tiepdan.PhanAnh, Content: "Đèn tắt ở ngõ mẫu ba.", Result: tiepdan.ResultSettled, Handling: "Đã xong."})
	o.receive(tiepdan.Reception{Appointment: o.visits[2], Kind: tiepdan.ToCao, Content: "Lời tố cáo mẫu.", Result: tiepdan.ResultGuided, Handling: "Xử lý kín."})
	return o
}

func person(n int) tiepdan.Person {
	return tiepdan.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", n)}
}

func (o *after) receive(r tiepdan.Reception) {
	o.t.Helper()
	r.Session = o.session
	r, err := o.WriteReception(o.t.Context(), o.desk.Actor(), r)
	o.must(err)
	o.said = append(o.said, r)
}

func (o *after) set(now time.Time) { o.clock.Store(now.UnixMicro()) }
func (o *after) now() time.Time    { return time.UnixMicro(o.clock.Load()) }

func (o *after) replica() *store.Store {
	return storetest.Open(o.t, storetest.WithDatabase(o.dsn), storetest.WithKey(o.key), storetest.WithNow(o.now))
}

func (o *after) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// refused says when err isn't the one for people that has the key.
func (o *after) refused(err error, key string) {
	o.t.Helper()
	if e, ok := err.(*tiepdan.Error); !ok || e.Key != key {
		o.t.Errorf("it says %v, not %s", err, key)
	}
}

// count is what a query that counts says.
func (o *after) count(sql string, args ...any) (n int) {
	o.t.Helper()
	o.must(o.Pool().QueryRow(o.t.Context(), sql, args...).Scan(&n))
	return n
}

// told is how many messages with the key wait for a member of staff; 0: for citizens.
func (o *after) told(staff int64, key string) int {
	o.t.Helper()
	return o.count(`SELECT count(*) FROM outbox WHERE coalesce(staff_id, 0) = $1 AND reply->>'key' = 'live' AND reply->'args'->>'Key' = $2`, staff, key)
}

// issued is a direction to mt, due in a week.
func (o *after) issued(change ...func(*tiepdan.Directive)) tiepdan.Directive {
	o.t.Helper()
	d := tiepdan.Directive{Unit: o.mt, Task: "Kiểm tra và báo cáo.", Due: tiepdan.DateOf(o.now()).Add(7)}
	for _, c := range change {
		c(&d)
	}
	d, err := o.IssueDirective(o.t.Context(), o.leader.Actor(), d, o.now())
	o.must(err)
	return d
}

// does lets somebody do something to a direction.
func (o *after) does(id int64, st tiepdan.Staff, do tiepdan.DirectiveAction, change ...func(*tiepdan.DirectiveAct)) (tiepdan.Directive, error) {
	a := tiepdan.DirectiveAct{Do: do, By: st.Actor(), At: o.now(), Text: "Lời mẫu."}
	for _, c := range change {
		c(&a)
	}
	d, _, err := o.UpdateDirective(o.t.Context(), id, a.Apply)
	return d, err
}

package bot_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestAUsedInvitationIsSaidToBeUsed(t *testing.T) {
	t.Parallel()
	r := newReal(t)
	st := storetest.Staff(t, r.s, tiepdan.Officer, storetest.Unit(t, r.s, "MT"), false)
	token, err := r.s.Invite(t.Context(), r.head, st.ID, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	c, other := r.person(1), r.person(2)
	want(t, c.play("/start join_"+token), "Xin chờ cơ quan xác nhận")
	want(t, other.play("/start join_"+token), "đã dùng", "Xin nhờ cơ quan gửi lại")
	joins, err := r.s.PendingJoins(t.Context())
	if err != nil || len(joins) != 1 {
		t.Fatalf("%v, %v", joins, err)
	}
	if err := r.s.ConfirmJoin(t.Context(), r.head, joins[0].ID, false, time.Now()); err != nil {
		t.Fatal(err)
	}
	_, text := c.deliver()
	want(t, text, "chưa được chấp nhận")
	want(t, c.play("/start join_"+token), "đã dùng", "Xin nhờ cơ quan gửi lại")
	want(t, c.play("/start join_"), "đã dùng")
	want(t, c.play("/menu"), "Gửi đơn")
}

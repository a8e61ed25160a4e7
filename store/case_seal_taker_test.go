package store_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestWhoTakesADenunciationsAnswerStandsNowhere(t *testing.T) {
	t.Parallel()
	s := storetest.Open(t)
	head := storetest.Staff(t, s, tiepdan.BoardHead, 0, true)
	const before, after, parcel = "Người Nhận Mẫu 94", "Người Nhận Mẫu 95", "BG-MAU-95"
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Lời mẫu về một việc mẫu"), storetest.Filing(storetest.Peer(94), time.Now()))
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.RecordDelivery, By: head.Actor(), Details: tiepdan.Details{How: "in_person", Taker: before}})
	if len(traces(t, s, before)) == 0 {
		t.Fatal("the test is of no use: who took it stands nowhere beforehand")
	}
	do(t, s, c.ID, classify(head.Actor(), tiepdan.ToCao, tiepdan.Field{Code: "moi_truong", Active: true}))
	do(t, s, c.ID, tiepdan.Act{Do: tiepdan.RecordDelivery, By: head.Actor(), Details: tiepdan.Details{How: "post", Taker: after, Parcel: parcel}})
	for _, w := range []string{before, after, parcel} {
		if at := traces(t, s, w); len(at) > 0 {
			t.Errorf("%q stands in %v", w, at)
		}
	}
}

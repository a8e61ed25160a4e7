package jobs_test

import (
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

func TestBooksAreKept(t *testing.T) {
	t.Parallel()
	o := open(t, workday.At(15*60))
	o.run(t, &shelf{})
	o.run(t, &shelf{})
	const cases = 30
	for n := range cases {
		storetest.File(t, o.Store, storetest.Petition(tiepdan.PhanAnh, "Nước chảy tràn ở ngõ mẫu."), storetest.Filing(storetest.Peer(n), o.now().Add(time.Duration(n)*time.Minute)))
		storetest.Staff(t, o.Store, tiepdan.Leader, 0, false) // an audited deed
	}
	await(t, "all cases have numbers", func() bool { return o.count(t, `SELECT count(*) FROM book`) == cases })
	await(t, "the whole log is chained", func() bool { return o.count(t, `SELECT count(*) FROM audit WHERE seq IS NULL`) == 0 })
	report, err := o.VerifyAudit(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if report.Sealed < cases || report.Unsealed != 0 || len(report.Broken) != 0 {
		t.Errorf("the chain: %+v", report)
	}
	if gaps := o.count(t, `SELECT max(number) - count(*) FROM book`); gaps != 0 {
		t.Errorf("the book has %d gaps", gaps)
	}
}

package tiepdan

import "testing"

func TestSharesHaveTwoDigits(t *testing.T) {
	t.Parallel()
	c := ReceptionCounts{Tally: Tally{Times: 26}, Results: map[Result]int{ResultSettled: 20, ResultConciliate: 3}}
	if got := c.Share(ResultSettled, ResultConciliate); got != 88.46 {
		t.Errorf("23 of 26 are %v percent", got)
	}
	if got := (ReceptionCounts{}).Share(ResultSettled); got != 0 {
		t.Errorf("of nothing it is %v percent", got)
	}
}

func TestComparedCopesWithNothingBefore(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		now, before, more int
		share             float64
		ok                bool
	}{{472, 398, 74, 18.59, true}, {10, 20, -10, -50, true}, {5, 0, 5, 0, false}, {0, 0, 0, 0, false}} {
		if more, share, ok := Compared(c.now, c.before); more != c.more || share != c.share || ok != c.ok {
			t.Errorf("%d after %d is %d, %v, %v", c.now, c.before, more, share, ok)
		}
	}
}

func TestYearBeforeOfALeapDay(t *testing.T) {
	t.Parallel()
	from, until := YearBefore(Date{Year: 2028, Month: 2, Day: 29}, Date{Year: 2028, Month: 3, Day: 1})
	if from.String() != "2027-02-28" || until.String() != "2027-03-01" {
		t.Errorf("from %s until %s", from, until)
	}
}

package tiepdan

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestIDNumbers(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{"000 000 000 001": "000000000001", "": "", "b 0000001": "B0000001", "00.000.0001": "000000001"} {
		var p Petition
		if err := p.SetIDNumber(in); err != nil || p.Person.IDNumber != want {
			t.Errorf("%q: %q, %v", in, p.Person.IDNumber, err)
		}
	}
	for _, in := range []string{"12345", "số nhà 5", "0000000000000", "<b>123456"} {
		var p Petition
		if err := p.SetIDNumber(in); CodeOf(err) != Invalid || p.Person.IDNumber != "" {
			t.Errorf("%q was taken: %v", in, err)
		}
	}
}

func TestRespondentIsAComplaintsOnly(t *testing.T) {
	t.Parallel()
	p := Petition{Kind: KhieuNai}
	if err := p.SetRespondent(" Phòng  Mẫu ", "số 1, đường Mẫu"); err != nil || p.Respondent != "Phòng Mẫu, số 1, đường Mẫu" {
		t.Errorf("%q, %v", p.Respondent, err)
	}
	if err := p.SetRespondent(strings.Repeat("x", MaxRespondent), "y"); CodeOf(err) != Invalid {
		t.Errorf("too long a respondent: %v", err)
	}
	p = Petition{Kind: PhanAnh}
	if err := p.SetRespondent("Phòng Mẫu", ""); err != nil || p.Respondent != "" {
		t.Errorf("%q, %v", p.Respondent, err)
	}
}

func TestGroupOfAForm(t *testing.T) {
	t.Parallel()
	g := NewGroup("", "", 6, "Người Dân Mẫu 1\n\n  Người   Dân Mẫu 2 \n", "")
	if !slices.Equal(g.Representatives, []string{"Người Dân Mẫu 1", "Người Dân Mẫu 2"}) || g.People != 6 {
		t.Errorf("%+v", g)
	}
}

func TestUnsignedComplaintAtTheDeskWaitsForItsOriginal(t *testing.T) {
	t.Parallel()
	for _, unsigned := range []bool{true, false} {
		p := Petition{ID: "1", Kind: KhieuNai, Mode: Prepare, Field: "dat_dai", Person: Person{Name: "Người Dân Mẫu 1"},
			Content: []Passage{{Text: "Nội dung khiếu nại mẫu"}}, Unsigned: unsigned}
		now := time.Date(2026, 3, 2, 9, 0, 0, 0, Hanoi)
		c, err := Open(p, KindSetting{Kind: KhieuNai, Mode: Prepare}, Actor{Role: Receptionist, Staff: 1}, now, DateOf(now))
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Status == AwaitingOriginal; got != unsigned {
			t.Errorf("unsigned %v: %s", unsigned, c.Status)
		}
	}
}

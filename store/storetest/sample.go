package storetest

import (
	"crypto/rand"
	"fmt"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store"
)

// Sample is the office that a test's Store begins with.
func Sample() store.Seed {
	return store.Seed{
		Office: tiepdan.Office{Name: "Ban Tiếp công dân Mẫu", Parent: "UBND Thành phố Mẫu", Place: "Thành phố Mẫu",
			PrivacyVersion: 1, Hours: tiepdan.DefaultHours(), Sample: true},
		Units: []tiepdan.Unit{
			{Code: "XD", Name: "Phòng Xây dựng Mẫu", Active: true},
			{Code: "MT", Name: "Phòng Môi trường Mẫu", Active: true},
			{Code: "P1", Name: "Phường Mẫu 1", Ward: true, Active: true},
			{Code: "P2", Name: "Phường Mẫu 2", Ward: true, Active: true},
		},
		Fields: []store.SeedField{
			{Field: tiepdan.Field{Code: "dat_dai", Name: "Đất đai", NameEN: "Land", Active: true, Order: 1}, UnitCode: "XD"},
			{Field: tiepdan.Field{Code: "moi_truong", Name: "Môi trường", NameEN: "Environment", Active: true, Order: 2}, UnitCode: "MT"},
			{Field: tiepdan.Field{Code: "tham_nhung", Name: "Tham nhũng", NameEN: "Corruption", Corruption: true, Active: true, Order: 3}},
		},
	}
}

// Staff adds a sample member of staff. Unit heads and officers need a unit.
func Staff(t testing.TB, s *store.Store, role tiepdan.Role, unit int64, cleared bool) tiepdan.Staff {
	t.Helper()
	login := "mau." + rand.Text()
	id, err := s.SaveStaff(t.Context(), tiepdan.Actor{Role: tiepdan.System},
		tiepdan.Staff{Login: login, Name: "Cán bộ Mẫu " + login[4:8], Role: role, Unit: unit, Cleared: cleared})
	if err != nil {
		t.Fatal(err)
	}
	st, err := s.Staff(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	return st
}

// Unit is the id of a sample unit by its code.
func Unit(t testing.TB, s *store.Store, code string) int64 {
	t.Helper()
	rules, err := s.Rules(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, u := range rules.Units {
		if u.Code == code {
			return u.ID
		}
	}
	t.Fatalf("there is no unit %s", code)
	return 0
}

// Petition is a sample petition, complete but for what change does to it.
func Petition(kind tiepdan.Kind, text string, change ...func(*tiepdan.Petition)) tiepdan.Petition {
	p := tiepdan.Petition{ID: rand.Text(), Kind: kind, Mode: tiepdan.File, Field: "moi_truong", Place: "P1",
		Content: []tiepdan.Passage{{Ref: "1", Text: text}}, Anonymous: kind == tiepdan.ToCao}
	if kind != tiepdan.ToCao {
		p.Person = tiepdan.Person{Name: "Người Dân Mẫu 1", Phone: "0900000001"}
	}
	for _, c := range change {
		c(&p)
	}
	return p
}

// Filing says that p filed it by chat at a moment.
func Filing(p tiepdan.Peer, at time.Time) store.Filing {
	return store.Filing{Peer: p, Language: tiepdan.Vietnamese, By: tiepdan.Actor{Role: tiepdan.Citizen}, At: at}
}

// File files the petition, which must be new.
func File(t testing.TB, s *store.Store, p tiepdan.Petition, f store.Filing) tiepdan.Case {
	t.Helper()
	c, created, err := s.FileCase(t.Context(), p, f)
	if err != nil {
		t.Fatal(err)
	}
	if !created {
		t.Fatal(fmt.Errorf("the petition was filed before"))
	}
	return c
}

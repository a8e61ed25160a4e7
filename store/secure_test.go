package store

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"tiepdan"
)

func TestTheSecurePageIsFilledInOnceAndMergedWhenFiled(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	ok(t, o.SaveAccount(ctx, person(1), func(a *tiepdan.Account) { a.Language, a.Person.Phone = tiepdan.English, "0900000001" }))
	first := must[string](t)(o.SecureLink(ctx, person(1), "draft 1", o.clock))
	token := must[string](t)(o.SecureLink(ctx, person(1), "draft 1", o.clock))
	f := must[SecureForm](t)(o.SecureForm(ctx, token, o.clock))
	if f.Draft != "draft 1" || f.Person.Phone != "0900000001" || f.Language != tiepdan.English {
		t.Errorf("the form is %+v", f)
	}
	filled := tiepdan.Person{Name: "Người Dân Mẫu 1", Address: "Số 1 đường Mẫu", IDNumber: "000000000001"}
	for what, bad := range map[string]string{"an earlier link": first, "no link": "x"} {
		if err := o.FillSecure(ctx, bad, filled, tiepdan.Group{}, "", o.clock); tiepdan.CodeOf(err) != tiepdan.NotFound {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := o.SecureForm(ctx, token, o.clock.Add(61*time.Minute)); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("an hour later: %v", err)
	}
	ok(t, o.FillSecure(ctx, token, filled, tiepdan.Group{People: 3}, "UBND Mẫu", o.clock))
	if err := o.FillSecure(ctx, token, filled, tiepdan.Group{}, "", o.clock); tiepdan.CodeOf(err) != tiepdan.NotFound {
		t.Errorf("a second time: %v", err)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM secure_data d WHERE d::text LIKE '%' || encode('000000000001', 'hex') || '%'`); n != 0 {
		t.Error("what was filled in can be read")
	}
	p := tiepdan.Petition{ID: "draft 1", Kind: tiepdan.KhieuNai, Anonymous: true, Person: tiepdan.Person{Phone: "0900000001"}}
	ok(t, o.mergeSecure(ctx, o.db, &p))
	filled.Phone = "0900000001"
	if p.Person != filled || p.Group.People != 3 || p.Respondent != "UBND Mẫu" || p.Anonymous {
		t.Errorf("merged: %+v", p)
	}
	if n := count(t, o.Store, `SELECT (SELECT count(*) FROM secure_data) + (SELECT count(*) FROM secure_links)`); n != 0 {
		t.Error("something is left that ties the draft to an account")
	}
}

func TestTheConversationIsToldThatThePageWasFilledIn(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	token := must[string](t)(o.SecureLink(ctx, person(1), "draft 1", o.clock))
	ok(t, o.FillSecure(ctx, token, tiepdan.Person{Name: "Người Dân Mẫu 1"}, tiepdan.Group{}, "", o.clock))
	found := must[[]foundLetter](t)(collectLetters(must[pgx.Rows](t)(o.db.Query(ctx, letterColumns))))
	if len(found) != 1 || found[0].Source != eventSource {
		t.Fatalf("%d letters", len(found))
	}
	p, raw, err := o.openLetter(found[0].Source, found[0].updateID, found[0].sealed)
	ok(t, err)
	var ev event
	ok(t, json.Unmarshal(raw, &ev))
	if p != person(1) || ev.From != p || ev.Kind != "filled" || ev.Form != "draft 1" || ev.ID == "" || !ev.At.Equal(o.clock) {
		t.Errorf("the event is %s of %v", raw, p)
	}
}

func TestALinkOfAFiledDraftIsOver(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	token := must[string](t)(o.SecureLink(ctx, person(1), "draft 1", o.clock))
	id := o.file(person(1), tiepdan.PhanAnh)
	ok(t, exec(ctx, o.db, "case.none", `UPDATE cases SET draft = $2 WHERE id = $1`, id, o.vault.Draft("draft 1")))
	err := o.FillSecure(ctx, token, tiepdan.Person{Name: "Người Dân Mẫu 1"}, tiepdan.Group{}, "", o.clock)
	if tiepdan.CodeOf(err) != tiepdan.NotFound || count(t, o.Store, `SELECT count(*) FROM secure_data`) != 0 {
		t.Errorf("a draft that was filed is filled in: %v", err)
	}
}

func TestADenunciationTakesNothingFromTheSecurePage(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	token := must[string](t)(o.SecureLink(ctx, person(1), "draft 1", o.clock))
	ok(t, o.FillSecure(ctx, token, tiepdan.Person{Name: "Người Dân Mẫu 1"}, tiepdan.Group{}, "", o.clock))
	p := tiepdan.Petition{ID: "draft 1", Kind: tiepdan.ToCao, Anonymous: true}
	ok(t, o.mergeSecure(ctx, o.db, &p))
	if !p.Person.IsZero() || count(t, o.Store, `SELECT count(*) FROM secure_data`) != 0 {
		t.Errorf("merged %+v", p)
	}
}

func TestAnAccountIsMadeByWhatIsSavedAndShowsWhatWeHold(t *testing.T) {
	t.Parallel()
	o, ctx := newOffice(t), t.Context()
	if a := must[tiepdan.Account](t)(o.Account(ctx, person(1))); a != (tiepdan.Account{}) {
		t.Errorf("somebody new has %+v", a)
	}
	if n := count(t, o.Store, `SELECT count(*) FROM accounts`); n != 0 {
		t.Error("looking made an account")
	}
	told := tiepdan.Person{Name: "Người Dân Mẫu 1", Phone: "0900000001"}
	ok(t, o.SaveAccount(ctx, person(1), func(a *tiepdan.Account) {
		a.Language, a.PrivacyVersion, a.PrivacyAt = tiepdan.English, 2, o.clock
		a.Person = tiepdan.Person{Name: told.Name, Phone: told.Phone, Address: "Số 1 đường Mẫu", IDNumber: "000000000001"}
		a.Blocked = true // isn't theirs to say
	}))
	o.file(person(1), tiepdan.PhanAnh)
	o.file(person(1), tiepdan.ToCao)
	d := must[tiepdan.PersonalData](t)(o.PersonalData(ctx, person(1)))
	if d.Language != tiepdan.English || d.PrivacyVersion != 2 || !d.PrivacyAt.Equal(o.clock) || d.Person != told || d.Cases != 1 {
		t.Errorf("we hold %+v", d)
	}
	if must[tiepdan.Account](t)(o.Account(ctx, person(1))).Blocked {
		t.Error("saving blocked the account")
	}
	if n := count(t, o.Store, `SELECT count(*) FROM accounts a WHERE a::text LIKE '%' || encode('1001', 'hex') || '%' OR sealed = '1001'::bytea`); n != 0 {
		t.Error("whose account it is can be read")
	}
}

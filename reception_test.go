package tiepdan

import (
	"slices"
	"strconv"
	"testing"
)

// entered is an entry of the book with all that it needs.
func entered(edit ...func(*Reception)) Reception {
	r := Reception{On: dated("2026-12-01"), Person: Person{Name: "Người Dân Mẫu 1", Address: "Số 1 đường Mẫu", IDNumber: "000000000001"},
		People: 1, Kind: KhieuNai, Content: "Bồi thường đất", Result: ResultGuided}
	for _, e := range edit {
		e(&r)
	}
	return r
}

func TestWhatAnEntryNeeds(t *testing.T) {
	t.Parallel()
	result := func(of Result) func(*Reception) { return func(r *Reception) { r.Result = of } }
	tests := []struct {
		name string
		edit func(*Reception)
		want string
	}{
		{"nothing more", func(*Reception) {}, ""},
		{"a name", func(r *Reception) { r.Person.Name = " \u200b " }, "reception.name_missing"},
		{"but not of a denouncer", func(r *Reception) { r.Kind, r.Person = ToCao, Person{} }, ""},
		{"nor of who is kept secret", func(r *Reception) { r.Secret, r.Person = true, Person{} }, ""},
		{"a kind", func(r *Reception) { r.Kind = "" }, "reception.kind_missing"},
		{"content", func(r *Reception) { r.Content = "\n \n" }, "reception.content_missing"},
		{"a result", result(""), "reception.result_missing"},
		{"a result that we know", result("forgotten"), "reception.result_missing"},
		{"settled", result(ResultSettled), ""},
		{"conciliated", result(ResultConciliate), ""},
		{"taken in", result(ResultTakenIn), ""},
		{"passed on to whom?", result(ResultTransfer), "reception.body_missing"},
		{"passed on", func(r *Reception) { r.Result, r.Body = ResultTransfer, "UBND tỉnh" }, ""},
		{"refused by which ground?", result(ResultRefused), "reception.ground_missing"},
		{"refused, drunk", func(r *Reception) { r.Result, r.Ground = ResultRefused, GroundUnfit }, ""},
		{"refused, finally resolved by which paper?", func(r *Reception) { r.Result, r.Ground, r.GroundText = ResultRefused, GroundFinal, " " }, "reception.ground_text_missing"},
		{"refused, finally resolved", func(r *Reception) { r.Result, r.Ground, r.GroundText = ResultRefused, GroundFinal, "Thông báo 1/TB" }, ""},
		{"refused, by what other law?", func(r *Reception) { r.Result, r.Ground = ResultRefused, GroundOther }, "reception.ground_text_missing"},
		{"promised for when?", result(ResultPromised), "reception.answer_by_missing"},
		{"promised for yesterday", func(r *Reception) { r.Result, r.AnswerBy = ResultPromised, r.On.Add(-1) }, "reception.answer_by_missing"},
		{"promised for today", func(r *Reception) { r.Result, r.AnswerBy = ResultPromised, r.On }, ""},
		{"corrected why?", func(r *Reception) { r.Version, r.Why = 2, " " }, "reception.why_missing"},
		{"corrected", func(r *Reception) { r.Version, r.Why = 2, "Ghi nhầm" }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if _, err := entered(tt.edit).Check(); keyOf(err) != tt.want || err != nil && CodeOf(err) != Invalid {
				t.Errorf("%v, want %q", err, tt.want)
			}
		})
	}
}

func TestAnEntryIsKeptClean(t *testing.T) {
	t.Parallel()
	spokesmen := []string{" Người  Dân Mẫu 1", "", "Người Dân\nMẫu 2 "}
	r, err := entered(func(r *Reception) {
		r.Person.Name, r.People, r.Spokesmen, r.Body, r.Content = " Người  Dân\u202e Mẫu 1 ", 0, spokesmen, "UBND\n tỉnh ", " Một\r\n\r\n\r\nhai "
		r.Ground, r.GroundText, r.AnswerBy = GroundUnfit, "không dùng", r.On
	}).Check()
	if err != nil || r.Person.Name != "Người Dân Mẫu 1" || r.People != 1 || r.Body != "UBND tỉnh" || r.Content != "Một\n\nhai" {
		t.Errorf("%+v, %v", r, err)
	}
	if !slices.Equal(r.Spokesmen, []string{"Người Dân Mẫu 1", "Người Dân Mẫu 2"}) || spokesmen[1] != "" || spokesmen[0] != " Người  Dân Mẫu 1" {
		t.Errorf("%q of %q", r.Spokesmen, spokesmen)
	}
	if r.Ground != "" || r.GroundText != "" || !r.AnswerBy.IsZero() {
		t.Errorf("what only a refusal or a promise has stays: %+v", r)
	}
}

func TestADenouncerLeavesNoName(t *testing.T) {
	t.Parallel()
	for _, edit := range []func(*Reception){func(r *Reception) { r.Kind = ToCao }, func(r *Reception) { r.Secret = true }} {
		r, err := entered(edit, func(r *Reception) { r.Spokesmen = []string{"Người Dân Mẫu 2"} }).Check()
		if err != nil || !r.Secret || !r.Sealed() || !r.Person.IsZero() || len(r.Spokesmen) > 0 {
			t.Errorf("%+v, %v", r, err)
		}
	}
}

func TestWhereAResultStandsInTheBook(t *testing.T) {
	t.Parallel()
	word := func(key string, args any) string {
		if d, ok := args.(Date); ok {
			return d.String()
		}
		return key
	}
	for result, column := range map[Result]int{ResultTakenIn: 8, ResultGuided: 9, ResultTransfer: 10, ResultSettled: 11, ResultConciliate: 11, ResultRefused: 11, ResultPromised: 11} {
		line := BookRow(entered(func(r *Reception) { r.Result, r.Number, r.PriorBody = result, 12, "UBND phường" }), word)
		want := BookLine{"12", "2026-12-01", "book.person", "000000000001", "Bồi thường đất", "book.kind", "UBND phường", 11: "book.note"}
		if want[column-1] = "book.handled." + string(result); line != want {
			t.Errorf("%s: %q", result, line)
		}
	}
	followed := BookRow(entered(func(r *Reception) { r.Result, r.Followed = ResultSettled, "Đã xong" }), word)
	if followed[10] != "book.handled.settled\nĐã xong" {
		t.Errorf("%q", followed[10])
	}
	for n := range GroupOf + 2 {
		if r := (Reception{People: n}); r.InGroup() != (n >= 5) {
			t.Errorf("%s people", strconv.Itoa(n))
		}
	}
}

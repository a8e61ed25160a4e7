package backend_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/backend"
)

// officePages are the pages beside the cases, with who may open each.
var officePages = map[string]tiepdan.Area{
	"/intake": tiepdan.IntakeArea, "/intake?kind=phan_anh": tiepdan.IntakeArea, "/intake?kind=khieu_nai": tiepdan.IntakeArea,
	"/intake?kind=to_cao": tiepdan.IntakeArea,
	"/sessions":           tiepdan.ScheduleArea, "/sessions?view=past": tiepdan.ScheduleArea, "/sessions?kind=regular": tiepdan.ScheduleArea, "/sessions/new": tiepdan.DeskArea,
	"/plans/2026/4": tiepdan.ScheduleArea, "/recurrences": tiepdan.ScheduleArea, "/recurrences/new": tiepdan.DeskArea, "/heads": tiepdan.ScheduleArea,
	"/roster?month=2026-11": tiepdan.ScheduleArea,
	"/people":               tiepdan.PeopleArea, "/people/new": tiepdan.PeopleArea, "/joins": tiepdan.PeopleArea, "/units": tiepdan.PeopleArea,
	"/document-templates": tiepdan.SettingArea, "/document-templates/guidance": tiepdan.SettingArea,
	"/fields": tiepdan.SettingArea, "/fields/new": tiepdan.SettingArea, "/fields/dat_dai": tiepdan.SettingArea, "/kinds": tiepdan.SettingArea,
	"/holidays": tiepdan.SettingArea, "/holidays/2026-02-17": tiepdan.SettingArea, "/holidays?year=2031": tiepdan.SettingArea, "/office": tiepdan.SettingArea,
	"/tasks": tiepdan.TaskArea, "/tasks?view=done": tiepdan.TaskArea, "/blocks": tiepdan.BlockArea,
	"/audit": tiepdan.AuditArea, "/audit?action=save_staff&from=2026-01-01&to=2026-12-31": tiepdan.AuditArea,
}

func TestEachRoleOpensItsPagesAndNoOthers(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	for _, role := range tiepdan.StaffRoles() {
		unit := ""
		if role.InUnit() {
			unit = "XD"
		}
		for _, lang := range []string{"vi", "en"} {
			p := s.staff(role, unit, false)
			p.post("/language", "language", lang)
			for path, area := range officePages {
				want := http.StatusForbidden
				if role.MayEnter(area) {
					want = http.StatusOK
				}
				if got := p.get(path); got.status != want {
					t.Errorf("%s (%s): GET %s is %d, not %d", role, lang, path, got.status, want)
				}
			}
			if got := p.get("/periods"); got.status != http.StatusOK {
				t.Errorf("%s: the law is %d", role, got.status)
			}
		}
	}
}

// TestReadersChangeNothing: every route of the office that changes something
// refuses an auditor, and everybody who may not enter its area.
func TestReadersChangeNothing(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	people := map[tiepdan.Role]*person{}
	for _, role := range tiepdan.StaffRoles() {
		unit := ""
		if role.InUnit() {
			unit = "XD"
		}
		people[role] = s.staff(role, unit, false)
	}
	for _, rt := range backend.Routes() {
		if rt.Method != http.MethodPost || len(rt.Roles) == 0 || len(rt.Roles) == len(people) {
			continue
		}
		path := strings.NewReplacer("{id}", "999999", "{code}", "TD26-0000-0000", "{day}", "2026-01-01", "{kind}", "to_cao").Replace(rt.Pattern)
		for role, p := range people {
			if slices.Contains(rt.Roles, role) {
				continue
			}
			if got := p.post(path); got.status != http.StatusForbidden {
				t.Errorf("%s: POST %s is %d", role, path, got.status)
			}
		}
	}
}

func TestPagesAreForWhoHasSignedIn(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	p := s.stranger()
	for path := range officePages {
		if got := p.get(path); !strings.HasPrefix(got.path, "/sign-in") {
			t.Errorf("a stranger opened %s", path)
		}
	}
}

package backend_test

import (
	"testing"

	"tiepdan"
)

func TestEachItemOfTheNavigationHasItsIcon(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	whose := map[string]string{}
	for _, role := range []tiepdan.Role{tiepdan.BoardHead, tiepdan.Administrator, tiepdan.Auditor} {
		page := s.staff(role, "", true).get("/account")
		icons := page.all("#nav a path")
		for i, a := range page.all("#nav a") {
			href, icon := value(a, "href"), value(icons[i], "d")
			if other, taken := whose[icon]; taken && other != href {
				t.Errorf("%s and %s look alike", other, href)
			}
			whose[icon] = href
		}
	}
	if len(whose) < 25 {
		t.Errorf("%d items", len(whose))
	}
}

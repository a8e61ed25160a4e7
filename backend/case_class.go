package backend

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"tiepdan"
)

// classOf reads a classification from its form. What a petition of the kind chosen
// needn't fulfil can't be lacking.
func classOf(r *http.Request, kind tiepdan.Kind) (*tiepdan.Class, error) {
	k := tiepdan.Class{Mixed: ticked(r, "mixed"), Eligible: tiepdan.Verdict(r.PostFormValue("eligible")),
		Competent: tiepdan.Verdict(r.PostFormValue("competent")), Authority: r.PostFormValue("authority")}
	for _, lack := range r.PostForm["lacks"] {
		if slices.Contains(tiepdan.Requirements(kind), lack) {
			k.Lacks = append(k.Lacks, lack)
		}
	}
	if said := strings.TrimSpace(r.PostFormValue("people")); said != "" {
		n, err := strconv.Atoi(said)
		if err != nil || n < 1 {
			return nil, incomplete("page.case.people_wrong")
		}
		k.People = n
	}
	if k.People == 1 {
		k.People = 0 // as it is where nobody says otherwise
	}
	return &k, nil
}

// checkedAll reports that whoever accepts a case has looked at all that the law asks for.
func (s *Server) checkedAll(r *http.Request, c tiepdan.Case) ([]string, error) {
	var open int
	all := tiepdan.Conditions(c.Kind, tiepdan.DateOf(s.Now()))
	for _, id := range all {
		if !slices.Contains(r.PostForm["checked"], id) {
			open++
		}
	}
	if open > 0 {
		return nil, &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.case.unchecked", Args: map[string]any{"N": open}}
	}
	return all, nil
}

// classRows are what a classification says, as the page tells it; of axes about
// which nothing was found there is no row.
func classRows(k tiepdan.Class, lang tiepdan.Language) (fs []fact) {
	add := func(key, value string) {
		if value != "" {
			fs = append(fs, fact{key, value})
		}
	}
	if k.Mixed {
		add("class.mixed", plain(lang, "class.mixed_yes"))
	}
	if k.Eligible != "" {
		add("class.eligible", plain(lang, "class.eligible_"+string(k.Eligible)))
	}
	add("class.lacks", strings.Join(requirementNames(k.Lacks, lang), "; "))
	if k.Competent != "" {
		add("class.competent", plain(lang, "class.competent_"+string(k.Competent)))
	}
	if k.Authority != "" {
		add("class.authority", plain(lang, "authority."+k.Authority))
	}
	if k.People > 1 {
		add("class.people", thousands(k.People, lang))
	}
	return fs
}

// classChanges are the rows of a classification that differ from those of the one
// before: "before → after".
func classChanges(before, after tiepdan.Class, lang tiepdan.Language) (fs []fact) {
	old := map[string]string{}
	for _, f := range classRows(before, lang) {
		old[f.Key] = f.Value
	}
	for _, f := range classRows(after, lang) {
		was := old[f.Key]
		delete(old, f.Key)
		switch {
		case was == f.Value:
		case was == "":
			fs = append(fs, f)
		default:
			fs = append(fs, fact{f.Key, was + " → " + f.Value})
		}
	}
	for _, f := range classRows(before, lang) {
		if was, gone := old[f.Key]; gone {
			fs = append(fs, fact{f.Key, was + " → " + plain(lang, "class.none")})
		}
	}
	return fs
}

func requirementNames(ids []string, lang tiepdan.Language) (names []string) {
	for _, id := range ids {
		names = append(names, plain(lang, "requirement."+id))
	}
	return names
}

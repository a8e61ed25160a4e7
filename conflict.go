package tiepdan

import "strings"

// Named reports whether a text names a person or a unit: the whole name, as words,
// marks and case aside. A single word is nobody's whole name.
func Named(text, name string) bool {
	name = spelledOut(name)
	return strings.Contains(name, " ") && strings.Contains(" "+spelledOut(text)+" ", " "+name+" ")
}

// spelledOut folds a text and writes out what offices are commonly shortened to.
func spelledOut(text string) string {
	words := strings.Fields(Fold(text))
	for i, w := range words {
		if long, ok := shortForms[w]; ok {
			words[i] = long
		}
	}
	return strings.Join(words, " ")
}

var shortForms = map[string]string{"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "tp": "thanh pho", "tx": "thi xa", "p": "phuong"}

// Suspect is somebody, or a unit, that a case seems to complain about.
type Suspect struct {
	Unit  int64
	Staff int64
	Name  string
}

// Suspects returns who of the office is named as the one complained about. It only
// suggests: people share names.
func Suspects(respondent string, units []Unit, staff []Staff) (found []Suspect) {
	if strings.TrimSpace(respondent) == "" {
		return nil
	}
	for _, u := range units {
		if Named(respondent, u.Name) {
			found = append(found, Suspect{Unit: u.ID, Name: u.Name})
		}
	}
	for _, s := range staff {
		if !s.Disabled && Named(respondent, s.Name) {
			found = append(found, Suspect{Staff: s.ID, Name: s.Name})
		}
	}
	return found
}

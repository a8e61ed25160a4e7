package paper

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Form is one document that a case may need: where its form comes from and whether
// that is confirmed. Forms are data; their words are in letters/*.txt.
type Form struct {
	Kind      string `json:"kind"`
	File      string `json:"file"`      // the beginning of its file's name
	FormCode  string `json:"form_code"` // "Mẫu số 02"; empty: no numbered form is known
	Source    string `json:"source"`
	ValidFrom string `json:"valid_from"` // "2021-11-15"
	Confirmed bool   `json:"confirmed"`
	Internal  bool   `json:"internal"` // stays in the office
	Decision  bool   `json:"decision"` // a decision with articles
	// Inspectorate: a complaint's goes to the inspectorate of the same level as well
	// (Law on Complaints, article 27).
	Inspectorate bool `json:"inspectorate"`
	Processing   bool `json:"processing"` // belongs to the processing of petitions (Circular 05/2021)
	Apart        bool `json:"apart"`      // the petition: not made from a CaseLetter
}

//go:embed letters
var letterFiles embed.FS

// Forms are all documents of a case that are made from a [CaseLetter], in the order
// of its life.
func Forms() []Form {
	return slices.DeleteFunc(Templates(), func(f Form) bool { return f.Apart })
}

// Templates are all documents whose Word template an office may replace.
func Templates() []Form { return slices.Clone(forms()) }

var forms = sync.OnceValue(func() []Form {
	var all []Form
	b, err := letterFiles.ReadFile("letters/forms.json")
	if err == nil {
		err = json.Unmarshal(b, &all)
	}
	if err != nil {
		panic(err) // the file is part of the program, and tested with it
	}
	return all
})

// FormOf returns the form of that kind.
func FormOf(kind string) (Form, bool) {
	i := slices.IndexFunc(forms(), func(f Form) bool { return f.Kind == kind })
	if i < 0 {
		return Form{}, false
	}
	return forms()[i], true
}

// blocks is the form's text, as its paragraphs.
func (f Form) blocks() ([]block, error) {
	b, err := letterFiles.ReadFile("letters/" + f.Kind + ".txt")
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return parseBlocks(string(b))
}

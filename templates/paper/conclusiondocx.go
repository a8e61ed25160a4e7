package paper

import (
	"fmt"
	"strings"
	"sync"
)

// ConclusionTemplate returns the Word template that ConclusionDOCX fills, for an
// office to change in Word.
func ConclusionTemplate() ([]byte, error) { return conclusionTemplate() }

var conclusionTemplate = sync.OnceValues(func() ([]byte, error) { return packed("conclusion") })

// conclusionFields is ConclusionData as the Word template names it.
type conclusionFields struct {
	Parent, Office, Number, DateLine string
	Title, About, To, Was, As, End   string
	Signer, Foot                     string
	Opening, Role, Recipients        []string
	Lines                            []conclusionLine
}

// ConclusionDOCX returns the notice as a Word file, to be changed before signing.
func ConclusionDOCX(d ConclusionData) ([]byte, error) {
	tpl, err := ConclusionTemplate()
	if err != nil {
		return nil, err
	}
	fields, err := scrubbed(d).fields()
	if err != nil {
		return nil, fmt.Errorf("paper: %w", err)
	}
	return FillDOCX(tpl, fields)
}

func (d ConclusionData) fields() (f conclusionFields, err error) {
	word := func(key string, data any) string {
		text, e := say(key, data)
		err = firstOf(err, e)
		return strings.NewReplacer(boldOn, "", boldOff, "").Replace(text)
	}
	f = conclusionFields{
		Parent: strings.ToUpper(d.Office.Parent), Office: strings.ToUpper(d.Office.Name),
		Number: word("letter.number", d.Letter.Number), DateLine: word("date.place", dateline{d.Office.Place, d.Letter.Date}),
		Title: word("conclusion.title", nil), About: word("conclusion.about", d), To: d.To,
		Was: word("conclusion.was", d.was()), As: word("conclusion.as", d), End: word("conclusion.end", d),
		Signer: d.Letter.Signer, Lines: d.lines(word), Recipients: strings.Split(word("letter.recipients", d.Letter.Recipients), "\n"),
	}
	if d.Opening != "" {
		f.Opening = strings.Split(d.Opening, "\n")
	}
	role := d.Letter.SignerRole
	if role == "" {
		role = word("letter.role", nil)
	}
	f.Role = strings.Split(strings.ToUpper(role), "\n")
	if d.Office.Sample {
		f.Foot = word("sample", nil)
	}
	return f, err
}

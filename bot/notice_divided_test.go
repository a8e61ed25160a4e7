package bot_test

import (
	"strings"
	"testing"

	"tiepdan"
	"tiepdan/templates"
)

func TestWhoseMixedPetitionWasDividedIsToldItsCodes(t *testing.T) {
	t.Parallel()
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		said, err := templates.Messages(lang).Say("notice.divided", map[string]any{"Code": "TD26-0000-0000", "Kind": "phan_anh", "Codes": []string{"TD26-MAU1-0001", "TD26-MAU2-0002"}})
		if err != nil || !strings.Contains(said, "• <code>TD26-MAU1-0001</code>\n• <code>TD26-MAU2-0002</code>\n") {
			t.Errorf("%s: %q, %v", lang, said, err)
		}
	}
}

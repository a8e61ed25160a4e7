package templates

import (
	"testing"

	"tiepdan"
)

func TestAFindingHasOneNameInTheChatAndOnThePages(t *testing.T) {
	t.Parallel()
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		for _, found := range tiepdan.Outcomes() {
			chat, err := Messages(lang).Plain("finding", found)
			if err != nil || chat == found {
				t.Errorf("%s: %s has no name: %q, %v", lang, found, chat, err)
			}
			if page, err := Messages(lang).Plain("page.finding."+found, nil); err != nil || page != chat {
				t.Errorf("%s: %s is %q in the chat, %q on the pages, %v", lang, found, chat, page, err)
			}
		}
	}
}

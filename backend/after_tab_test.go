package backend_test

import (
	"fmt"

	"github.com/chromedp/chromedp"
)

// types fills in fields, by their selectors.
func (b *tab) types(fields map[string]string) {
	b.t.Helper()
	for field, v := range fields {
		b.do(chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`document.querySelector(%q).value = %q`, field, v)))
	}
}

// press clicks a button and waits for what comes of it.
func (b *tab) press(button, shows, words string) {
	b.t.Helper()
	b.do(chromedp.Click(button))
	b.shows(shows, words)
}

package simulator

import "testing"

// What was read and is shown as HTML reads the same again, and nothing that
// anybody sends brings the reader down.
func FuzzHTMLIsReadAsShown(f *testing.F) {
	for _, s := range []string{
		"<b>a <i>b</i></b> c", "<a href='https://a.vn/?a=1&amp;b'>x</a>", "<pre><code class=\"language-go\">x</code></pre>", "📝<u>ế</u>",
		"<blockquote expandable>x</blockquote>", "<span class=tg-spoiler>x</span>", "&#x1F4C5;&nbsp;&", "<b", "</", "<b ", "<a href=", "<a href=\"x", "<code><b>x</b></code>",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		text, marks, err := parseHTML(s)
		if err != nil {
			return
		}
		shown := toHTML(text, marks)
		again, _, err := parseHTML(shown)
		if err != nil {
			t.Fatalf("%q is shown as %q, which does not read: %v", s, shown, err)
		}
		if again != text {
			t.Errorf("%q says %q, shown as %q it says %q", s, text, shown, again)
		}
		trimmed(text, marks)
		withFound(text, marks)
	})
}

package backend_test

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"

	"tiepdan"
)

// presses lets the browser do an editor's command, as its keys would.
func (b *tab) presses(command string) {
	b.t.Helper()
	key := input.DispatchKeyEventParams{Type: input.DispatchKeyEventTypeRawKeyDown, Key: "F13", Commands: []string{command}}
	b.do(chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, input.DispatchKeyEvent, key)
		return err
	}))
}

func TestWhatIsPastedIsNotCutByTheBrowser(t *testing.T) {
	t.Parallel()
	s := newSite(t)
	board := s.staff(tiepdan.BoardHead, "", false)
	c := s.file(tiepdan.KienNghi, "Đề nghị làm lại vỉa hè trước trường học")
	b := s.browse(t)
	b.signIn(board)
	b.open(path(c) + "?do=transfer")
	b.do(chromedp.SetValue("#act-transfer-reason", long), chromedp.Focus("#act-transfer-reason"))
	b.presses("selectAll")
	b.presses("copy")
	b.do(chromedp.Focus("#act-transfer-body"))
	b.presses("paste")
	got, err := chromedp.Run(b.ctx, chromedp.Value("#act-transfer-body"))
	if err != nil || got != long {
		t.Fatalf("pasted: %q, %v", got, err)
	}
	b.do(chromedp.Click("#act-transfer form > button.primary, #act-transfer form > button.danger"))
	b.shows("#act-transfer .said", "ô này nhận tối đa 300 ký tự")
	if got, err = chromedp.Run(b.ctx, chromedp.Value("#act-transfer-body")); err != nil || got != long {
		t.Errorf("it comes back as %q, %v", got, err)
	}
	b.shot("form-long")
	b.open("/cases?from=31%2F02%2F2026")
	b.shows(".ignored", "31/02/2026")
	b.shot("filter-unread")
	b.fine()
}

package testenv

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// browserLimit bounds all that a test does in one browser. A loaded machine needs more than a fast one.
const browserLimit = 4 * time.Minute

// Browser starts a headless Chromium for this test alone and gives chromedp's context of its tab. It ends with the
// test, and what it wrote goes with it.
func Browser(t testing.TB) context.Context {
	t.Helper()
	// All that Chromium takes for the user's own; a short name, for there are sockets in it.
	dir, err := os.MkdirTemp("", "tiepdan-browser-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { removeAll(t, dir) })
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(Chromium(t)), chromedp.NoSandbox,
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true),
		chromedp.Env("TMPDIR="+dir, "HOME="+dir, "XDG_CONFIG_HOME="+dir, "XDG_CACHE_HOME="+dir, "XDG_DATA_HOME="+dir))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	// The first use starts the browser, which would end with a context of its own limit.
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatal(err)
	}
	ctx, cancel = context.WithTimeout(ctx, browserLimit)
	t.Cleanup(cancel)
	return ctx
}

// removeAll outlasts the browser's children, which may still write while they end.
func removeAll(t testing.TB, dir string) {
	err := os.RemoveAll(dir)
	for until := time.Now().Add(30 * time.Second); err != nil && time.Now().Before(until); err = os.RemoveAll(dir) {
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		t.Error(err)
	}
}

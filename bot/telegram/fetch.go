package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiepdan"
	"tiepdan/bot"
)

// maxDownload is what Telegram hands out to bots; a Bot API server of one's own
// knows no limit, ours is then the keeper's.
const maxDownload = 20 << 20

// Keeper looks at what a file really is and keeps it, or says why not by a
// message's key.
type Keeper interface {
	Keep(ctx context.Context, name, mime string, r io.Reader, sealed bool) (kept tiepdan.Attachment, refused string, err error)
}

// Keep fetches a file that came with an event and has it kept. It is the engine's
// [bot.Files].
func (b *Bot) Keep(ctx context.Context, _ tiepdan.Peer, f bot.File, sealed bool) (tiepdan.Attachment, string, error) {
	if f.Size > maxDownload && !b.opts.LocalFiles {
		return tiepdan.Attachment{}, "file.too_big", nil
	}
	var at models.File
	err := b.patient(ctx, func(ctx context.Context) error {
		return b.api.call(ctx, "getFile", tg.GetFileParams{FileID: f.Ref}, &at)
	})
	switch why(err) {
	case tooBig:
		return tiepdan.Attachment{}, "file.too_big", nil
	case refused:
		return tiepdan.Attachment{}, "file.gone", nil
	}
	if err != nil {
		return tiepdan.Attachment{}, "", err
	}
	body, err := b.openFile(ctx, at.FilePath)
	if err != nil {
		return tiepdan.Attachment{}, "", err
	}
	defer body.Close()
	kept, refusal, err := b.keeper.Keep(ctx, f.Name, f.MIME, body, sealed)
	if kept.Class == "" {
		kept.Class = f.Class
	}
	return kept, refusal, err
}

// openFile begins a download. A Bot API server of one's own that was started with
// --local names a file on its disk instead; we read that only if told that it is
// ours too.
func (b *Bot) openFile(ctx context.Context, path string) (io.ReadCloser, error) {
	if filepath.IsAbs(path) {
		if !b.opts.LocalFiles {
			return nil, errors.New("the Bot API server names files on its own disk: it was started with --local, and we were not told to read there")
		}
		return os.Open(path)
	}
	ctx, cancel := context.WithTimeout(ctx, uploadTimeout)
	body, err := b.api.download(ctx, path)
	if err != nil {
		cancel()
		return nil, err
	}
	return closing{body, cancel}, nil
}

type closing struct {
	io.ReadCloser
	also func()
}

func (c closing) Close() error {
	defer c.also()
	return c.ReadCloser.Close()
}

// download opens a file's content. Its URL holds the token, so no error of it leaves here as it is.
func (c *client) download(ctx context.Context, path string) (io.ReadCloser, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, c.files+"/"+strings.TrimPrefix(path, "/"), nil)
	if err != nil {
		return nil, &failure{method: "download", why: spoiled, err: c.scrub(err)}
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, &failure{method: "download", why: unsent, err: c.scrub(err)} // asking twice does no harm
	}
	if res.StatusCode != http.StatusOK {
		res.Body.Close()
		if res.StatusCode < 500 && res.StatusCode != http.StatusTooManyRequests {
			return nil, &failure{method: "download", why: refused, code: res.StatusCode, err: fmt.Errorf("status %d", res.StatusCode)}
		}
		return nil, &failure{method: "download", why: server, code: res.StatusCode}
	}
	return scrubbed{res.Body, c}, nil
}

// scrubbed is a body whose errors don't hold the token, and are known to pass.
type scrubbed struct {
	io.ReadCloser
	c *client
}

func (s scrubbed) Read(p []byte) (int, error) {
	n, err := s.ReadCloser.Read(p)
	if err != nil && err != io.EOF {
		err = &failure{method: "download", why: unsent, err: s.c.scrub(err)}
	}
	return n, err
}

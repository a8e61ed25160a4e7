package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"

	"tiepdan"
	"tiepdan/store/files"
)

// maxFile is the largest file that the office takes from anybody. Telegram hands
// a bot no file over 20 MB; the desk takes as much.
const maxFile = 20 << 20

// keeper takes files in: looks at what they are, takes out of pictures what they
// tell of their maker, and keeps them by their content. All pictures lose it, for
// any case may become a denunciation later, which keeps nothing that names anybody
// (Luật Tố cáo 2018, Điều 56); what can't be stripped isn't taken for one.
type keeper struct {
	files    files.Store
	scan     func(context.Context, io.Reader) error // nil: no scanner
	remember func(context.Context, tiepdan.Attachment) error
}

// Keep keeps one file. What the office doesn't take comes back as the key of the
// text that says why, and is no error.
func (k keeper) Keep(ctx context.Context, name, _ string, r io.Reader, sealed bool) (tiepdan.Attachment, string, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return tiepdan.Attachment{}, "", fmt.Errorf("keep: %w", err)
	}
	if len(data) > maxFile {
		return tiepdan.Attachment{}, refusedKey(files.TooBig), nil
	}
	kind, err := files.Inspect(bytes.NewReader(data), int64(len(data)), name)
	if refusal, ok := errors.AsType[*files.Refusal](err); ok {
		return tiepdan.Attachment{}, refusedKey(refusal.Reason), nil
	}
	if err != nil {
		return tiepdan.Attachment{}, "", err
	}
	if k.scan != nil {
		err := k.scan(ctx, bytes.NewReader(data))
		if errors.Is(err, errInfected) {
			return tiepdan.Attachment{}, "file.infected", nil
		}
		if err != nil {
			return tiepdan.Attachment{}, "", err
		}
	}
	if sealed || files.CanStrip(kind.MIME) {
		if data, err = files.Strip(kind.MIME, data); errors.Is(err, files.ErrHidden) {
			return tiepdan.Attachment{}, refusedKey(files.Hidden), nil
		}
		if err != nil {
			return tiepdan.Attachment{}, refusedKey(files.Damaged), nil
		}
	}
	if sealed {
		name = ""
	}
	return k.put(ctx, kind, name, data)
}

func refusedKey(r files.Reason) string { return "file." + string(r) }

// put keeps the bytes, and remembers them before they are kept, so that what
// nobody takes in the end is found and cleared away.
func (k keeper) put(ctx context.Context, kind files.Kind, name string, data []byte) (tiepdan.Attachment, string, error) {
	sum := sha256.Sum256(data)
	sha := hex.EncodeToString(sum[:])
	if name == "" {
		name = sha[:8] + kind.Ext
	}
	a := tiepdan.Attachment{SHA256: sha, Name: name, MIME: kind.MIME, Size: int64(len(data)), Class: string(kind.Class)}
	if err := k.remember(ctx, a); err != nil {
		return tiepdan.Attachment{}, "", err
	}
	_, err := k.files.Put(ctx, bytes.NewReader(data), maxFile)
	return a, "", err
}

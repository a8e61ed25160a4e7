package telegram

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strconv"

	"tiepdan"
	"tiepdan/bot"
)

// Files are what is kept: an attachment by its content.
type Files interface {
	Open(ctx context.Context, sha256 string) (io.ReadCloser, error)
}

// Papers are documents that are made when they are sent.
type Papers interface {
	Paper(ctx context.Context, p bot.Paper) (name, mime string, data []byte, err error)
}

// The ways in which Telegram shows a file.
const (
	photo    = "photo"
	video    = "video"
	voice    = "voice"
	asPaper  = "document"
	maxPhoto = 10 << 20
	maxAlbum = 10
)

// enclosure is one file to send.
type enclosure struct {
	kind, name, mime string
	spare            bool // a paper that the words can go without
	open             func(context.Context) (io.ReadCloser, error)
}

// bundle is what one call sends: a single file, or an album.
type bundle []enclosure

// enclose makes a reply's papers and sorts its files into bundles: pictures
// together, documents together, voices one by one.
func (b *Bot) enclose(ctx context.Context, r bot.Reply) ([]bundle, error) {
	var papers, seen, read, heard []enclosure
	for _, p := range r.Papers {
		e, err := b.paper(ctx, p)
		if err != nil {
			return nil, err
		}
		papers = append(papers, e)
	}
	for _, f := range r.Files {
		switch e := b.file(f); e.kind {
		case photo, video:
			seen = append(seen, e)
		case voice:
			heard = append(heard, e)
		default:
			read = append(read, e)
		}
	}
	bundles := singles(papers)
	bundles = append(bundles, inAlbums(seen)...)
	bundles = append(bundles, inAlbums(read)...)
	return append(bundles, singles(heard)...), nil
}

func (b *Bot) paper(ctx context.Context, p bot.Paper) (enclosure, error) {
	name, mime, data, err := b.papers.Paper(ctx, p)
	if err != nil {
		return enclosure{}, fmt.Errorf("making the paper %s: %w", p.Kind, err)
	}
	e := enclosure{kind: asPaper, name: name, mime: mime, spare: p.Spare}
	if isPicture(mime) {
		e.kind = photo
	}
	e.open = func(context.Context) (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(data)), nil }
	return e, nil
}

// file chooses how an attachment is shown; Telegram takes few types as anything but documents.
func (b *Bot) file(f tiepdan.Attachment) enclosure {
	e := enclosure{kind: asPaper, name: f.Name, mime: f.MIME}
	switch {
	case f.Class == "photo" && isPicture(f.MIME) && f.Size <= maxPhoto:
		e.kind = photo
	case f.Class == "video" && f.MIME == "video/mp4":
		e.kind = video
	case f.Class == "audio" && f.MIME == "audio/ogg":
		e.kind = voice
	}
	e.open = func(ctx context.Context) (io.ReadCloser, error) { return b.files.Open(ctx, f.SHA256) }
	return e
}

func isPicture(mime string) bool { return mime == "image/jpeg" || mime == "image/png" }

func singles(es []enclosure) (bs []bundle) {
	for _, e := range es {
		bs = append(bs, bundle{e})
	}
	return bs
}

func inAlbums(es []enclosure) (bs []bundle) {
	for len(es) > maxAlbum {
		bs, es = append(bs, es[:maxAlbum]), es[maxAlbum:]
	}
	if len(es) > 0 {
		bs = append(bs, es)
	}
	return bs
}

// pictures reports whether any of g is shown as more than a file.
func (g bundle) pictures() bool {
	return slices.ContainsFunc(g, func(e enclosure) bool { return e.kind != asPaper })
}

// documents is the same bundle, shown as files: what Telegram can't show as
// pictures it still delivers so.
func (g bundle) documents() bundle {
	plain := make(bundle, len(g))
	for i, e := range g {
		e.kind = asPaper
		plain[i] = e
	}
	return plain
}

// message is the call that sends g. A caption is in params, if g is a single file.
func (g bundle) message(params map[string]any) outgoing {
	if len(g) == 1 {
		e := g[0]
		return outgoing{methods[e.kind], params, []part{{e.kind, e.name, e.mime, e.open}}, g}
	}
	var parts []part
	var items []map[string]string
	for i, e := range g {
		field := "f" + strconv.Itoa(i) // names may be the same, fields may not
		items = append(items, map[string]string{"type": e.kind, "media": "attach://" + field})
		parts = append(parts, part{field, e.name, e.mime, e.open})
	}
	params["media"] = items
	return outgoing{"sendMediaGroup", params, parts, g}
}

var methods = map[string]string{photo: "sendPhoto", video: "sendVideo", voice: "sendVoice", asPaper: "sendDocument"}

package telegram

import (
	"context"
	"io"
	"mime/multipart"
	"net/textproto"
	"strings"
)

// part is a file of a form. Open is called anew for each try.
type part struct {
	field string // "document", or a name that attach:// uses
	name  string
	mime  string
	open  func(context.Context) (io.ReadCloser, error)
}

// upload sends fields and parts as a form, streamed: no file is held in memory.
func (c *client) upload(ctx context.Context, method string, fields map[string]string, parts []part, out any) error {
	ctx, cancel := context.WithTimeout(ctx, uploadTimeout)
	defer cancel()
	r, w := io.Pipe()
	form := multipart.NewWriter(w)
	wrote := make(chan error, 1)
	go func() {
		err := writeForm(ctx, form, fields, parts)
		w.CloseWithError(err)
		wrote <- err
	}()
	err := c.do(ctx, method, form.FormDataContentType(), r, out)
	r.Close() // an answer may come before all is read
	if ours := <-wrote; ours != nil && why(err) == unsent {
		return &failure{method: method, why: spoiled, err: ours}
	}
	return err
}

func writeForm(ctx context.Context, form *multipart.Writer, fields map[string]string, parts []part) error {
	for name, value := range fields {
		if err := form.WriteField(name, value); err != nil {
			return err
		}
	}
	for _, p := range parts {
		if err := p.write(ctx, form); err != nil {
			return err
		}
	}
	return form.Close()
}

func (p part) write(ctx context.Context, form *multipart.Writer) error {
	body, err := p.open(ctx)
	if err != nil {
		return err
	}
	defer body.Close()
	head := textproto.MIMEHeader{}
	head.Set("Content-Disposition", multipart.FileContentDisposition(p.field, fileName(p.name)))
	head.Set("Content-Type", p.mime)
	w, err := form.CreatePart(head)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, body)
	return err
}

// fileName keeps a name to one line and one folder.
func fileName(s string) string {
	s = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\"`, r) {
			return '_'
		}
		return r
	}, s)
	if s == "" {
		return "file"
	}
	return s
}

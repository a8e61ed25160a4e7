package simulator

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	_ "image/gif"  // photos come as these
	_ "image/jpeg" // three kinds
	_ "image/png"
	"net/http"
	"path"
	"strings"
	"sync"
)

// blob is a file that was sent in some chat; its content is kept once,
// under its hash, however often it was sent.
type blob struct {
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	Name     string `json:"name,omitempty"`
	MIME     string `json:"mime,omitempty"`
	Path     string `json:"path"`
	Hash     string `json:"hash"`
	Size     int64  `json:"size"`
	Width    int    `json:"width,omitempty"`
	Height   int    `json:"height,omitempty"`
	Duration int    `json:"duration,omitempty"`
}

type files struct {
	mu      sync.RWMutex
	byID    map[string]*blob
	byPath  map[string]*blob
	content map[string][]byte
	last    int
}

func newFiles() *files {
	return &files{byID: map[string]*blob{}, byPath: map[string]*blob{}, content: map[string][]byte{}}
}

func (f *files) put(kind, name, mime string, data []byte) *blob {
	sum := sha256.Sum256(data)
	b := &blob{ID: kind[:1] + "AQAD" + rand.Text(), Kind: kind, Size: int64(len(data)), Hash: hex.EncodeToString(sum[:])}
	b.describe(name, mime, data)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.last++
	b.Path = fmt.Sprintf("%ss/file_%d%s", kind, f.last, b.extension())
	f.content[b.Hash] = data
	f.keep(b)
	return b
}

func (f *files) keep(b *blob) { f.byID[b.ID], f.byPath[b.Path] = b, b }

func (b *blob) describe(name, mime string, data []byte) {
	switch b.Kind {
	case "photo":
		b.Width, b.Height = 640, 480
		if size, _, err := image.DecodeConfig(bytes.NewReader(data)); err == nil {
			b.Width, b.Height = size.Width, size.Height
		}
	case "document":
		b.Name, b.MIME = path.Base(cmp.Or(name, "file")), mime
	case "voice":
		b.MIME, b.Duration = cmp.Or(mime, "audio/ogg"), 3
	case "video":
		b.Name, b.MIME, b.Width, b.Height, b.Duration = name, cmp.Or(mime, "video/mp4"), 640, 360, 3
	}
	if b.MIME == "" || b.MIME == "application/octet-stream" && b.Kind != "photo" {
		b.MIME, _, _ = strings.Cut(http.DetectContentType(data), ";")
	}
}

func (b *blob) extension() string {
	switch b.Kind {
	case "photo":
		return ".jpg"
	case "voice":
		return ".oga"
	case "video":
		return ".mp4"
	}
	return path.Ext(b.Name)
}

func (b *blob) media() *media {
	m := &media{FileID: b.ID, Unique: b.unique(), Name: b.Name, MIME: b.MIME, Size: b.Size, Width: b.Width, Height: b.Height}
	if b.Kind == "voice" || b.Kind == "video" {
		m.Duration = &b.Duration
	}
	return m
}

func (b *blob) sizes() []media {
	return []media{{FileID: b.ID, Unique: b.unique(), Size: b.Size, Width: b.Width, Height: b.Height}}
}

func (b *blob) unique() string { return "AQAD" + b.Hash[:12] }

func (f *files) find(id string) *blob {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.byID[id]
}

func (f *files) bytes(b *blob) []byte {
	f.mu.RLock()
	defer f.mu.RUnlock()
	return f.content[b.Hash]
}

// checkImage refuses a photo that Telegram would not make a photo of.
func checkImage(data []byte) error {
	size, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		if http.DetectContentType(data) == "image/webp" {
			return nil
		}
		return badRequest("IMAGE_PROCESS_FAILED")
	}
	w, h := size.Width, size.Height
	if w+h > 10000 || w > 20*h || h > 20*w {
		return badRequest("PHOTO_INVALID_DIMENSIONS")
	}
	return nil
}

func getFile(s *Server, c *call) (any, error) {
	b := s.files.find(c.text("file_id"))
	if b == nil {
		return nil, badRequest("wrong file_id or the file is temporarily unavailable")
	}
	if b.Size > s.opts.MaxDownload {
		return nil, badRequest("file is too big")
	}
	return map[string]any{"file_id": b.ID, "file_unique_id": b.unique(), "file_size": b.Size, "file_path": b.Path}, nil
}

// serveFile answers /file/bot<token>/<file_path>.
func (s *Server) serveFile(w http.ResponseWriter, r *http.Request) {
	token, where, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, "/file/bot"), "/")
	if !s.isToken(token) {
		writeRefusal(w, &refusal{Code: http.StatusUnauthorized, Description: "Unauthorized"})
		return
	}
	if s.faults.onCall("download").before(w, r) {
		return
	}
	s.files.mu.RLock()
	b := s.files.byPath[where]
	s.files.mu.RUnlock()
	if b == nil {
		writeRefusal(w, &refusal{Code: http.StatusNotFound, Description: "Not Found"})
		return
	}
	s.counts.called("download")
	w.Header().Set("Content-Type", "application/octet-stream")
	w.Write(s.files.bytes(b))
}

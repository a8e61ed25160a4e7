package simulator

import (
	"crypto/rand"
	"encoding/json"
	"strconv"
	"strings"
)

// attached is the file that a parameter means: an upload of that name, an
// attach:// to another part, or the id of a file that this bot has seen.
func (s *Server) attached(c *call, field, value, kind string) (*blob, error) {
	up := c.files[field]
	if name, ok := strings.CutPrefix(value, "attach://"); ok {
		if up = c.files[name]; up == nil {
			return nil, badRequest("there is no file part %q in the request", name)
		}
	}
	if up != nil {
		return s.uploaded(up, kind)
	}
	if value == "" {
		return nil, badRequest("there is no %s in the request", kind)
	}
	b := s.files.find(value)
	if b == nil {
		return nil, badRequest("wrong file identifier/HTTP URL specified")
	}
	if b.Kind != kind {
		return nil, badRequest("can't use file of type %s as %s", b.Kind, kind)
	}
	return b, nil
}

func (s *Server) uploaded(up *upload, kind string) (*blob, error) {
	size := int64(len(up.data))
	if size == 0 {
		return nil, badRequest("file must be non-empty")
	}
	if kind == "photo" {
		if size > s.opts.MaxPhoto {
			return nil, badRequest("file of size %d bytes is too big for a photo; the maximum size is %d bytes", size, s.opts.MaxPhoto)
		}
		if err := checkImage(up.data); err != nil {
			return nil, err
		}
	}
	return s.files.put(kind, up.name, up.mime, up.data), nil
}

// caption reads and checks a caption.
func (c *call) caption() (string, []entity, error) {
	return checkCaption(c.formatted("caption", "caption_entities"))
}

func checkCaption(text string, marks []entity, err error) (string, []entity, error) {
	if err == nil && units(text) > maxCaption {
		err = badRequest("message caption is too long")
	}
	return text, marks, err
}

// hold puts a file into the field of a post that is its kind's.
func (p *post) hold(b *blob) {
	switch b.Kind {
	case "photo":
		p.Photo = b.sizes()
	case "document":
		p.Document = b.media()
	case "voice":
		p.Voice = b.media()
	case "video":
		p.Video = b.media()
	}
}

func sendFile(kind string) method {
	return func(s *Server, c *call) (any, error) {
		u, err := s.chatOf(c, "chat_id")
		if err != nil {
			return nil, err
		}
		text, marks, err := c.caption()
		if err != nil {
			return nil, err
		}
		b, err := s.attached(c, kind, c.text(kind), kind)
		if err != nil {
			return nil, err
		}
		p := &post{Caption: text, CaptionEntities: marks}
		p.hold(b.lasting(c.text("duration")))
		return s.one(s.post(c, u, p))
	}
}

// lasting is the file with the duration that the sender names for it.
func (b *blob) lasting(seconds string) *blob {
	n, err := strconv.Atoi(seconds)
	if err != nil {
		return b
	}
	timed := *b
	timed.Duration = n
	return &timed
}

type albumItem struct {
	Type     string          `json:"type"`
	Media    string          `json:"media"`
	Caption  string          `json:"caption"`
	Mode     string          `json:"parse_mode"`
	Entities json.RawMessage `json:"caption_entities"`
}

func sendMediaGroup(s *Server, c *call) (any, error) {
	u, err := s.chatOf(c, "chat_id")
	if err != nil {
		return nil, err
	}
	var items []albumItem
	if err := c.into("media", &items); err != nil {
		return nil, err
	}
	if len(items) < 2 || len(items) > 10 {
		return nil, badRequest("album must have from 2 to 10 items")
	}
	if c.text("reply_markup") != "" {
		return nil, badRequest("reply markup is not allowed in an album")
	}
	album := strconv.FormatUint(uint64(s.lastMessage.Load()), 10) + rand.Text()[:8]
	posts := make([]*post, len(items))
	for i, it := range items {
		if posts[i], err = s.albumPost(c, it, items[0].Type); err != nil {
			return nil, err
		}
		posts[i].Album = album
	}
	added, err := s.post(c, u, posts...)
	if err != nil {
		return nil, err
	}
	for i, e := range added {
		posts[i] = e.Post
	}
	return posts, nil
}

func (s *Server) albumPost(c *call, it albumItem, first string) (*post, error) {
	switch it.Type {
	case "photo", "video", "document":
	default:
		return nil, badRequest("can't parse InputMedia: type must be one of photo, video, document here")
	}
	if (it.Type == "document") != (first == "document") {
		return nil, badRequest("document can't be mixed with other media types")
	}
	text, marks, err := checkCaption(format(it.Caption, it.Mode, func(dst *[]entity) error {
		if len(it.Entities) == 0 {
			return nil
		}
		return json.Unmarshal(it.Entities, dst)
	}))
	if err != nil {
		return nil, err
	}
	b, err := s.attached(c, "", it.Media, it.Type)
	if err != nil {
		return nil, err
	}
	p := &post{Caption: text, CaptionEntities: marks}
	p.hold(b)
	return p, nil
}

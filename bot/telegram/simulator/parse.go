package simulator

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What follows reads HTML as Telegram's server does (td, MessageEntity.cpp,
// parse_html): its tags, its errors, its handful of entities. Anything that
// browsers forgive is refused.

var tagKinds = map[string]string{
	"b": "bold", "strong": "bold", "i": "italic", "em": "italic",
	"u": "underline", "ins": "underline", "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough",
	"tg-spoiler": "spoiler", "span": "spoiler", "a": "text_link", "code": "code", "pre": "pre", "blockquote": "blockquote",
}

type openTag struct {
	name, arg string
	at        int // UTF-16 offset of what it encloses
	from      int // byte offset of that in the plain text
	pos       int // byte offset of the tag in the source
	class     bool
}

type htmlReader struct {
	src   string
	i     int
	out   strings.Builder
	units int
	open  []openTag
	found []entity
}

func parseHTML(src string) (string, []entity, error) {
	p := &htmlReader{src: src}
	for p.i < len(src) {
		var err error
		switch {
		case src[p.i] == '&':
			p.reference()
		case src[p.i] != '<':
			r, size := utf8.DecodeRuneInString(src[p.i:])
			p.put(r)
			p.i += size
		case strings.HasPrefix(src[p.i:], "</"):
			err = p.end()
		default:
			err = p.start()
		}
		if err != nil {
			return "", nil, err
		}
	}
	if n := len(p.open); n > 0 {
		return "", nil, cantParse("Can't find end tag corresponding to start tag %q", p.open[n-1].name)
	}
	return p.out.String(), sorted(p.found), nil
}

func cantParse(format string, args ...any) error {
	return badRequest("can't parse entities: "+format, args...)
}

func (p *htmlReader) put(r rune) {
	p.out.WriteRune(r)
	p.units += runeUnits(r)
}

func runeUnits(r rune) int {
	if r > 0xffff {
		return 2
	}
	return 1
}

// reference writes what an &entity; stands for; an unknown one stays as typed.
func (p *htmlReader) reference() {
	end := strings.IndexByte(p.src[p.i:], ';')
	if end > 0 && end < 12 {
		if r := referenced(p.src[p.i+1 : p.i+end]); r > 0 {
			p.put(r)
			p.i += end + 1
			return
		}
	}
	p.put('&')
	p.i++
}

func referenced(name string) rune {
	switch name {
	case "lt":
		return '<'
	case "gt":
		return '>'
	case "amp":
		return '&'
	case "quot":
		return '"'
	}
	digits, numeric := strings.CutPrefix(name, "#")
	if !numeric {
		return 0
	}
	base := 10
	if strings.HasPrefix(digits, "x") || strings.HasPrefix(digits, "X") {
		digits, base = digits[1:], 16
	}
	n, err := strconv.ParseUint(digits, base, 32)
	if err != nil || n == 0 || n >= 0x10ffff || !utf8.ValidRune(rune(n)) {
		return 0
	}
	return rune(n)
}

func (p *htmlReader) start() error {
	pos := p.i
	p.i++
	name := strings.ToLower(p.until(" \t\r\n/>"))
	if p.i >= len(p.src) {
		return cantParse("Unclosed start tag at byte offset %d", pos)
	}
	if _, ok := tagKinds[name]; !ok {
		return cantParse("Unsupported start tag %q at byte offset %d", name, pos)
	}
	tag := openTag{name: name, at: p.units, from: p.out.Len(), pos: pos}
	if err := p.attributes(&tag); err != nil {
		return err
	}
	if name == "span" && !tag.class {
		return cantParse("Tag \"span\" must have class \"tg-spoiler\" at byte offset %d", pos)
	}
	p.open = append(p.open, tag)
	return nil
}

func (p *htmlReader) until(stops string) string {
	n := strings.IndexAny(p.src[p.i:], stops)
	if n < 0 {
		n = len(p.src) - p.i
	}
	word := p.src[p.i : p.i+n]
	p.i += n
	return word
}

func (p *htmlReader) space() {
	for p.i < len(p.src) && strings.IndexByte(" \t\r\n", p.src[p.i]) >= 0 {
		p.i++
	}
}

func (p *htmlReader) attributes(tag *openTag) error {
	for {
		p.space()
		if p.i >= len(p.src) {
			return cantParse("Unclosed start tag %q at byte offset %d", tag.name, tag.pos)
		}
		if p.src[p.i] == '>' {
			p.i++
			return nil
		}
		name := strings.ToLower(p.until(" \t\r\n=>/"))
		if name == "" {
			return cantParse("Empty attribute name in the tag %q at byte offset %d", tag.name, tag.pos)
		}
		p.space()
		value, err := p.value(tag, name)
		if err != nil {
			return err
		}
		tag.set(name, value)
	}
}

func (p *htmlReader) value(tag *openTag, name string) (string, error) {
	if p.i >= len(p.src) || p.src[p.i] != '=' {
		if tag.name == "blockquote" && name == "expandable" {
			return "", nil
		}
		return "", cantParse("Expected equal sign in declaration of an attribute of the tag %q at byte offset %d", tag.name, tag.pos)
	}
	p.i++
	p.space()
	if p.i >= len(p.src) {
		return "", cantParse("Unclosed start tag %q at byte offset %d", tag.name, tag.pos)
	}
	quote := p.src[p.i]
	if quote != '"' && quote != '\'' {
		return p.until(" \t\r\n>"), nil
	}
	p.i++
	value := p.until(string(quote))
	if p.i >= len(p.src) {
		return "", cantParse("Unclosed start tag at byte offset %d", tag.pos)
	}
	p.i++
	inner := &htmlReader{src: value}
	for inner.i < len(value) {
		if value[inner.i] == '&' {
			inner.reference()
			continue
		}
		r, size := utf8.DecodeRuneInString(value[inner.i:])
		inner.put(r)
		inner.i += size
	}
	return inner.out.String(), nil
}

func (t *openTag) set(name, value string) {
	switch {
	case t.name == "a" && name == "href":
		t.arg = value
	case t.name == "code" && name == "class":
		t.arg, _ = strings.CutPrefix(value, "language-")
	case t.name == "span" && name == "class":
		t.class = value == "tg-spoiler"
	case t.name == "blockquote" && name == "expandable":
		t.arg = "1"
	}
}

func (p *htmlReader) end() error {
	pos := p.i
	p.i += 2
	name := strings.ToLower(p.until(" \t\r\n>"))
	p.space()
	if p.i >= len(p.src) || p.src[p.i] != '>' {
		return cantParse("Unclosed end tag at byte offset %d", pos)
	}
	p.i++
	if len(p.open) == 0 {
		return cantParse("Unexpected end tag at byte offset %d", pos)
	}
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return cantParse("Unmatched end tag at byte offset %d, expected \"</%s>\", found \"</%s>\"", pos, tag.name, name)
	}
	p.open = p.open[:len(p.open)-1]
	p.close(tag)
	return nil
}

func (p *htmlReader) close(tag openTag) {
	e := entity{Type: tagKinds[tag.name], Offset: tag.at, Length: p.units - tag.at}
	if e.Length == 0 {
		return
	}
	switch tag.name {
	case "a":
		e.URL = cmp.Or(tag.arg, p.out.String()[tag.from:])
		if !linkable(e.URL) {
			return
		}
	case "blockquote":
		if tag.arg != "" {
			e.Type = "expandable_blockquote"
		}
	case "code":
		if n := len(p.open); n > 0 && p.open[n-1].name == "pre" && p.open[n-1].at == e.Offset {
			p.open[n-1].arg = tag.arg
			return
		}
	case "pre":
		e.Language = tag.arg
	}
	p.found = append(p.found, e)
}

// sorted puts enclosing entities before what they enclose, and drops what
// stands inside code, where nothing else can.
func sorted(all []entity) []entity {
	slices.SortStableFunc(all, func(a, b entity) int {
		return cmp.Or(cmp.Compare(a.Offset, b.Offset), cmp.Compare(b.Length, a.Length))
	})
	codeEnd := -1
	return slices.DeleteFunc(all, func(e entity) bool {
		if e.Offset < codeEnd {
			return true
		}
		if e.Type == "code" || e.Type == "pre" {
			codeEnd = e.Offset + e.Length
		}
		return false
	})
}

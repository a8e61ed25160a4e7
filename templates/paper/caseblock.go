package paper

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"text/template"
)

// The text of a form is written once, in letters/*.txt, and becomes both its page
// and its Word template. Each line is a paragraph; what it begins with says of
// which kind:
//
//   - TITLE      + what it is about     > addressed to
//     ^ centred    _ a ground, in italics - without an indent
//     || 12:head | 0:head  the head of a table, with widths in millimetres
//     | cell | cell        a row of it
//     [signed]             recipients and signature
//     [both] LEFT | RIGHT  two signatures
//
// "= TITLE" is the title; any other line is running text. **bold** and the fields
// and marks of [FillDOCX] stand in it, a mark at the line's beginning.
type block struct {
	kind  string // "=", "+", ">", "^", "_", "-", "||", "|", "[signed]", "[both]" or "" for running text
	mark  string // the mark as it is written, or ""
	keep  string // the field of an if-para
	each  string // the field of a para or row
	cells []string
}

var (
	blockMark = regexp.MustCompile(`^\[\[(if-)?(row|para)\s+(\.[A-Za-z][\w.]*)\s*\]\]`)
	blockKind = regexp.MustCompile(`^(\|\||\[signed\]|\[both\]|[=+>^_|-])(?: |$)`)
)

func parseBlocks(text string) (all []block, err error) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		b := parseBlock(line)
		if strings.Contains(b.cells[0], "[[") {
			return nil, fmt.Errorf("paper: a mark within %q", line)
		}
		all = append(all, b)
	}
	return all, nil
}

func parseBlock(line string) (b block) {
	if m := blockMark.FindStringSubmatch(line); m != nil {
		b.mark, line = m[0], line[len(m[0]):]
		if b.each = m[3]; m[1] != "" {
			b.each, b.keep = "", m[3]
		}
	}
	if m := blockKind.FindStringSubmatch(line); m != nil {
		b.kind, line = m[1], strings.TrimSpace(line[len(m[1]):])
	}
	b.cells = []string{line}
	if strings.HasPrefix(b.kind, "|") || b.kind == "[both]" {
		b.cells = strings.Split(line, "|")
		for i, c := range b.cells {
			b.cells[i] = strings.TrimSpace(c)
		}
	}
	return b
}

// filled is b with its fields filled from data: nothing when its mark keeps it out,
// once for each item when it repeats.
func (b block) filled(data any) (all [][][]run, err error) {
	items := []any{data}
	switch {
	case b.keep != "":
		v, err := lookUp(data, data, b.keep)
		if err != nil {
			return nil, err
		}
		if on, _ := template.IsTrue(v); !on {
			return nil, nil
		}
	case b.each != "":
		v, err := lookUp(data, data, b.each)
		if err != nil {
			return nil, err
		}
		items = nil
		for i := range reflect.ValueOf(v).Len() {
			items = append(items, reflect.ValueOf(v).Index(i).Interface())
		}
	}
	for _, item := range items {
		cells := make([][]run, len(b.cells))
		for i, c := range b.cells {
			if cells[i], err = fillRuns(c, item, data); err != nil {
				return nil, err
			}
		}
		all = append(all, cells)
	}
	return all, nil
}

// fillRuns fills a text's fields and splits it at its bold marks. Values are
// never read as marks.
func fillRuns(text string, item, root any) (rs []run, err error) {
	for i, part := range strings.Split(text, "**") {
		style := ""
		if i%2 == 1 {
			style = "B"
		}
		said := action.ReplaceAllStringFunc(part, func(a string) string {
			f := field.FindStringSubmatch(a)
			if f == nil {
				err = firstOf(err, fmt.Errorf("paper: %q is no field", a))
				return a
			}
			v, e := lookUp(item, root, f[1])
			err = firstOf(err, e)
			return fmt.Sprint(v)
		})
		if said != "" {
			rs = append(rs, run{style, said})
		}
	}
	return rs, err
}

// lookUp finds what path names: a field of the item, or of the root behind a "$".
func lookUp(item, root any, path string) (any, error) {
	v := reflect.ValueOf(item)
	if strings.HasPrefix(path, "$") {
		v, path = reflect.ValueOf(root), path[1:]
	}
	for name := range strings.SplitSeq(strings.Trim(path, "."), ".") {
		if name == "" {
			continue
		}
		if v.Kind() != reflect.Struct || !v.FieldByName(name).IsValid() || !v.FieldByName(name).CanInterface() {
			return nil, fmt.Errorf("paper: no field %q", path)
		}
		v = v.FieldByName(name)
	}
	return v.Interface(), nil
}

package simulator

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// form is a call's parameters, whichever of the four ways they came.
type form struct {
	values map[string]string
	files  map[string]*upload
}

type upload struct {
	name, mime string
	data       []byte
}

func readForm(r *http.Request, limit int64) (*form, error) {
	f := &form{values: map[string]string{}, files: map[string]*upload{}}
	f.take(r.URL.Query())
	if r.Body == nil || r.Body == http.NoBody {
		return f, nil
	}
	r.Body = http.MaxBytesReader(nil, r.Body, limit+megabyte)
	kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	var err error
	switch kind {
	case "multipart/form-data":
		err = f.readParts(r, limit)
	case "application/json":
		err = f.readJSON(r.Body)
	case "application/x-www-form-urlencoded":
		err = f.readEncoded(r.Body)
	}
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return nil, &refusal{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"}
	}
	return f, err
}

func (f *form) take(values url.Values) {
	for key, v := range values {
		f.values[key] = v[0]
	}
}

func (f *form) readParts(r *http.Request, limit int64) error {
	parts, err := r.MultipartReader()
	if err != nil {
		return badRequest("can't parse the multipart body")
	}
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if err == io.EOF || n == 0 && errors.Is(err, io.EOF) { // a body without parts is sent by libraries
			return nil
		} else if err != nil {
			return err
		}
		data, err := io.ReadAll(part)
		if err != nil {
			return err
		}
		if part.FileName() == "" {
			f.values[part.FormName()] = string(data)
			continue
		}
		if int64(len(data)) > limit {
			return &refusal{Code: http.StatusRequestEntityTooLarge, Description: "Request Entity Too Large"}
		}
		f.files[part.FormName()] = &upload{part.FileName(), part.Header.Get("Content-Type"), data}
	}
}

func (f *form) readEncoded(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		return badRequest("can't parse the urlencoded body")
	}
	f.take(values)
	return nil
}

func (f *form) readJSON(r io.Reader) error {
	body, err := io.ReadAll(r)
	if err != nil || len(body) == 0 {
		return err
	}
	var fields map[string]json.RawMessage
	if json.Unmarshal(body, &fields) != nil {
		return badRequest("can't parse request JSON")
	}
	for key, raw := range fields {
		f.values[key] = fieldText(raw)
	}
	return nil
}

// fieldText is a JSON value as a form would hold it: strings bare, null
// absent, the rest as it stands.
func fieldText(raw json.RawMessage) string {
	if len(raw) > 0 && raw[0] == '"' {
		var text string
		if json.Unmarshal(raw, &text) == nil {
			return text
		}
	}
	if string(raw) == "null" {
		return ""
	}
	return string(raw)
}

func (f *form) text(key string) string { return f.values[key] }

func (f *form) number(key string) (int64, bool) {
	n, err := strconv.ParseInt(strings.TrimSpace(f.values[key]), 10, 64)
	return n, err == nil
}

func (f *form) flag(key string) bool {
	switch strings.ToLower(f.values[key]) {
	case "true", "1", "yes":
		return true
	}
	return false
}

// into decodes a JSON-valued parameter; an absent one leaves dst alone.
func (f *form) into(key string, dst any) error {
	raw := f.values[key]
	if raw == "" {
		return nil
	}
	if err := json.Unmarshal([]byte(raw), dst); err != nil {
		return badRequest("can't parse %s JSON object", key)
	}
	return nil
}

func (f *form) valid() error {
	for _, v := range f.values {
		if !utf8.ValidString(v) {
			return badRequest("strings must be encoded in UTF-8")
		}
	}
	return nil
}

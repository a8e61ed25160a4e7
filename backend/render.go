package backend

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html/template"
	"maps"
	"net/http"
	"slices"
	"strings"

	"tiepdan"
	"tiepdan/templates"
)

// handler is a page or a form's target. What it returns, [Server.answer] shows.
type handler func(w http.ResponseWriter, r *http.Request) error

var statuses = map[tiepdan.Code]int{
	tiepdan.Invalid:   http.StatusUnprocessableEntity,
	tiepdan.NotFound:  http.StatusNotFound,
	tiepdan.Forbidden: http.StatusForbidden,
	tiepdan.Conflict:  http.StatusConflict,
	tiepdan.Limited:   http.StatusTooManyRequests,
	tiepdan.Internal:  http.StatusInternalServerError,
}

// answer is the one place where an error becomes a response.
func (s *Server) answer(w http.ResponseWriter, r *http.Request, rt route, err error) {
	if err == nil || errors.Is(err, context.Canceled) && r.Context().Err() != nil {
		return
	}
	code := tiepdan.CodeOf(err)
	if code == tiepdan.Internal {
		s.Log.ErrorContext(r.Context(), "page failed", "route", rt.Pattern, "request", requestID(r), "err", err)
	}
	data := errorPage{Title: "error.title_" + string(code), Said: s.explain(r, err), Request: requestID(r), Back: back(r), Home: "/", Typed: typed(r)}
	show := s.renderStatus
	if rt.Open {
		show, data.Back, data.Home = s.renderOpen, "/schedule", ""
	}
	if rerr := show(w, r, "error", statuses[code], data); rerr != nil {
		s.Log.ErrorContext(r.Context(), "error page failed", "request", requestID(r), "err", rerr)
		http.Error(w, http.StatusText(statuses[code]), statuses[code])
	}
}

// errorPage is what error.html shows.
type errorPage struct {
	Title   string
	Said    template.HTML
	Request string
	Back    string
	Home    string // "" where Back leads there
	SignIn  bool   // Back leads to the sign-in
	Typed   string // what was written in the form that wasn't taken
}

// written are the fields that somebody writes sentences into; of several parts, each
// has its number after it.
var written = []string{"text", "reason", "content", "task", "handling", "note", "evidence", "part", "why", "followed", "ground_text", "opening", "matter"}

// typed is what somebody wrote in a form, for a page that can't show the form again:
// the case went to somebody else, the sign-in ran out.
func typed(r *http.Request) string {
	var words []string
	fields := slices.Sorted(maps.Keys(r.PostForm))
	for _, name := range written {
		for _, field := range fields {
			said := strings.TrimSpace(r.PostForm.Get(field))
			if said != "" && (field == name || strings.HasPrefix(field, name+"-")) {
				words = append(words, said)
			}
		}
	}
	return strings.Join(words, "\n\n")
}

// sessionsFailed answers while sign-ins can't be read: without them there is no page.
func (s *Server) sessionsFailed(w http.ResponseWriter, r *http.Request, err error) {
	s.Log.ErrorContext(r.Context(), "sessions failed", "request", requestID(r), "err", err)
	http.Error(w, http.StatusText(http.StatusServiceUnavailable), http.StatusServiceUnavailable)
}

// explain words an error in the reader's language. What nobody foresaw is ours
// and isn't shown.
func (s *Server) explain(r *http.Request, err error) template.HTML {
	key, args := "page.error.internal", map[string]any(nil)
	if e, ok := errors.AsType[*tiepdan.Error](err); ok && e.Code != tiepdan.Internal {
		key, args = e.Key, e.Args
	}
	words := templates.Messages(s.language(r))
	said, serr := words.Say(key, args)
	if serr != nil {
		s.Log.ErrorContext(r.Context(), "an error has no words", "key", key, "request", requestID(r))
		said, _ = words.Say("page.error.internal", nil)
	}
	return template.HTML(said) // escaped by the message's own template
}

// frame is what every page gets around its own data.
type frame struct {
	Page   any
	Name   string // the page's
	Nav    []navLink
	Staff  tiepdan.Staff
	Lang   tiepdan.Language
	Office tiepdan.Office
	Path   string
	Search string        // what was searched for
	Flash  template.HTML // a word about what was just done
}

// render writes a whole page, or nothing: a template that fails half way must
// not leave half a page behind.
func (s *Server) render(w http.ResponseWriter, r *http.Request, name string, data any) error {
	return s.renderStatus(w, r, name, http.StatusOK, data)
}

func (s *Server) renderStatus(w http.ResponseWriter, r *http.Request, name string, status int, data any) error {
	lang := s.language(r)
	t, ok := s.pages[lang][name]
	if !ok {
		return fmt.Errorf("backend: no page %q", name)
	}
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return err
	}
	f := frame{Page: data, Name: name, Staff: who(r), Lang: lang, Office: rules.Office, Path: r.URL.RequestURI(),
		Search: r.URL.Query().Get("q")}
	if f.Nav, err = s.nav(r, f.Staff); err != nil && name != "error" {
		return err // what went wrong is said even where the navigation fails too
	}
	if key := s.sessions.PopString(r.Context(), "flash"); key != "" {
		said, err := templates.Messages(lang).Say("page."+key, nil)
		if err != nil {
			return err
		}
		f.Flash = template.HTML(said)
	}
	var b bytes.Buffer
	if err := t.Execute(&b, f); err != nil {
		return fmt.Errorf("backend: page %s: %w", name, err)
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, err = b.WriteTo(w)
	return err
}

// done remembers a word for the next page, by its key without "page.", and goes there.
func (s *Server) done(w http.ResponseWriter, r *http.Request, key, where string) error {
	s.sessions.Put(r.Context(), "flash", key)
	http.Redirect(w, r, where, http.StatusSeeOther)
	return nil
}

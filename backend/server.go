// Package backend is the office's own site: the pages that staff work with, and
// the few that anybody may open. It renders on the server and works without
// JavaScript. It knows no chat app and no SQL; it imports nothing of the bot.
package backend

import (
	"fmt"
	"html/template"
	"io/fs"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/alexedwards/scs/v2"

	"tiepdan"
	"tiepdan/templates"
)

// Options are what a [Server] is made of. Every field is needed but Now.
type Options struct {
	Store     Store
	Sessions  scs.Store // where sign-ins are kept
	Files     Files
	Keeper    Keeper
	Papers    Papers
	PublicURL string
	BotName   func() string // the bot's user name, for deep links; "" while unknown
	Log       *slog.Logger
	Now       func() time.Time
}

// Server answers browsers.
type Server struct {
	Options
	sessions *scs.SessionManager
	pages    map[tiepdan.Language]map[string]*template.Template
	argon    chan struct{} // password checks at a time: each takes 19 MiB
	live     *live
	desks    desks
}

// languages are those that the pages speak, the first by default.
var languages = []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English}

// New parses the pages and returns the site. Close ends what it began.
func New(o Options) (*Server, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	s := &Server{Options: o, argon: make(chan struct{}, 2),
		pages: map[tiepdan.Language]map[string]*template.Template{}}
	for _, lang := range languages {
		pages, err := pagesIn(lang)
		if err != nil {
			return nil, fmt.Errorf("backend: %w", err)
		}
		s.pages[lang] = pages
	}
	s.sessions = newSessions(o.Sessions, strings.HasPrefix(o.PublicURL, "https://"))
	s.sessions.ErrorFunc = s.sessionsFailed
	s.live = newLive(o.Store, o.Log)
	return s, nil
}

var parsed sync.Map // of tiepdan.Language: a func that parses its pages at its first call

// pagesIn are the site's pages in a language. They are the same for every server
// of a process, and large, so they are parsed once.
func pagesIn(lang tiepdan.Language) (map[string]*template.Template, error) {
	once, _ := parsed.LoadOrStore(lang, sync.OnceValues(func() (map[string]*template.Template, error) {
		return templates.ParsePages(funcs(lang))
	}))
	return once.(func() (map[string]*template.Template, error))()
}

// Close ends the streams of the live pages, which an http.Server would wait for
// when it shuts down: register it there.
func (s *Server) Close() { s.live.close() }

// Handler returns the whole site.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	site := http.NewServeMux()
	for _, r := range s.routes() {
		if r.Open {
			site.Handle(r.Method+" "+r.Pattern, s.open(r))
			continue
		}
		mux.Handle(r.Method+" "+r.Pattern, s.guard(r))
	}
	static, err := fs.Sub(templates.Static, "static")
	if err != nil {
		panic(err) // the folder is part of the program
	}
	mux.Handle("/", s.guard(route{Public: true, Handle: func(http.ResponseWriter, *http.Request) error {
		return &tiepdan.Error{Code: tiepdan.NotFound, Key: "page.error.no_page"}
	}}))
	cross := http.NewCrossOriginProtection()
	cross.SetDenyHandler(s.guard(route{Public: true, Handle: func(http.ResponseWriter, *http.Request) error {
		return &tiepdan.Error{Code: tiepdan.Forbidden, Key: "page.error.cross_site"}
	}}))
	site.Handle("GET /static/", cached(http.StripPrefix("/static/", http.FileServerFS(static))))
	site.Handle("/", s.sessions.LoadAndSave(cross.Handler(mux)))
	return s.identified(secured(site))
}

// cached lets browsers keep what only a new version of the program changes.
func cached(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "public, max-age=86400")
		h.ServeHTTP(w, r)
	})
}

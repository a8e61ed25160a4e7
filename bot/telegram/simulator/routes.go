package simulator

import (
	"embed"
	"io/fs"
	"net/http"
	"strings"
)

//go:embed page
var pageFiles embed.FS

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/", s.serveRoot)
	mux.Handle("/simulator/", http.NewCrossOriginProtection().Handler(s.controls()))
	page, err := fs.Sub(pageFiles, "page")
	if err != nil {
		panic(err) // the folder is embedded just above
	}
	s.page = ownOnly(http.FileServerFS(page))
	return mux
}

func (s *Server) controls() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /simulator/state", s.serveOverview)
	mux.HandleFunc("GET /simulator/stats", s.serveStats)
	mux.HandleFunc("GET /simulator/events", s.serveEvents)
	mux.HandleFunc("GET /simulator/files/{id}", s.serveContent)
	mux.HandleFunc("POST /simulator/people", s.addPerson)
	mux.HandleFunc("GET /simulator/people/{id}", s.person(serveChat))
	mux.HandleFunc("POST /simulator/people/{id}/files", s.person(s.sendFiles))
	mux.HandleFunc("POST /simulator/people/{id}/{act}", s.person(s.serveAct))
	mux.HandleFunc("GET /simulator/faults", s.serveFaults)
	mux.HandleFunc("POST /simulator/faults", s.addFault)
	mux.HandleFunc("DELETE /simulator/faults", s.endFaults)
	mux.HandleFunc("DELETE /simulator/faults/{id}", s.endFault)
	return ownOnly(mux)
}

// ownOnly lets a page use nothing but what comes from this server.
func ownOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		next.ServeHTTP(w, r)
	})
}

// serveRoot sorts out the paths that begin with /bot<token>, which no pattern can.
func (s *Server) serveRoot(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/bot"):
		s.serveBot(w, r)
	case strings.HasPrefix(r.URL.Path, "/file/bot"):
		s.serveFile(w, r)
	default:
		s.page.ServeHTTP(w, r)
	}
}

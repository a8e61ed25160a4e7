package simulator

import (
	"net/http"
	"strings"
)

func (s *Server) routes() *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/", s.serveRoot)
	mux.HandleFunc("GET /simulator/events", s.serveEvents)
	return mux
}

// serveRoot sorts out the paths that begin with /bot<token>, which no pattern can.
func (s *Server) serveRoot(w http.ResponseWriter, r *http.Request) {
	switch {
	case strings.HasPrefix(r.URL.Path, "/bot"):
		s.serveBot(w, r)
	case strings.HasPrefix(r.URL.Path, "/file/bot"):
		s.serveFile(w, r)
	default:
		http.NotFound(w, r)
	}
}

package backend

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/alexedwards/scs/v2"

	"tiepdan"
)

// PasswordParams are the cost of a password's hash: 19 MiB and two passes, as
// OWASP's password storage sheet has it.
var PasswordParams = &argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// A day at the office, and a lunch without touching the page.
const (
	sessionLife = 12 * time.Hour
	sessionIdle = 2 * time.Hour
)

func newSessions(store scs.Store, secure bool) *scs.SessionManager {
	m := scs.New()
	m.Store = store
	m.Lifetime, m.IdleTimeout = sessionLife, sessionIdle
	m.Cookie.Name = "tiepdan"
	m.Cookie.HttpOnly, m.Cookie.Secure = true, secure
	m.Cookie.SameSite = http.SameSiteLaxMode
	return m
}

// signedIn returns who the session belongs to, or nobody. A session names its
// person by login and bears a mark of their password: it ends at once when they
// are disabled or renamed, or when the password was changed elsewhere.
func (s *Server) signedIn(r *http.Request) (tiepdan.Staff, error) {
	login := s.sessions.GetString(r.Context(), "login")
	if login == "" {
		return tiepdan.Staff{}, nil
	}
	staff, hash, err := s.Store.StaffByLogin(r.Context(), login)
	if err != nil && tiepdan.CodeOf(err) != tiepdan.NotFound {
		return tiepdan.Staff{}, err
	}
	if err != nil || staff.Disabled || s.sessions.GetString(r.Context(), "mark") != mark(hash) {
		return tiepdan.Staff{}, s.sessions.Destroy(r.Context())
	}
	return staff, nil
}

// mark tells one password's hash from the next without being it.
func mark(hash string) string {
	sum := sha256.Sum256([]byte(hash))
	return hex.EncodeToString(sum[:8])
}

// remember makes the session the person's, under a new token.
func (s *Server) remember(r *http.Request, login, hash string) error {
	if err := s.sessions.RenewToken(r.Context()); err != nil {
		return err
	}
	s.sessions.Put(r.Context(), "login", login)
	s.sessions.Put(r.Context(), "mark", mark(hash))
	return nil
}

// language is the person's own, else the browser's cookie, else Vietnamese.
func (s *Server) language(r *http.Request) tiepdan.Language {
	lang := who(r).Language
	if c, err := r.Cookie("language"); err == nil {
		lang = tiepdan.Language(c.Value)
	}
	if lang == tiepdan.English {
		return lang
	}
	return tiepdan.Vietnamese
}

// signInFor is the sign-in page that leads back to r's page.
func signInFor(r *http.Request) string {
	if r.Method != http.MethodGet || r.URL.Path == "/" {
		return "/sign-in"
	}
	return "/sign-in?next=" + url.QueryEscape(r.URL.RequestURI())
}

// local returns a path of this site, or "/": a link never leads elsewhere.
func local(path string) string {
	if !strings.HasPrefix(path, "/") || strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\r\n") {
		return "/"
	}
	return path
}

// back is the page that r came from, if it was one of ours.
func back(r *http.Request) string {
	u, err := url.Parse(r.Referer())
	if err != nil || u.Host != r.Host {
		return "/"
	}
	return local(u.RequestURI())
}

type signInPage struct {
	Form form
	Next string
}

func (s *Server) showSignIn(w http.ResponseWriter, r *http.Request) error {
	if staff := who(r); staff.ID != 0 {
		return s.goHome(w, r)
	}
	return s.render(w, r, "sign_in", signInPage{Next: local(r.FormValue("next"))})
}

func (s *Server) signIn(w http.ResponseWriter, r *http.Request) error {
	login, next := strings.TrimSpace(r.PostFormValue("login")), local(r.PostFormValue("next"))
	staff, hash, err := s.check(r, login, r.PostFormValue("password"))
	if err != nil {
		f, status, err := s.mend(r, err)
		if err != nil {
			return err
		}
		return s.renderStatus(w, r, "sign_in", status, signInPage{Form: f, Next: next})
	}
	if err := s.remember(r, staff.Login, hash); err != nil {
		return err
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

// nobodysHash is checked when there is no such person, so that both answers take
// the same time.
const nobodysHash = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

// check returns whose login and password these are, and the password's hash. Tries
// are limited by login and by address; the answer doesn't tell which of the two
// was wrong.
func (s *Server) check(r *http.Request, login, password string) (tiepdan.Staff, string, error) {
	ctx := r.Context()
	if err := s.throttle(ctx, login, address(r)); err != nil {
		return tiepdan.Staff{}, "", err
	}
	staff, hash, err := s.Store.StaffByLogin(ctx, login)
	if tiepdan.CodeOf(err) == tiepdan.NotFound || err == nil && hash == "" {
		staff, hash, err = tiepdan.Staff{}, nobodysHash, nil
	}
	if err != nil {
		return tiepdan.Staff{}, "", err
	}
	if !s.matches(password, hash) || staff.ID == 0 || staff.Disabled {
		return tiepdan.Staff{}, "", &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.sign_in.wrong"}
	}
	return staff, hash, s.right(ctx, login, address(r))
}

// Tries in signInWindow that may be wrong: of one login, and from one address,
// behind which a whole office may sit.
const (
	signInTries     = 6
	signInTriesFrom = 40
	signInWindow    = 15 * time.Minute
)

// try is one of the budgets that a sign-in draws on.
type try struct {
	what string
	n    int
}

func tries(login, from string) []try {
	return []try{{"sign-in:" + strings.ToLower(login), signInTries}, {"sign-in-from:" + from, signInTriesFrom}}
}

func (s *Server) throttle(ctx context.Context, login, from string) error {
	for _, t := range tries(login, from) {
		ok, wait, err := s.Store.Allow(ctx, t.what, t.n, signInWindow)
		if err != nil {
			return err
		}
		if !ok {
			minutes := int(wait.Round(time.Minute).Minutes())
			return &tiepdan.Error{Code: tiepdan.Limited, Key: "page.sign_in.too_often", Args: map[string]any{"Minutes": max(1, minutes)}}
		}
	}
	return nil
}

// right gives back what a sign-in drew: only wrong ones count.
func (s *Server) right(ctx context.Context, login, from string) error {
	for _, t := range tries(login, from) {
		if err := s.Store.Refund(ctx, t.what, t.n, signInWindow); err != nil {
			return err
		}
	}
	return nil
}

// matches compares a password with a hash, few at a time: each takes its memory.
func (s *Server) matches(password, hash string) bool {
	s.argon <- struct{}{}
	defer func() { <-s.argon }()
	match, err := argon2id.ComparePasswordAndHash(password, hash)
	return err == nil && match
}

// address is where a request came from, without the port.
func address(r *http.Request) string {
	if a, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
		return a.Addr().String()
	}
	return r.RemoteAddr
}

func (s *Server) signOut(w http.ResponseWriter, r *http.Request) error {
	if err := s.sessions.Destroy(r.Context()); err != nil {
		return err
	}
	http.Redirect(w, r, "/sign-in", http.StatusSeeOther)
	return nil
}

// chooseLanguage keeps the language in a cookie, signed in or not.
func (s *Server) chooseLanguage(w http.ResponseWriter, r *http.Request) error {
	s.keepLanguage(w, tiepdan.Language(r.PostFormValue("language")))
	next := back(r)
	if n := r.PostFormValue("here"); n != "" {
		next = local(n)
	}
	http.Redirect(w, r, next, http.StatusSeeOther)
	return nil
}

func (s *Server) keepLanguage(w http.ResponseWriter, lang tiepdan.Language) {
	if !slices.Contains(languages, lang) {
		lang = languages[0]
	}
	http.SetCookie(w, &http.Cookie{Name: "language", Value: string(lang), Path: "/", MaxAge: 365 * 24 * 3600,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: s.sessions.Cookie.Secure})
}

package backend

import (
	"net/http"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"tiepdan"
)

// MinPassword is how many characters a password has at least.
const MinPassword = 10

// CheckPassword reports what is wrong with a new password. Its length is all that
// is asked: rules about digits and signs make worse ones (NIST SP 800-63B, 3.1.1.2).
func CheckPassword(password string) error {
	if n := utf8.RuneCountInString(password); n < MinPassword || n > 200 {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.account.password_length", Args: map[string]any{"Min": MinPassword}}
	}
	return nil
}

// HashPassword makes what is kept of a password.
func HashPassword(password string) (string, error) {
	return argon2id.CreateHash(password, PasswordParams)
}

// accountPage is what account.html shows.
type accountPage struct {
	Form     form
	Unit     string
	Language form
	Quiet    form
	Choices  []option
	Min      int
}

func (s *Server) accountPage(r *http.Request, f form) (accountPage, error) {
	rules, err := s.Store.Rules(r.Context())
	if err != nil {
		return accountPage{}, err
	}
	unit, _ := rules.Unit(who(r).Unit)
	p := accountPage{Form: f, Unit: unit.Name, Language: filled("language", string(s.language(r))), Quiet: filled("quiet", who(r).Quiet.String()), Min: MinPassword}
	for _, lang := range languages {
		p.Choices = append(p.Choices, option{Value: string(lang), Label: plain(lang, "language.name")})
	}
	return p, nil
}

func (s *Server) showAccount(w http.ResponseWriter, r *http.Request) error {
	p, err := s.accountPage(r, form{})
	if err != nil {
		return err
	}
	return s.render(w, r, "account", p)
}

// changePassword ends every other session of the person's; this one goes on.
func (s *Server) changePassword(w http.ResponseWriter, r *http.Request) error {
	err := s.newPassword(r)
	if err == nil {
		return s.done(w, r, "account.password_changed", "/account")
	}
	f, status, err := s.mend(r, err)
	if err != nil {
		return err
	}
	p, err := s.accountPage(r, f)
	if err != nil {
		return err
	}
	return s.renderStatus(w, r, "account", status, p)
}

func (s *Server) newPassword(r *http.Request) error {
	staff, fresh := who(r), r.PostFormValue("new")
	if err := s.throttle(r.Context(), "change:"+staff.Login, address(r)); err != nil {
		return err
	}
	_, hash, err := s.Store.StaffByLogin(r.Context(), staff.Login)
	if err != nil {
		return err
	}
	if !s.matches(r.PostFormValue("old"), hash) {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.account.old_wrong"}
	}
	if fresh != r.PostFormValue("again") {
		return &tiepdan.Error{Code: tiepdan.Invalid, Key: "page.account.not_same"}
	}
	if err := CheckPassword(fresh); err != nil {
		return err
	}
	if hash, err = HashPassword(fresh); err != nil {
		return err
	}
	if err := s.Store.SetPassword(r.Context(), staff.Actor(), staff.ID, hash); err != nil {
		return err
	}
	return s.remember(r, staff.Login, hash)
}

func (s *Server) changeLanguage(w http.ResponseWriter, r *http.Request) error {
	staff := who(r)
	lang := tiepdan.Language(r.PostFormValue("language"))
	if lang != tiepdan.English {
		lang = tiepdan.Vietnamese
	}
	staff.Language = lang
	if _, err := s.Store.SaveStaff(r.Context(), staff.Actor(), staff); err != nil {
		return err
	}
	s.keepLanguage(w, lang)
	return s.done(w, r, "account.language_changed", "/account")
}

// changeQuiet sets the person's own hours without messages.
func (s *Server) changeQuiet(w http.ResponseWriter, r *http.Request) error {
	quiet, err := readQuiet(r)
	if err != nil {
		f, status, err := s.mend(r, err)
		if err != nil {
			return err
		}
		p, err := s.accountPage(r, form{})
		if err != nil {
			return err
		}
		p.Quiet = f
		return s.renderStatus(w, r, "account", status, p)
	}
	staff := who(r)
	staff.Quiet = quiet
	if _, err := s.Store.SaveStaff(r.Context(), staff.Actor(), staff); err != nil {
		return err
	}
	return s.done(w, r, "account.quiet_saved", "/account")
}

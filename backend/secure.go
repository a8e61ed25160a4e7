package backend

import (
	"net/http"
	"strings"

	"tiepdan"
)

// The page that a citizen opens from the chat to say who they are: what no chat
// should carry. Its link works once. Nothing of it stands in an address.

// securePage is what secure.html shows.
type securePage struct {
	Form  form
	Path  string
	Said  bool // a part for complaints was filled in: it stands open
	Bases []option
}

// showSecure shows the form. Looking doesn't use the link up: chat apps look at
// links before people do.
func (s *Server) showSecure(w http.ResponseWriter, r *http.Request) error {
	private(w)
	told, err := s.Store.SecureForm(r.Context(), r.PathValue("token"), s.Now())
	if err != nil {
		return s.secureOver(w, r, err)
	}
	r = s.speaks(w, r, told.Language)
	people := ""
	if told.Group.People > 1 {
		people = decimal(told.Group.People)
	}
	f := filled("name", told.Person.Name, "phone", told.Person.Phone, "address", told.Person.Address, "id_number", told.Person.IDNumber,
		"respondent", told.Respondent, "on_behalf", told.Group.OnBehalf, "people", people,
		"representatives", joinLines(told.Group.Representatives), "basis", told.Group.Basis, "complainants", told.Group.Listed())
	return s.render(w, r, "secure", s.newSecurePage(r, f))
}

func (s *Server) newSecurePage(r *http.Request, f form) securePage {
	p := securePage{Form: f, Path: r.URL.Path, Bases: basisOptions(s.language(r))}
	for _, name := range []string{"respondent", "respondent_address", "on_behalf", "people", "representatives", "complainants"} {
		p.Said = p.Said || f.Value(name) != ""
	}
	return p
}

// fillSecure keeps what was told, by the same rules as the chat and the desk, and
// uses the link up.
func (s *Server) fillSecure(w http.ResponseWriter, r *http.Request) error {
	private(w)
	told, err := s.Store.SecureForm(r.Context(), r.PathValue("token"), s.Now())
	if err != nil {
		return s.secureOver(w, r, err)
	}
	r = s.speaks(w, r, told.Language)
	p := tiepdan.Petition{Kind: tiepdan.KhieuNai} // the kind that may tell all of it
	if err = setPerson(&p, r); err == nil {
		err = s.Store.FillSecure(r.Context(), r.PathValue("token"), p.Person, p.Group, p.Respondent, s.Now())
	}
	if tiepdan.CodeOf(err) == tiepdan.NotFound {
		return s.secureOver(w, r, err)
	}
	if err != nil {
		return s.again(w, r, err, "secure", func(f form) (any, error) { return s.newSecurePage(r, f), nil })
	}
	http.Redirect(w, r, "/secure/sent", http.StatusSeeOther)
	return nil
}

// showSent leads back to the chat. It holds nothing and needs no link.
func (s *Server) showSent(w http.ResponseWriter, r *http.Request) error {
	private(w)
	return s.render(w, r, "secure_sent", s.chatLink())
}

// secureOver answers a link that never was, was used or has expired, with what to do.
func (s *Server) secureOver(w http.ResponseWriter, r *http.Request, err error) error {
	if tiepdan.CodeOf(err) != tiepdan.NotFound {
		return err
	}
	return s.renderStatus(w, r, "secure_over", http.StatusNotFound, s.chatLink())
}

// chatLink is the bot's chat; "" while its name isn't known.
func (s *Server) chatLink() string {
	if bot := s.BotName(); bot != "" {
		return "https://t.me/" + bot
	}
	return ""
}

// joinLines is a list as a form's area has it, one a line.
func joinLines(list []string) string { return strings.Join(list, "\n") }

// private keeps a page out of search engines; no page is kept by browsers.
func private(w http.ResponseWriter) { w.Header().Set("X-Robots-Tag", "noindex, nofollow") }

// speaks gives the page the language that the link asks for, else the one that
// the browser chose here before, else the chat's.
func (s *Server) speaks(w http.ResponseWriter, r *http.Request, chat tiepdan.Language) *http.Request {
	asked := tiepdan.Language(r.URL.Query().Get("lang"))
	if asked == tiepdan.Vietnamese || asked == tiepdan.English {
		s.keepLanguage(w, asked)
		return inLanguage(r, asked)
	}
	if _, err := r.Cookie("language"); err == nil || chat == "" {
		return r
	}
	return inLanguage(r, chat)
}

func inLanguage(r *http.Request, lang tiepdan.Language) *http.Request {
	c := r.Clone(r.Context())
	c.Header.Set("Cookie", "language="+string(lang))
	return c
}

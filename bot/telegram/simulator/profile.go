package simulator

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"
)

// Command is an entry of the bot's "/" menu.
type Command struct {
	Command     string `json:"command"`
	Description string `json:"description"`
}

// profile is what the bot tells about itself, each thing by language.
type profile struct {
	mu       sync.Mutex
	texts    map[string]string    // "name vi" → …
	commands map[string][]Command // scope and language → …
	menu     map[string]json.RawMessage
}

func newProfile(o Options) *profile {
	return &profile{
		texts:    map[string]string{"name ": o.Name},
		commands: map[string][]Command{}, menu: map[string]json.RawMessage{},
	}
}

func (p *profile) text(what, lang string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if t := p.texts[what+" "+lang]; t != "" {
		return t
	}
	return p.texts[what+" "]
}

func (p *profile) name(lang string) string { return p.text("name", lang) }

var (
	commandName  = regexp.MustCompile(`^[a-z0-9_]{1,32}$`)
	languageCode = regexp.MustCompile(`^([a-z]{2})?$`)
)

func setMyText(what string, limit int) method {
	return func(s *Server, c *call) (any, error) {
		if !languageCode.MatchString(c.text("language_code")) {
			return nil, badRequest("invalid language code specified")
		}
		text := c.text(what)
		if units(text) > limit {
			return nil, badRequest("bot %s is too long", strings.ReplaceAll(what, "_", " "))
		}
		s.profile.mu.Lock()
		s.profile.texts[what+" "+c.text("language_code")] = text
		s.profile.mu.Unlock()
		s.touch()
		s.showBot()
		return true, nil
	}
}

func getMyText(what string) method {
	return func(s *Server, c *call) (any, error) {
		return map[string]string{what: s.profile.text(what, c.text("language_code"))}, nil
	}
}

// scope is the key under which a scope's commands are kept.
func (c *call) scope() (string, error) {
	sc := struct {
		Type string `json:"type"`
		Chat any    `json:"chat_id"`
		User int64  `json:"user_id"`
	}{Type: "default"}
	if err := c.into("scope", &sc); err != nil {
		return "", err
	}
	if !languageCode.MatchString(c.text("language_code")) {
		return "", badRequest("invalid language code specified")
	}
	key := sc.Type
	switch sc.Type {
	case "default", "all_private_chats", "all_group_chats", "all_chat_administrators":
	case "chat", "chat_administrators", "chat_member":
		id, err := json.Marshal(sc.Chat)
		if err != nil || sc.Chat == nil {
			return "", badRequest("chat not found")
		}
		key += ":" + strings.Trim(string(id), `"`)
	default:
		return "", badRequest("unsupported bot command scope type")
	}
	return key + " " + c.text("language_code"), nil
}

func setMyCommands(s *Server, c *call) (any, error) {
	key, err := c.scope()
	if err != nil {
		return nil, err
	}
	var list []Command
	if err := c.into("commands", &list); err != nil {
		return nil, err
	}
	if len(list) > 100 {
		return nil, badRequest("BOT_COMMANDS_TOO_MUCH")
	}
	for i, cmd := range list {
		list[i].Command = strings.TrimPrefix(cmd.Command, "/")
		if !commandName.MatchString(list[i].Command) {
			return nil, badRequest("BOT_COMMAND_INVALID")
		}
		if n := units(cmd.Description); n < 1 || n > 256 {
			return nil, badRequest("BOT_COMMAND_DESCRIPTION_INVALID")
		}
	}
	return true, s.keepCommands(key, list)
}

func (s *Server) keepCommands(key string, list []Command) error {
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	if len(list) == 0 {
		delete(s.profile.commands, key)
	} else {
		s.profile.commands[key] = list
	}
	s.touch()
	s.showBot()
	return nil
}

func getMyCommands(s *Server, c *call) (any, error) {
	key, err := c.scope()
	if err != nil {
		return nil, err
	}
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	return append([]Command{}, s.profile.commands[key]...), nil
}

func deleteMyCommands(s *Server, c *call) (any, error) {
	key, err := c.scope()
	if err != nil {
		return nil, err
	}
	return true, s.keepCommands(key, nil)
}

// Commands is the menu as this person's phone shows it: of the narrowest
// scope that has any, in the phone's language if there are some.
func (u *User) Commands() []Command {
	p := u.srv.profile
	p.mu.Lock()
	defer p.mu.Unlock()
	id, _ := json.Marshal(u.ID())
	for _, scope := range []string{"chat:" + string(id), "all_private_chats", "default"} {
		for _, lang := range []string{u.person.Lang, ""} {
			if list := p.commands[scope+" "+lang]; len(list) > 0 {
				return append([]Command(nil), list...)
			}
		}
	}
	return nil
}

func setChatMenuButton(s *Server, c *call) (any, error) {
	button := struct {
		Type   string  `json:"type"`
		Text   string  `json:"text"`
		WebApp *WebApp `json:"web_app"`
	}{Type: "default"}
	if err := c.into("menu_button", &button); err != nil {
		return nil, err
	}
	switch {
	case button.Type == "web_app" && (button.Text == "" || button.WebApp == nil || !strings.HasPrefix(button.WebApp.URL, "https://")):
		return nil, badRequest("menu button is invalid")
	case button.Type != "default" && button.Type != "commands" && button.Type != "web_app":
		return nil, badRequest("menu button has unsupported type")
	}
	raw, err := json.Marshal(button)
	if err != nil {
		return nil, err
	}
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	s.profile.menu[c.text("chat_id")] = raw
	return true, nil
}

func getChatMenuButton(s *Server, c *call) (any, error) {
	s.profile.mu.Lock()
	defer s.profile.mu.Unlock()
	for _, key := range []string{c.text("chat_id"), ""} {
		if raw := s.profile.menu[key]; raw != nil {
			return raw, nil
		}
	}
	return map[string]string{"type": "commands"}, nil
}

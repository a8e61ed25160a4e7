package bot

import (
	"strings"

	"tiepdan"
)

func (s *step) trackScreen() Reply {
	if s.t.Code != "" || s.t.Token != "" {
		return Reply{Key: "track.pin", Args: Args{"Code": s.t.Code}, Buttons: [][]Button{rowOf("back", "menu")}}
	}
	return Reply{Key: "track.code", Args: Args{}, Buttons: [][]Button{rowOf("mycases", "menu")}}
}

// track takes the code and then the PIN; both may come in one message. A code
// that can't be right is said so: that tells nothing about any case.
func (s *step) track() error {
	if s.t.Code == "" && s.t.Token == "" {
		text, pin := codeAndPIN(s.ev.Text)
		code, err := tiepdan.ParseCaseCode(text)
		if err != nil {
			return err
		}
		if s.t.Code = string(code); pin != "" {
			s.cmd = Track{Code: s.t.Code, PIN: pin}
			return nil
		}
		s.t.Rev++
		s.show(s.trackScreen())
		return nil
	}
	pin, err := tiepdan.ParsePIN(s.ev.Text)
	if err != nil {
		return err
	}
	s.cmd = Track{Code: s.t.Code, Token: s.t.Token, PIN: string(pin)}
	return nil
}

// codeAndPIN splits a message of both: its last word is the PIN if it looks like
// one and the rest is a code.
func codeAndPIN(text string) (code, pin string) {
	words := strings.Fields(text)
	if n := len(words); n > 1 {
		rest := strings.Join(words[:n-1], " ")
		if p, err := tiepdan.ParsePIN(words[n-1]); err == nil {
			if _, err := tiepdan.ParseCaseCode(rest); err == nil {
				return rest, string(p)
			}
		}
	}
	return text, ""
}

// trackedScreen is a case as somebody sees it who has its code and PIN: where it
// stands, and no word of what it says.
func trackedScreen(w World, c tiepdan.Case) Reply {
	args := statusArgs(w, c)
	for _, key := range []string{"Text", "Asked", "Answer"} {
		args[key] = ""
	}
	return Reply{Key: "track.found", Args: args, Buttons: [][]Button{rowOf("track", "menu")}}
}

package simulator

import (
	"encoding/json"
	"slices"
)

// markup is a reply_markup after it was found right.
type markup struct {
	inline     *inlineSet
	keyboard   *Keyboard
	remove     bool
	forceReply bool
}

type rawMarkup struct {
	Inline      *[][]json.RawMessage `json:"inline_keyboard"`
	Keyboard    *[][]json.RawMessage `json:"keyboard"`
	OneTime     bool                 `json:"one_time_keyboard"`
	Placeholder string               `json:"input_field_placeholder"`
	Remove      bool                 `json:"remove_keyboard"`
	ForceReply  bool                 `json:"force_reply"`
}

func (s *Server) markup(c *call) (markup, error) {
	var raw rawMarkup
	if err := c.into("reply_markup", &raw); err != nil {
		return markup{}, err
	}
	if units(raw.Placeholder) > 64 {
		return markup{}, badRequest("input field placeholder is too long")
	}
	m := markup{remove: raw.Remove, forceReply: raw.ForceReply}
	switch {
	case raw.Inline != nil:
		rows, err := readRows(*raw.Inline, s.readInline)
		if len(rows) > 0 {
			m.inline = &inlineSet{rows}
		}
		return m, err
	case raw.Keyboard != nil:
		rows, err := readRows(*raw.Keyboard, readKey)
		m.keyboard = &Keyboard{rows, raw.OneTime, raw.Placeholder}
		if err == nil && len(rows) == 0 {
			err = badRequest("reply keyboard must have at least one button")
		}
		return m, err
	}
	return m, nil
}

// inlineMarkup is for edits, which know no other keyboard.
func (s *Server) inlineMarkup(c *call) (*inlineSet, error) {
	m, err := s.markup(c)
	if err == nil && (m.keyboard != nil || m.remove || m.forceReply) {
		err = badRequest("can't parse inline keyboard: an inline keyboard is expected")
	}
	return m.inline, err
}

func readRows(raw [][]json.RawMessage, read func(json.RawMessage) (Button, error)) ([][]Button, error) {
	var rows [][]Button
	total := 0
	for _, r := range raw {
		var row []Button
		for _, one := range r {
			b, err := read(one)
			if err != nil {
				return nil, err
			}
			row = append(row, b)
		}
		if total += len(row); len(row) > 0 {
			rows = append(rows, row)
		}
	}
	if total > 100 {
		return nil, badRequest("reply markup is too long")
	}
	return rows, nil
}

func (s *Server) readInline(raw json.RawMessage) (Button, error) {
	var b Button
	if json.Unmarshal(raw, &b) != nil {
		return b, badRequest("can't parse inline keyboard button: Can't parse the button as JSON object")
	}
	if b.Text == "" {
		return b, badRequest("can't parse inline keyboard button: Field \"text\" must be non-empty")
	}
	// Libraries send an empty copy_text with every button; Telegram looks at it last.
	if b.Copy != nil && b.Copy.Text == "" {
		b.Copy = nil
	}
	actions := []bool{b.Data != "", b.URL != "", b.WebApp != nil, b.Copy != nil, b.Switch != nil, b.SwitchIn != nil}
	switch n := len(slices.DeleteFunc(actions, func(set bool) bool { return !set })); {
	case n == 0:
		return b, badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
	case n > 1:
		return b, badRequest("can't parse inline keyboard button: exactly one action must be used")
	case b.Contact || b.Location:
		return b, badRequest("can't parse inline keyboard button: requests are unallowed in the inline keyboard")
	}
	return b, s.checkAction(b)
}

func (s *Server) checkAction(b Button) error {
	switch {
	case len(b.Data) > 64:
		return badRequest("BUTTON_DATA_INVALID")
	case b.URL != "" && !buttonURL(b.URL, s.opts.AllowLocalURLs):
		return badRequest("BUTTON_URL_INVALID")
	case b.WebApp != nil && (len(b.WebApp.URL) < 8 || b.WebApp.URL[:8] != "https://"):
		return badRequest("inline keyboard button Web App URL '%s' is invalid: Only HTTPS links are allowed", b.WebApp.URL)
	case b.Copy != nil && units(b.Copy.Text) > 256:
		return badRequest("BUTTON_COPY_TEXT_INVALID")
	}
	return nil
}

// readKey reads a reply keyboard's button, which may be a bare string.
func readKey(raw json.RawMessage) (Button, error) {
	var b Button
	if json.Unmarshal(raw, &b.Text) != nil && json.Unmarshal(raw, &b) != nil {
		return b, badRequest("can't parse keyboard button: Can't parse the button as JSON object")
	}
	if b.Text == "" {
		return b, badRequest("can't parse keyboard button: Field \"text\" must be non-empty")
	}
	if b.Data != "" || b.URL != "" {
		return b, badRequest("can't parse keyboard button: inline actions are unallowed in a reply keyboard")
	}
	return b, nil
}

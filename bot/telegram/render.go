package telegram

import (
	"cmp"
	"fmt"
	"strings"

	"tiepdan"
	"tiepdan/bot"
)

// maxData is how many bytes a button's data may have.
const maxData = 64

// screen is a reply in words, ready to be sent.
type screen struct {
	reply   bot.Reply
	html    string
	inline  *inlineKeyboard
	keys    any      // a reply keyboard, or its removal
	bundles []bundle // set by who sends it: papers are made late
}

type inlineKeyboard struct {
	Rows [][]inlineButton `json:"inline_keyboard"`
}

// inlineButton is ours, since the library's sends an empty copy_text with each.
type inlineButton struct {
	Text string `json:"text"`
	Data string `json:"callback_data,omitempty"`
	URL  string `json:"url,omitempty"`
}

type replyKeyboard struct {
	Rows    [][]replyKey `json:"keyboard"`
	Resize  bool         `json:"resize_keyboard"`
	OneTime bool         `json:"one_time_keyboard"`
}

type replyKey struct {
	Text  string `json:"text"`
	Phone bool   `json:"request_contact,omitempty"`
	Place bool   `json:"request_location,omitempty"`
}

type keyboardRemoval struct {
	Remove bool `json:"remove_keyboard"`
}

// render puts a reply into words. The language is the reply's own, else that of
// whoever it is for.
func (b *Bot) render(r bot.Reply, lang tiepdan.Language) (s screen, err error) {
	lang = cmp.Or(r.Language, lang, tiepdan.Vietnamese)
	s.reply = r
	if r.Key != "" {
		if s.html, err = b.texts.Say(lang, r.Key, r.Args); err != nil {
			return s, err
		}
	}
	if s.inline, err = b.buttons(r.Buttons, lang, r.Rev); err != nil {
		return s, err
	}
	s.keys, err = b.keyboard(r.Keyboard, lang)
	return s, err
}

func (b *Bot) buttons(rows [][]bot.Button, lang tiepdan.Language, rev int) (*inlineKeyboard, error) {
	k := &inlineKeyboard{}
	for _, row := range rows {
		var line []inlineButton
		for _, button := range row {
			label, err := b.label(lang, button.Key, button.Args)
			if err != nil {
				return nil, err
			}
			shown := inlineButton{Text: label, URL: button.URL}
			if button.URL == "" {
				shown.Data = choiceData(rev, button.ID)
			}
			if len(shown.Data) > maxData {
				return nil, fmt.Errorf("the button %s has %d bytes of data, at most %d are possible", button.Key, len(shown.Data), maxData)
			}
			line = append(line, shown)
		}
		if line != nil {
			k.Rows = append(k.Rows, line)
		}
	}
	if k.Rows == nil {
		return nil, nil
	}
	return k, nil
}

func (b *Bot) keyboard(k *bot.Keyboard, lang tiepdan.Language) (any, error) {
	switch {
	case k == nil:
		return nil, nil
	case k.Remove || len(k.Rows) == 0:
		return keyboardRemoval{true}, nil
	}
	shown := replyKeyboard{Resize: true, OneTime: true}
	for _, row := range k.Rows {
		var line []replyKey
		for _, key := range row {
			label, err := b.label(lang, key.Key, nil)
			if err != nil {
				return nil, err
			}
			line = append(line, replyKey{label, key.Phone, key.Place})
		}
		shown.Rows = append(shown.Rows, line)
	}
	return shown, nil
}

// label is a text for a button, which shows no markup.
func (b *Bot) label(lang tiepdan.Language, key string, args any) (string, error) {
	s, err := b.texts.Plain(lang, key, args)
	if s = strings.TrimSpace(s); err == nil && s == "" {
		err = fmt.Errorf("the button %s says nothing", key)
	}
	return s, err
}

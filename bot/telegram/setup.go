package telegram

import (
	"context"
	"slices"

	tg "github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiepdan"
)

// commands are what the app's menu lists, in its order. What they do is the
// engine's; what they are called there are the texts command.start and so on.
var commands = []string{"start", "menu", "submit", "track", "mycases", "schedule", "book", "help", "language", "cancel", "privacy"}

// Me asks Telegram who we are and remembers the name that links need.
func (b *Bot) Me(ctx context.Context) (models.User, error) {
	var me models.User
	err := b.api.call(ctx, "getMe", nil, &me)
	if err == nil {
		b.name.Store(&me.Username)
		b.touch()
	}
	return me, err
}

// Name is the bot's username, "" until Telegram has told it.
func (b *Bot) Name() string {
	if name := b.name.Load(); name != nil {
		return *name
	}
	return ""
}

// introduce learns the bot's name and then tells Telegram how to present it.
// Nothing waits for it: a Telegram that is down keeps no office from opening.
func (b *Bot) introduce(ctx context.Context) {
	err := b.persist(ctx, "getMe", func(ctx context.Context) error {
		_, err := b.Me(ctx)
		return err
	})
	if err != nil {
		return
	}
	// Without a language code is for people whose app speaks neither of ours.
	for _, in := range []struct {
		code string
		lang tiepdan.Language
	}{{"", tiepdan.Vietnamese}, {"vi", tiepdan.Vietnamese}, {"en", tiepdan.English}} {
		b.present(ctx, in.code, in.lang)
	}
	b.tell(ctx, "setChatMenuButton", map[string]any{"menu_button": map[string]string{"type": "commands"}})
}

// present sets in one language what differs from what is set: these methods have
// strict limits, and every replica comes here at every start.
func (b *Bot) present(ctx context.Context, code string, lang tiepdan.Language) {
	list := make([]models.BotCommand, 0, len(commands))
	for _, name := range commands {
		if text := b.word(lang, "command."+name, 256); text != "" {
			list = append(list, models.BotCommand{Command: name, Description: text})
		}
	}
	in := map[string]string{"language_code": code}
	var have []models.BotCommand
	if b.asked(ctx, "getMyCommands", in, &have) && !slices.Equal(have, list) {
		b.tell(ctx, "setMyCommands", &tg.SetMyCommandsParams{Commands: list, LanguageCode: code})
	}
	var long models.BotDescription
	if text := b.word(lang, "bot.description", 512); text != "" && b.asked(ctx, "getMyDescription", in, &long) && long.Description != text {
		b.tell(ctx, "setMyDescription", &tg.SetMyDescriptionParams{Description: text, LanguageCode: code})
	}
	var about models.BotShortDescription
	if text := b.word(lang, "bot.about", 120); text != "" && b.asked(ctx, "getMyShortDescription", in, &about) && about.ShortDescription != text {
		b.tell(ctx, "setMyShortDescription", &tg.SetMyShortDescriptionParams{ShortDescription: text, LanguageCode: code})
	}
}

// word is a text for Telegram's own pages; "" if there is none.
func (b *Bot) word(lang tiepdan.Language, key string, max int) string {
	s, err := b.texts.Plain(lang, key, map[string]any{})
	if err != nil {
		b.log.Error("a text is missing", "key", key, "error", cause(err))
		return ""
	}
	return short(s, max)
}

func (b *Bot) asked(ctx context.Context, method string, in, out any) bool {
	return b.patient(ctx, func(ctx context.Context) error { return b.api.call(ctx, method, in, out) }) == nil
}

// tell is a setting; one that Telegram refuses is logged and left.
func (b *Bot) tell(ctx context.Context, method string, in any) {
	err := b.patient(ctx, func(ctx context.Context) error { return b.api.call(ctx, method, in, nil) })
	if err != nil {
		b.log.Warn("Telegram did not take a setting", "method", method, "error", cause(err))
	}
}

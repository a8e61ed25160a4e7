package telegram

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync"
	"time"

	tg "github.com/go-telegram/bot"

	"tiepdan"
	"tiepdan/bot"
)

// handle works one letter. It may come twice, after a crash or a failure: the
// engine knows a deed again by its ID.
func (b *Bot) handle(ctx context.Context, l Letter) error {
	began := b.now()
	ev, ok, err := b.event(l)
	if err != nil {
		b.metrics.update("unreadable", "failed")
		return err
	}
	if !ok {
		b.metrics.update("other", "ignored")
		return nil
	}
	err = b.answer(ctx, ev)
	outcome := "done"
	if err != nil {
		outcome = "failed"
		b.log.Warn("an update failed; it comes again", "letter", l.ID, "kind", ev.Kind, "attempt", l.Attempt, "passes", temporary(err), "error", cause(err))
	}
	b.metrics.update(string(ev.Kind), outcome)
	b.metrics.handled(string(ev.Kind), b.now().Sub(began))
	return err
}

// event reads a letter: an update, or an event that we posted ourselves.
func (b *Bot) event(l Letter) (bot.Event, bool, error) {
	if l.Source == Channel {
		return decode(l.Raw, l.At)
	}
	var ev bot.Event
	if err := json.Unmarshal(l.Raw, &ev); err != nil {
		return ev, false, fmt.Errorf("%w: %s", errPoison, jsonFault(err))
	}
	ev.From = l.Peer
	if ev.ID == "" {
		ev.ID = "l" + strconv.FormatInt(l.ID, 10)
	}
	if ev.At.IsZero() {
		ev.At = l.At
	}
	return ev, true, nil
}

// answer lets the engine take an event and shows what it says. Then the messages
// that the deed itself has put into the outbox go out: who is talking with us
// needn't wait for the dispatcher.
func (b *Bot) answer(ctx context.Context, ev bot.Event) error {
	b.settle(ctx, ev)
	out, err := b.engine.Handle(ctx, ev)
	if err != nil {
		return err
	}
	if out.Album != "" {
		b.hold(ev, out)
	} else if err := b.show(ctx, ev, out.Replies); err != nil {
		return err
	}
	if out.Due {
		b.deliverOf(ctx, ev.From)
	}
	return nil
}

// show shows replies to an event, and meanwhile ends the spinner of a pressed
// button. Somebody who has left needs none of it; a failure that passes makes the
// whole letter come again.
func (b *Bot) show(ctx context.Context, ev bot.Event, replies []bot.Reply) error {
	var pressed sync.WaitGroup
	defer pressed.Wait()
	toast, replies := b.toast(ev, replies)
	pressed.Go(func() { b.answerPress(ctx, ev, toast) })
	for _, r := range replies {
		err := b.showOne(ctx, ev, r)
		switch why(err) {
		case blocked, chatGone:
			b.metrics.message("reply_blocked")
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// toast takes the passing word out of replies.
func (b *Bot) toast(ev bot.Event, replies []bot.Reply) (string, []bot.Reply) {
	var word string
	var rest []bot.Reply
	for _, r := range replies {
		if !r.Toast || ev.Kind != bot.Pressed || word != "" {
			rest = append(rest, r)
			continue
		}
		s, err := b.texts.Plain(cmp.Or(r.Language, ev.Language, tiepdan.Vietnamese), r.Key, r.Args)
		if err != nil {
			b.log.Error("a toast could not be said", "key", r.Key, "error", cause(err))
		}
		word = short(s, maxToast)
	}
	return word, rest
}

// answerPress answers a pressed button; too late is no fault of ours.
func (b *Bot) answerPress(ctx context.Context, ev bot.Event, word string) {
	id, press := strings.CutPrefix(ev.ID, "c")
	if ev.Kind != bot.Pressed || !press {
		return
	}
	err := b.patient(ctx, func(ctx context.Context) error {
		return b.api.call(ctx, "answerCallbackQuery", tg.AnswerCallbackQueryParams{CallbackQueryID: id, Text: word}, nil)
	})
	if err != nil && why(err) != tooOld {
		b.log.Warn("a pressed button could not be answered", "error", cause(err))
	}
}

// showOne shows a reply: in place of the message whose button was pressed if it
// can, else as a new one. What belongs to a case is remembered, for replies to it.
func (b *Bot) showOne(ctx context.Context, ev bot.Event, r bot.Reply) error {
	s, err := b.render(r, ev.Language)
	if err != nil {
		return err
	}
	if r.Replace {
		if done, err := b.replace(ctx, ev, s); done || err != nil {
			return err
		}
	}
	if s.bundles, err = b.enclose(ctx, r); err != nil {
		return err
	}
	var refs []string
	for _, o := range s.calls(ev.From.ID) {
		made, err := b.reply(ctx, ev.From, o)
		if err != nil {
			return err
		}
		refs = append(refs, made...)
	}
	b.remember(ctx, ev.From, r.Case, r.Entry, refs)
	return nil
}

// replace edits the pressed message. It is not done when there is more to show
// than one text, or when Telegram doesn't let that message be edited.
func (b *Bot) replace(ctx context.Context, ev bot.Event, s screen) (done bool, err error) {
	id, err := strconv.Atoi(ev.Message)
	texts := parts(s.html, maxText)
	if err != nil || ev.Kind != bot.Pressed || ev.Captions || len(texts) != 1 || s.keys != nil || len(s.reply.Files)+len(s.reply.Papers) > 0 {
		return false, nil
	}
	p := map[string]any{"chat_id": ev.From.ID, "message_id": id, "text": texts[0], "parse_mode": "HTML",
		"link_preview_options": map[string]bool{"is_disabled": true}}
	if s.inline != nil {
		p["reply_markup"] = s.inline
	}
	_, err = b.reply(ctx, ev.From, outgoing{method: "editMessageText", params: p})
	switch why(err) {
	case gone, refused:
		return false, nil
	case notModified:
		err = nil
	}
	if err != nil {
		return false, err
	}
	b.remember(ctx, ev.From, s.reply.Case, s.reply.Entry, []string{ev.Message})
	return true, nil
}

// remember notes which case messages belong to. Its failing must not make a
// screen come twice.
func (b *Bot) remember(ctx context.Context, to tiepdan.Peer, caseID int64, entry int, refs []string) {
	if caseID == 0 {
		return
	}
	for _, ref := range refs {
		if err := b.store.RememberMessage(ctx, to, ref, caseID, entry); err != nil {
			b.log.Error("a message's case could not be remembered", "error", cause(err))
			return
		}
	}
}

// dead tells the person that what they did could not be taken, and ends the
// spinner if it was a press. Staff see it as a task of the store's.
func (b *Bot) dead(ctx context.Context, l Letter, why error) {
	b.metrics.dead.Inc()
	kind := "failed"
	if errors.Is(why, errPoison) {
		kind = "unreadable"
	}
	b.log.Error("an update was put aside", "letter", l.ID, "source", l.Source, "kind", kind, "waited", time.Since(l.At).Round(time.Second))
	ev, _, err := b.event(l)
	if err != nil {
		ev = bot.Event{}
	}
	ev.From = l.Peer
	if l.Peer == nobody || ev.Kind == bot.Left {
		return
	}
	replies, _, err := b.engine.Notice(ctx, bot.Notice{Peer: l.Peer, Key: "update.dead", Language: ev.Language})
	if err != nil { // the fault may be the engine's
		replies = []bot.Reply{{Key: "update.dead", Args: map[string]any{}}}
	}
	if err := b.show(ctx, ev, replies); err != nil {
		b.log.Error("a person could not be told of an update put aside", "error", cause(err))
	}
}

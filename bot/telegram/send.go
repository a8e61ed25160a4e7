package telegram

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"
)

// outgoing is one call that shows something. With parts it is a form.
type outgoing struct {
	method string
	params map[string]any
	parts  []part
	files  bundle // what parts are of
}

// spare reports whether o sends a paper that its words can go without.
func (o outgoing) spare() bool { return len(o.files) == 1 && o.files[0].spare }

// captioned reports whether the words stand under what o sends.
func (o outgoing) captioned() bool { return o.params["caption"] != nil }

// posted is what Telegram answers to it: a message, or an album's.
type posted struct {
	ID int `json:"message_id"`
}

// post makes the call and returns the marks of the messages that it made.
func (b *Bot) post(ctx context.Context, o outgoing) ([]string, error) {
	all := make([]posted, 1)
	var out any = &all[0]
	if o.method == "sendMediaGroup" {
		out = &all
	}
	var err error
	if o.parts == nil {
		err = b.api.call(ctx, o.method, o.params, out)
	} else {
		err = b.api.upload(ctx, o.method, fields(o.params), o.parts, out)
	}
	if errors.Is(err, errForm) {
		return nil, nil // it is there, whatever it is called
	}
	if err != nil {
		return nil, err
	}
	refs := make([]string, len(all))
	for i, p := range all {
		refs[i] = strconv.Itoa(p.ID)
	}
	return refs, nil
}

// fields are params as a form has them.
func fields(params map[string]any) map[string]string {
	fs := make(map[string]string, len(params))
	for name, v := range params {
		if s, ok := v.(string); ok {
			fs[name] = s
			continue
		}
		raw, _ := json.Marshal(v) // params are ours: they always marshal
		fs[name] = string(raw)
	}
	return fs
}

// calls are what shows s in chat: the words first, since they matter most, with
// the buttons under their last part; then the files. A single file, or a paper
// that leads others, carries the words if they fit under it.
func (s screen) calls(chat string) []outgoing {
	params := func() map[string]any { return s.params(chat) }
	bundles := s.bundles
	var calls []outgoing
	if s.captioned() {
		p := params()
		if s.html != "" {
			p["caption"], p["parse_mode"] = s.html, "HTML"
		}
		s.mark(p, true, true)
		first := bundles[0].message(p)
		calls, bundles = append(calls, first), bundles[1:]
	} else {
		texts := parts(s.html, maxText)
		for i, text := range texts {
			p := params()
			p["text"], p["parse_mode"] = text, "HTML"
			p["link_preview_options"] = map[string]bool{"is_disabled": true}
			s.mark(p, i == 0, i == len(texts)-1)
			calls = append(calls, outgoing{method: "sendMessage", params: p})
		}
	}
	for _, g := range bundles {
		p := params()
		if len(calls) > 0 {
			p["disable_notification"] = true // one sound is enough
		}
		calls = append(calls, g.message(p))
	}
	return calls
}

func (s screen) captioned() bool {
	leads := len(s.bundles) == 1 || len(s.reply.Papers) > 0
	return len(s.bundles) > 0 && len(s.bundles[0]) == 1 && leads && units(plain(s.html)) <= maxCaption
}

func (s screen) params(chat string) map[string]any {
	p := map[string]any{"chat_id": chat}
	if s.reply.Protect {
		p["protect_content"] = true
	}
	if s.reply.Quiet {
		p["disable_notification"] = true
	}
	return p
}

// mark puts on a message what belongs to the first or to the last of a reply. One
// message has room for one keyboard: the buttons go under the last, the phone's
// keys come with the first.
func (s screen) mark(p map[string]any, first, last bool) {
	if id, err := strconv.Atoi(s.reply.ReplyTo); first && err == nil {
		p["reply_parameters"] = map[string]any{"message_id": id, "allow_sending_without_reply": true}
	}
	switch {
	case last && s.inline != nil:
		p["reply_markup"] = s.inline
	case first && s.keys != nil:
		p["reply_markup"] = s.keys
	}
}

// humble makes a call and, if Telegram doesn't take it as it is, makes it again in
// a plainer way: without markup, or pictures as files. Nothing is lost for its looks.
func (b *Bot) humble(ctx context.Context, o outgoing) ([]string, error) {
	refs, err := b.post(ctx, o)
	switch {
	case why(err) == entities:
		b.log.Error("Telegram refused our markup; the text goes without it", "method", o.method)
		return b.post(ctx, o.withoutMarkup())
	case why(err) == refused && o.files.pictures():
		b.log.Warn("Telegram refused a picture; it goes as a file", "method", o.method)
		return b.post(ctx, o.files.documents().message(o.params))
	}
	return refs, err
}

func (o outgoing) withoutMarkup() outgoing {
	params := make(map[string]any, len(o.params))
	for name, v := range o.params {
		if s, ok := v.(string); ok && (name == "text" || name == "caption") {
			v = plain(s)
		}
		params[name] = v
	}
	delete(params, "parse_mode")
	return outgoing{o.method, params, o.parts, o.files}
}

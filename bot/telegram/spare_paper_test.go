package telegram

import (
	"context"
	"errors"
	"testing"

	"tiepdan/bot"
	"tiepdan/bot/telegram/simulator"
)

// half makes every paper but the refusal's.
type half struct{ calendar }

func (half) Paper(_ context.Context, p bot.Paper) (string, string, []byte, error) {
	if p.Kind == "refusal_notice" {
		return "", "", nil, errors.New("no ink")
	}
	return p.Kind + ".pdf", "application/pdf", []byte("%PDF-1.7 " + p.Kind), nil
}

func TestAPaperComesWithItsWordsAndNeverHoldsThemUp(t *testing.T) {
	t.Parallel()
	told := func(text, kind string) bot.Reply {
		return bot.Reply{Key: "m", Args: saying(text), Case: 9, Papers: []bot.Paper{{Kind: kind, Case: 9, Spare: true}}}
	}
	o := begun(t, &script{notice: func(n bot.Notice) ([]bot.Reply, error) {
		if n.Key == "notice.refused" {
			return []bot.Reply{told("Không thụ lý", "refusal_notice")}, nil
		}
		return []bot.Reply{told("Trả lời của cơ quan", "result")}, nil
	}}, func(o *Options, _ *simulator.Options) { o.Files, o.Papers = half{}, half{} })
	o.queue("notice.refused", "notice.answered")
	if refused := o.sees(t, text("Không thụ lý")); len(refused.Files) != 0 {
		t.Errorf("%+v", refused)
	}
	answered := o.sees(t, text("Trả lời của cơ quan"))
	if len(answered.Files) != 1 || answered.Files[0].Name != "result.pdf" || string(answered.Files[0].Bytes) != "%PDF-1.7 result" {
		t.Errorf("%+v", answered)
	}
	o.store.until(t, "both are delivered", func() bool { return len(o.store.sent) == 2 })
}

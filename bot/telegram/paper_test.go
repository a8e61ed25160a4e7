package telegram

import (
	"bytes"
	"context"
	"errors"
	"io"
	"testing"

	"tiepdan/bot"
	"tiepdan/bot/telegram/simulator"
)

// calendar gives sessions as calendar files, and knows no other paper.
type calendar struct{}

func (calendar) Open(context.Context, string) (io.ReadCloser, error) {
	return nil, errors.New("no such file")
}

func (calendar) Paper(_ context.Context, p bot.Paper) (string, string, []byte, error) {
	if p.Kind != "session_ics" || p.Session == 0 {
		return "", "", nil, errors.New("no such paper")
	}
	return "buoi-tiep-" + itoa(int(p.Session)) + ".ics", "text/calendar; charset=utf-8", []byte("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), nil
}

// A pressed button whose answer is a file brings a new message: a file can't take
// the place of words.
func TestACalendarComesAsAFileUnderItsWords(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(o *Options, _ *simulator.Options) { o.Files, o.Papers = calendar{}, calendar{} })
	o.run(t, answers(func(ev bot.Event) []bot.Reply {
		if ev.Choice != "session/4/ics" {
			return []bot.Reply{{Key: "m", Args: saying("Buổi tiếp"), Rev: 1, Buttons: [][]bot.Button{{{ID: "session/4/ics", Key: "b", Args: saying("Tải lịch")}}}}}
		}
		return []bot.Reply{{Key: "m", Args: saying("Mở tệp này"), Rev: 1, Replace: true, Papers: []bot.Paper{{Kind: "session_ics", Session: 4}}}}
	}))
	o.ann.Send("lịch")
	screen := o.sees(t, text("Buổi tiếp"))
	if err := o.ann.Press("Tải lịch"); err != nil {
		t.Fatal(err)
	}
	file := o.sees(t, text("Mở tệp này"))
	if file.ID == screen.ID || len(file.Files) != 1 {
		t.Fatalf("%+v", file)
	}
	f := file.Files[0]
	if f.Kind != "document" || f.Name != "buoi-tiep-4.ics" || !bytes.HasPrefix(f.Bytes, []byte("BEGIN:VCALENDAR")) {
		t.Errorf("%+v", f)
	}
}

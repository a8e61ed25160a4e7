package telegram

import (
	"bytes"
	"context"
	"encoding/base64"
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

// dot gives a picture for every paper.
type dot struct{ calendar }

func (dot) Paper(context.Context, bot.Paper) (string, string, []byte, error) {
	data, err := base64.StdEncoding.DecodeString("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
	return "ma.png", "image/png", data, err
}

// The words under a picture can't become a screen: Telegram isn't even asked.
func TestAButtonUnderAPictureBringsANewMessage(t *testing.T) {
	t.Parallel()
	o := newOffice(t, func(o *Options, _ *simulator.Options) { o.Files, o.Papers = dot{}, dot{} })
	o.run(t, answers(func(ev bot.Event) []bot.Reply {
		if ev.Kind == bot.Pressed {
			return []bot.Reply{{Key: "m", Args: saying("Hủy hẹn?"), Rev: 1, Replace: true}}
		}
		return []bot.Reply{{Key: "m", Args: saying("Phiếu hẹn"), Rev: 1, Papers: []bot.Paper{{Kind: "slip_qr", Appointment: 7}},
			Buttons: [][]bot.Button{{{ID: "visit/7/cancel", Key: "b", Args: saying("Hủy")}}}}}
	}))
	o.ann.Send("hẹn")
	slip := o.sees(t, text("Phiếu hẹn"))
	if len(slip.Files) != 1 || slip.Files[0].Kind != "photo" {
		t.Fatalf("%+v", slip)
	}
	if err := o.ann.Press("Hủy"); err != nil {
		t.Fatal(err)
	}
	if asked := o.sees(t, text("Hủy hẹn?")); asked.ID == slip.ID {
		t.Error("the slip is gone")
	}
	if refused := o.sim.Stats().Refused; len(refused) > 0 {
		t.Errorf("Telegram refused: %+v", refused)
	}
}

package simulator_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/go-telegram/bot"
	"github.com/go-telegram/bot/models"

	"tiepdan/bot/telegram/simulator"
)

func library(t *testing.T, srv *simulator.Server, handle bot.HandlerFunc) *bot.Bot {
	t.Helper()
	b, err := bot.New(srv.Token(), bot.WithServerURL(srv.URL()), bot.WithDefaultHandler(handle), bot.WithNotAsyncHandlers())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func noRefusals(t *testing.T, srv *simulator.Server) {
	t.Helper()
	if r := srv.Stats().Refused; len(r) > 0 {
		t.Errorf("calls were refused: %+v", r)
	}
}

func TestLibraryTalksByPolling(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	b := library(t, srv, func(ctx context.Context, b *bot.Bot, up *models.Update) {
		switch {
		case up.CallbackQuery != nil:
			q := up.CallbackQuery
			b.AnswerCallbackQuery(ctx, &bot.AnswerCallbackQueryParams{CallbackQueryID: q.ID, Text: "đã nhận " + q.Data})
			b.EditMessageText(ctx, &bot.EditMessageTextParams{ChatID: q.From.ID, MessageID: q.Message.Message.ID, Text: "<b>xong</b>", ParseMode: "HTML"})
		case up.Message != nil:
			b.SendMessage(ctx, &bot.SendMessageParams{ChatID: up.Message.Chat.ID, Text: "Chào <b>" + up.Message.From.FirstName + "</b>", ParseMode: "HTML",
				ReplyParameters: &models.ReplyParameters{MessageID: up.Message.ID},
				ReplyMarkup: &models.InlineKeyboardMarkup{InlineKeyboard: [][]models.InlineKeyboardButton{{
					{Text: "Bấm", CallbackData: "go"}, {Text: "Trang", URL: "https://example.org/x"}}}}})
		}
	})
	ctx, stop := context.WithCancel(soon(t))
	ended := make(chan struct{})
	go func() { b.Start(ctx); close(ended) }()
	u := citizen(srv)
	m, err := u.WaitFor(ctx, says("Chào Người Dân Mẫu 1"))
	if err != nil {
		t.Fatal(err)
	}
	if m.HTML != "Chào <b>Người Dân Mẫu 1</b>" || m.ReplyTo == 0 || len(m.Buttons[0]) != 2 {
		t.Errorf("unexpected message %+v", m)
	}
	if err := u.Press("Bấm"); err != nil {
		t.Fatal(err)
	}
	if m, err = u.WaitFor(ctx, says("xong")); err != nil || !m.Edited || m.Buttons != nil {
		t.Fatalf("%v %+v", err, m)
	}
	if err := u.Until(ctx, func() bool { return len(u.Answers()) == 1 }); err != nil || u.Answers()[0].Text != "đã nhận go" {
		t.Errorf("%v %+v", err, u.Answers())
	}
	stop()
	<-ended
	noRefusals(t, srv)
}

func TestLibrarySendsFiles(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	b := library(t, srv, nil)
	ctx, u := soon(t), citizen(srv)
	_, err1 := b.SendPhoto(ctx, &bot.SendPhotoParams{ChatID: u.ID(), Caption: "ảnh",
		Photo: &models.InputFileUpload{Filename: "a.png", Data: bytes.NewReader(picture(t, 30, 20))}})
	sent, err2 := b.SendDocument(ctx, &bot.SendDocumentParams{ChatID: u.ID(),
		Document: &models.InputFileUpload{Filename: "phiếu.pdf", Data: strings.NewReader("%PDF-1.7 mẫu")}})
	_, err3 := b.SendMediaGroup(ctx, &bot.SendMediaGroupParams{ChatID: u.ID(), Media: []models.InputMedia{
		&models.InputMediaPhoto{Media: "attach://f0", Caption: "<i>bộ</i>", ParseMode: "HTML", MediaAttachment: bytes.NewReader(picture(t, 5, 5))},
		&models.InputMediaPhoto{Media: "attach://f1", MediaAttachment: bytes.NewReader(picture(t, 6, 6))}}})
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	list := u.Messages()
	photo, doc, album := list[1], list[2], list[3:]
	if photo.Text != "ảnh" || photo.Files[0].Kind != "photo" || photo.Files[0].Width != 30 {
		t.Errorf("photo %+v", photo)
	}
	if doc.Files[0].Name != "phiếu.pdf" || string(doc.Files[0].Bytes) != "%PDF-1.7 mẫu" || doc.Files[0].MIME != "application/pdf" {
		t.Errorf("document %+v", doc)
	}
	if len(album) != 2 || album[0].Album == "" || album[0].Album != album[1].Album || album[0].HTML != "<i>bộ</i>" {
		t.Errorf("album %+v", album)
	}
	file, err := b.GetFile(ctx, &bot.GetFileParams{FileID: sent.Document.FileID})
	if err != nil {
		t.Fatal(err)
	}
	resp, err := http.Get(b.FileDownloadLink(file))
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	if got, err := io.ReadAll(resp.Body); err != nil || string(got) != "%PDF-1.7 mẫu" {
		t.Errorf("%v, downloaded %q", err, got)
	}
	noRefusals(t, srv)
}

func TestLibraryUnderstandsRefusals(t *testing.T) {
	t.Parallel()
	srv := start(t, simulator.Options{})
	b := library(t, srv, nil)
	ctx, u := soon(t), citizen(srv)
	u.Block()
	_, err := b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.ID(), Text: "x"})
	if !errors.Is(err, bot.ErrorForbidden) || !strings.Contains(err.Error(), "blocked by the user") {
		t.Errorf("got %v", err)
	}
	u.Unblock()
	srv.Misbehave(simulator.Fault{Kind: simulator.TooMany, Seconds: 7, Count: 1})
	_, err = b.SendMessage(ctx, &bot.SendMessageParams{ChatID: u.ID(), Text: "x"})
	var tooMany *bot.TooManyRequestsError
	if !errors.As(err, &tooMany) || tooMany.RetryAfter != 7 {
		t.Errorf("got %v", err)
	}
}

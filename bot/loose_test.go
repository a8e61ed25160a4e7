package bot_test

import (
	"testing"
	"time"

	"tiepdan/bot"
)

func TestTheNumbersToCallAreShownAgainAfterAnHour(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	want(t, c.says("Cháy nhà ở đầu ngõ, cứu với"), "<b>114</b>")
	wantNot(t, c.says("Vẫn đang cháy lớn"), "<b>114</b>")
	*o.at = now.Add(61 * time.Minute)
	want(t, c.says("dang chay lon o cho mau"), "<b>114</b>")
}

func TestRefusedFilesAreNamedAsSentences(t *testing.T) {
	t.Parallel()
	o := newOffice()
	c := o.person(t, "c")
	for name, says := range map[string]string{"bad.exe": "<b>bad.exe</b>: loại tệp này", "": "⚠️ Loại tệp này"} {
		want(t, c.render([]bot.Reply{{Key: "file.type", Args: bot.Args{"Name": name}, Language: "vi"}}), says)
	}
}

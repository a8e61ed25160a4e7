package simulator

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"time"
)

// Options decide how a Server behaves; the zero value is as strict as Telegram.
type Options struct {
	// Token is the bot's; one is made up when it is empty (see Server.Token).
	Token string
	// Name and Username are the bot's own; the username is what t.me links hold.
	Name, Username string
	// People are there from the start. Those that Load brings back stay as they were.
	People []Person

	// History is how many messages a chat keeps (2,000 when 0).
	History int
	// ChatBurst is how many messages a chat takes within a second before the
	// bot is told to wait; 20 when 0, no limit when negative.
	ChatBurst int
	// AllowLocalURLs lets buttons link to "localhost" and other names without
	// a dot, which Telegram refuses. Addresses like 127.0.0.1 always pass.
	AllowLocalURLs bool
	// CalmSetWebhook takes back the 429 for a second setWebhook within a second.
	CalmSetWebhook bool

	// CallbackAge is how long a button press can be answered (15 s when 0).
	CallbackAge time.Duration
	// RetryUnit is what a webhook's retries call a second, Retry-After
	// included; tests shorten it.
	RetryUnit time.Duration
	// WebhookTimeout is how long a webhook may take to answer (60 s when 0).
	WebhookTimeout time.Duration

	// MaxPhoto, MaxUpload and MaxDownload are Telegram's 10, 50 and 20 MB when 0.
	MaxPhoto, MaxUpload, MaxDownload int64

	// Now is the clock for dates and ages (time.Now when nil).
	Now func() time.Time
}

const megabyte = 1 << 20

func (o Options) withDefaults() Options {
	o.Token = cmp.Or(o.Token, fmt.Sprintf("%d:%s", botID, rand.Text()+rand.Text()[:9]))
	o.Name = cmp.Or(o.Name, "Tiếp Dân (mẫu)")
	o.Username = cmp.Or(o.Username, "tiepdan_mau_bot")
	o.History = cmp.Or(o.History, 2000)
	o.ChatBurst = cmp.Or(o.ChatBurst, 20)
	o.CallbackAge = cmp.Or(o.CallbackAge, 15*time.Second)
	o.RetryUnit = cmp.Or(o.RetryUnit, time.Second)
	o.WebhookTimeout = cmp.Or(o.WebhookTimeout, time.Minute)
	o.MaxPhoto = cmp.Or(o.MaxPhoto, 10*megabyte)
	o.MaxUpload = cmp.Or(o.MaxUpload, 50*megabyte)
	o.MaxDownload = cmp.Or(o.MaxDownload, 20*megabyte)
	if o.Now == nil {
		o.Now = time.Now
	}
	return o
}

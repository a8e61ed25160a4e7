package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"regexp"
	"strings"

	"tiepdan/store"
)

// config is everything that the environment decides, read once.
type config struct {
	Database        string
	Redis           string
	Token           string
	TelegramURL     string
	Mode            string // polling or webhook
	WebhookURL      string
	WebhookSecret   string
	HTTPAddr        string
	SimulatorAddr   string
	PublicURL       string
	Attachments     string
	IdentityKeyFile string
	OfficeFile      string
	Clamd           string // address of a virus scanner; "" uses none
	LogFormat       string
	LogLevel        string
	Migrate         bool
}

// fault is one thing that is wrong with the configuration, and what to do.
type fault struct{ Name, What string }

func (f fault) Error() string { return f.Name + ": " + f.What }

// environment reads variables; secrets may come as a file, by NAME_FILE.
type environment struct {
	lookup func(string) (string, bool)
	faults []error
}

func (e *environment) fault(name, format string, args ...any) {
	e.faults = append(e.faults, fault{name, fmt.Sprintf(format, args...)})
}

func (e *environment) value(name, fallback string) string {
	v, set := e.lookup(name)
	path, file := e.lookup(name + "_FILE")
	switch {
	case set && v != "" && file && path != "":
		e.fault(name, "set either %s or %s_FILE, not both", name, name)
	case file && path != "":
		b, err := os.ReadFile(path)
		if err != nil {
			e.fault(name+"_FILE", "can't be read: %v; give the path of a readable file", errors.Unwrap(err))
		}
		return strings.TrimSpace(string(b))
	case v == "":
		return fallback
	}
	return strings.TrimSpace(v)
}

var (
	tokenForm  = regexp.MustCompile(`^[0-9]+:[A-Za-z0-9_-]+$`)
	secretForm = regexp.MustCompile(`^[A-Za-z0-9_-]{1,256}$`)
)

// readConfig reads what serve needs and reports every fault at once.
func readConfig(lookup func(string) (string, bool)) (config, error) {
	e := &environment{lookup: lookup}
	c := e.common()
	e.database(&c)
	e.redis(&c)
	c.Token = e.needed("TELEGRAM_BOT_TOKEN", "the token that BotFather gave, or TELEGRAM_BOT_TOKEN_FILE with its path")
	if c.Token != "" && !tokenForm.MatchString(c.Token) {
		e.fault("TELEGRAM_BOT_TOKEN", "isn't of the form that BotFather gives: digits, a colon, letters and digits")
	}
	e.webhook(&c)
	e.places(c)
	return c, errors.Join(e.faults...)
}

// places looks at the files and addresses that serve would meet later, one by one.
func (e *environment) places(c config) {
	if _, err := officeSeed(c.OfficeFile); err != nil {
		e.fault("OFFICE_FILE", "%v; give the path of a readable JSON file, as cmd/tiepdan/sample/office.json is one", err)
	}
	if _, err := scanning(c.Clamd); err != nil {
		e.fault("CLAMD_ADDR", "%v", err)
	}
	if scheme, _, ok := strings.Cut(c.Attachments, "://"); ok && scheme != "file" && scheme != "s3" {
		e.fault("ATTACHMENTS_URL", "begins with %s://; it must be a folder's path, file:// or s3://", scheme)
	}
	if _, _, err := store.LoadKey(c.IdentityKeyFile, false); err != nil && !errors.Is(err, fs.ErrNotExist) {
		e.fault("IDENTITY_KEY_FILE", "%v", err)
	}
}

// readStore reads what the commands need that open the store.
func readStore(lookup func(string) (string, bool)) (config, error) {
	e := &environment{lookup: lookup}
	c := e.common()
	e.database(&c)
	e.redis(&c)
	return c, errors.Join(e.faults...)
}

// readDatabase reads what migrate needs.
func readDatabase(lookup func(string) (string, bool)) (config, error) {
	e := &environment{lookup: lookup}
	c := e.common()
	e.database(&c)
	return c, errors.Join(e.faults...)
}

func (e *environment) database(c *config) {
	c.Database = e.needed("DATABASE_URL", "the Postgres to keep cases in, as postgres://user@host/database")
	if strings.Contains(c.Database, "://") {
		e.url("DATABASE_URL", c.Database, "postgres", "postgresql")
	}
}

func (e *environment) redis(c *config) {
	c.Redis = e.needed("REDIS_URL", "the Redis to keep conversations in, as redis://host:6379/0")
	e.url("REDIS_URL", c.Redis, "redis", "rediss", "unix")
}

// common reads what demo shares with serve.
func (e *environment) common() config {
	c := config{
		TelegramURL:     strings.TrimRight(e.value("TELEGRAM_API_URL", "https://api.telegram.org"), "/"),
		Mode:            e.value("TELEGRAM_MODE", "polling"),
		WebhookURL:      e.value("TELEGRAM_WEBHOOK_URL", ""),
		WebhookSecret:   e.value("TELEGRAM_WEBHOOK_SECRET", ""),
		HTTPAddr:        e.value("HTTP_ADDR", "127.0.0.1:8080"),
		SimulatorAddr:   e.value("SIMULATOR_ADDR", "127.0.0.1:8081"),
		Attachments:     e.value("ATTACHMENTS_URL", "attachments"),
		IdentityKeyFile: e.value("IDENTITY_KEY_FILE", "identity.key"),
		OfficeFile:      e.value("OFFICE_FILE", ""),
		Clamd:           e.value("CLAMD_ADDR", ""),
		LogFormat:       e.value("LOG_FORMAT", "json"),
		LogLevel:        e.value("LOG_LEVEL", "info"),
	}
	c.Migrate = e.oneOf("MIGRATE", e.value("MIGRATE", "on"), "on", "off") == "on"
	e.address("HTTP_ADDR", c.HTTPAddr)
	e.address("SIMULATOR_ADDR", c.SimulatorAddr)
	e.url("TELEGRAM_API_URL", c.TelegramURL, "http", "https")
	c.PublicURL = strings.TrimRight(e.value("PUBLIC_URL", publicURL(c.HTTPAddr)), "/")
	e.url("PUBLIC_URL", c.PublicURL, "http", "https")
	e.oneOf("TELEGRAM_MODE", c.Mode, "polling", "webhook")
	e.oneOf("LOG_FORMAT", c.LogFormat, "json", "text")
	e.oneOf("LOG_LEVEL", c.LogLevel, "debug", "info", "warn", "error")
	return c
}

// publicURL is where a browser on this machine finds the site.
func publicURL(addr string) string {
	host, port, err := net.SplitHostPort(addr)
	if err != nil {
		return ""
	}
	if host == "" || host == "0.0.0.0" || host == "::" {
		host = "127.0.0.1"
	}
	return "http://" + net.JoinHostPort(host, port)
}

func (e *environment) needed(name, what string) string {
	before := len(e.faults)
	v := e.value(name, "")
	if v == "" && len(e.faults) == before {
		e.fault(name, "is missing; set it to %s", what)
	}
	return v
}

func (e *environment) url(name, value string, schemes ...string) {
	if value == "" {
		return
	}
	u, err := url.Parse(value)
	if err == nil {
		for _, s := range schemes {
			if u.Scheme == s && (u.Host != "" || s == "unix" && u.Path != "" || strings.HasPrefix(s, "postgres")) {
				return
			}
		}
	}
	e.fault(name, "isn't a URL that begins with %s://", strings.Join(schemes, ":// or "))
}

func (e *environment) address(name, value string) {
	if _, _, err := net.SplitHostPort(value); err != nil {
		e.fault(name, "isn't of the form host:port, as 127.0.0.1:8080")
	}
}

func (e *environment) oneOf(name, value string, allowed ...string) string {
	for _, a := range allowed {
		if value == a {
			return value
		}
	}
	e.fault(name, "is %q; it must be %s", value, strings.Join(allowed, " or "))
	return value
}

// webhook checks what webhook mode needs, and makes a secret when none is given:
// every replica has the token, so every replica makes the same one.
func (e *environment) webhook(c *config) {
	if c.WebhookSecret != "" && !secretForm.MatchString(c.WebhookSecret) {
		e.fault("TELEGRAM_WEBHOOK_SECRET", "must be 1 to 256 of the letters A-Z, a-z, 0-9, _ and -")
	}
	if c.WebhookSecret == "" {
		mac := hmac.New(sha256.New, []byte(c.Token))
		mac.Write([]byte("webhook secret"))
		c.WebhookSecret = hex.EncodeToString(mac.Sum(nil))
	}
	if c.Mode != "webhook" {
		return
	}
	if c.WebhookURL == "" {
		e.fault("TELEGRAM_WEBHOOK_URL", "is missing; in webhook mode set it to the address at which Telegram reaches this server, path included")
		return
	}
	e.url("TELEGRAM_WEBHOOK_URL", c.WebhookURL, "http", "https")
	if u, err := url.Parse(c.WebhookURL); err == nil && (u.Path == "" || u.Path == "/") {
		e.fault("TELEGRAM_WEBHOOK_URL", "has no path; give it one that nobody guesses, as https://example.org/telegram/…")
	}
}

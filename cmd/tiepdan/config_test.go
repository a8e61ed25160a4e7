package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func lookup(env map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { v, ok := env[name]; return v, ok }
}

// botToken is of the form that BotFather gives, and nobody's.
const botToken = "1:test"

func whole() map[string]string {
	return map[string]string{"DATABASE_URL": "postgres://db/tiepdan", "REDIS_URL": "redis://redis:6379/0", "TELEGRAM_BOT_TOKEN": botToken}
}

func TestDefaultsAreEnough(t *testing.T) {
	t.Parallel()
	c, err := readConfig(lookup(whole()))
	if err != nil {
		t.Fatal(err)
	}
	if c.HTTPAddr != "127.0.0.1:8080" || c.PublicURL != "http://127.0.0.1:8080" || c.Mode != "polling" || !c.Migrate ||
		c.TelegramURL != "https://api.telegram.org" || c.WebhookSecret == "" {
		t.Errorf("%+v", c)
	}
}

func TestEveryFaultIsReportedAtOnce(t *testing.T) {
	t.Parallel()
	readable := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(readable, []byte(strings.Repeat("ab", 32)), 0o644); err != nil {
		t.Fatal(err)
	}
	_, err := readConfig(lookup(map[string]string{
		"REDIS_URL": "http://x", "TELEGRAM_BOT_TOKEN": "?", "TELEGRAM_MODE": "webhook", "TELEGRAM_WEBHOOK_SECRET": "a b",
		"OFFICE_FILE": "/nonexistent", "CLAMD_ADDR": "nowhere", "ATTACHMENTS_URL": "ftp://x", "IDENTITY_KEY_FILE": readable,
		"HTTP_ADDR": "8080", "PUBLIC_URL": "office", "LOG_FORMAT": "xml", "MIGRATE": "maybe", "DATABASE_URL_FILE": "/nonexistent",
	}))
	if err == nil {
		t.Fatal("no fault was found")
	}
	for _, name := range []string{"DATABASE_URL_FILE", "REDIS_URL", "TELEGRAM_BOT_TOKEN", "TELEGRAM_WEBHOOK_URL", "TELEGRAM_WEBHOOK_SECRET",
		"HTTP_ADDR", "PUBLIC_URL", "LOG_FORMAT", "MIGRATE", "OFFICE_FILE", "CLAMD_ADDR", "ATTACHMENTS_URL", "IDENTITY_KEY_FILE"} {
		if !strings.Contains(err.Error(), name+":") {
			t.Errorf("%s isn't reported in:\n%v", name, err)
		}
	}
}

func TestFaultsOfTheConfiguration(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		fact, name, value, says string
	}{
		{"nothing is there", "DATABASE_URL", "", "DATABASE_URL: is missing"},
		{"a webhook without a path", "TELEGRAM_WEBHOOK_URL", "https://office.example", "has no path"},
		{"a Redis of another kind", "REDIS_URL", "memcached://x", "redis://"},
		{"a token that is none", "TELEGRAM_BOT_TOKEN", "abc", "BotFather"},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			env := whole()
			env["TELEGRAM_MODE"], env["TELEGRAM_WEBHOOK_URL"] = "webhook", "https://office.example/hook/x"
			env[x.name] = x.value
			_, err := readConfig(lookup(env))
			if err == nil || !strings.Contains(err.Error(), x.says) {
				t.Errorf("%v", err)
			}
			if err != nil && x.value != "" && strings.HasPrefix(x.name, "TELEGRAM_BOT") && strings.Contains(err.Error(), x.value) {
				t.Error("the fault tells the secret")
			}
		})
	}
}

func TestASecretComesFromAFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte(botToken+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	env := whole()
	delete(env, "TELEGRAM_BOT_TOKEN")
	env["TELEGRAM_BOT_TOKEN_FILE"] = path
	c, err := readConfig(lookup(env))
	if err != nil || c.Token != botToken {
		t.Fatalf("%q, %v", c.Token, err)
	}
	env["TELEGRAM_BOT_TOKEN"] = botToken
	if _, err := readConfig(lookup(env)); err == nil {
		t.Error("a secret given twice was taken")
	}
}

func TestReplicasMakeTheSameWebhookSecret(t *testing.T) {
	t.Parallel()
	a, _ := readConfig(lookup(whole()))
	b, _ := readConfig(lookup(whole()))
	other := whole()
	other["TELEGRAM_BOT_TOKEN"] = "2:test"
	c, _ := readConfig(lookup(other))
	if a.WebhookSecret != b.WebhookSecret || a.WebhookSecret == c.WebhookSecret || !secretForm.MatchString(a.WebhookSecret) {
		t.Error("the secrets don't follow the token")
	}
}

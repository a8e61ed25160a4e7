package telegram

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	callTimeout   = 30 * time.Second
	uploadTimeout = 3 * time.Minute
	maxAnswer     = 8 << 20 // getUpdates answers up to 4 MiB
)

// client calls the Bot API: JSON where there is no file, a streamed form where
// there is one. It never repeats a call; who calls knows whether that is safe.
type client struct {
	base  string // …/bot<token>
	files string // …/file/bot<token>
	token string
	http  *http.Client
	seen  func(method, outcome string, took time.Duration)
}

func newClient(base, token string) *client {
	base = strings.TrimRight(base, "/")
	return &client{
		base: base + "/bot" + token, files: base + "/file/bot" + token, token: token,
		http: &http.Client{
			Transport: transport(),
			// A redirect would carry the token elsewhere.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
		seen: func(string, string, time.Duration) {},
	}
}

// transport keeps enough idle connections for all that we do at once; the
// default keeps two and makes a new one for most sends. Idle ones go before
// Telegram's side closes them, since a request that meets a closing connection
// has an unknown outcome.
func transport() *http.Transport {
	return &http.Transport{
		Proxy:                 http.ProxyFromEnvironment,
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 20 * time.Second}).DialContext,
		ForceAttemptHTTP2:     true,
		MaxIdleConns:          128,
		MaxIdleConnsPerHost:   128,
		IdleConnTimeout:       40 * time.Second,
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
	}
}

// call sends in as JSON and reads the result into out; either may be nil.
func (c *client) call(ctx context.Context, method string, in, out any) error {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	return c.callLong(ctx, method, in, out)
}

// callLong is call with no limit of its own, for long polling.
func (c *client) callLong(ctx context.Context, method string, in, out any) error {
	var body bytes.Buffer
	if in != nil {
		enc := json.NewEncoder(&body)
		enc.SetEscapeHTML(false) // our texts are full of <b>
		if err := enc.Encode(in); err != nil {
			return &failure{method: method, why: spoiled, err: err}
		}
	}
	return c.do(ctx, method, "application/json", &body, out)
}

// do makes the request, reads the answer and counts both.
func (c *client) do(ctx context.Context, method, kind string, body io.Reader, out any) error {
	began := time.Now()
	var written atomic.Bool
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		WroteRequest: func(i httptrace.WroteRequestInfo) {
			if i.Err == nil {
				written.Store(true)
			}
		},
	})
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.base+"/"+method, body)
	if err != nil {
		return &failure{method: method, why: spoiled, err: c.scrub(err)}
	}
	req.Header.Set("Content-Type", kind)
	res, err := c.http.Do(req)
	if err == nil {
		defer res.Body.Close()
		err = c.read(method, res, out)
	} else {
		err = c.lost(method, written.Load(), err)
	}
	outcome := "ok"
	if err != nil {
		outcome = string(why(err))
	}
	c.seen(method, outcome, time.Since(began))
	return err
}

// lost is a call without an answer: unknown if all of it was written, since
// Telegram carries out what it has read, whether or not we hear of it.
func (c *client) lost(method string, written bool, err error) error {
	f := &failure{method: method, why: unsent, err: c.scrub(err)}
	if written {
		f.why = unknown
	}
	return f
}

// read understands an answer. A success whose body was cut off is unknown.
func (c *client) read(method string, res *http.Response, out any) error {
	data, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer))
	if err != nil && res.StatusCode == http.StatusOK {
		return &failure{method: method, why: unknown, err: c.scrub(err)}
	}
	if out == nil {
		out = new(json.RawMessage)
	}
	a := answer{Result: out} // read into out at once: answers hold whole messages
	err = json.Unmarshal(data, &a)
	form, otherForm := errors.AsType[*json.UnmarshalTypeError](err)
	otherForm = otherForm && strings.HasPrefix(form.Field, "result")
	switch {
	case err != nil && !otherForm, !a.OK && a.Code == 0:
		f := c.notTelegram(method, res)
		f.body = data
		return f
	case !a.OK:
		return a.refusal.failure(method)
	case otherForm:
		return &failure{method: method, why: spoiled, err: errForm}
	}
	return nil
}

// answer is Telegram's to each call.
type answer struct {
	refusal
	OK     bool `json:"ok"`
	Result any  `json:"result"` // a pointer
}

// errForm is a call that was carried out, and its result isn't what we know.
var errForm = errors.New("the result has another form")

// notTelegram is an answer of somebody between us: a proxy's page, mostly.
func (c *client) notTelegram(method string, res *http.Response) *failure {
	r := refusal{Code: res.StatusCode}
	if res.StatusCode < 400 {
		return &failure{method: method, why: unknown, code: res.StatusCode}
	}
	r.Parameters.RetryAfter, _ = strconv.Atoi(res.Header.Get("Retry-After"))
	return r.failure(method)
}

// scrub takes the URL, in which the token stands, out of an error.
func (c *client) scrub(err error) error {
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	if c.token != "" && strings.Contains(err.Error(), c.token) {
		return errors.New("(an error that holds the token)")
	}
	return err
}

package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"

	"tiepdan/backend"
)

func TestCommandLine(t *testing.T) {
	t.Parallel()
	for _, x := range []struct {
		fact   string
		args   []string
		status int
		says   string
	}{
		{"no command shows the commands", nil, 0, "tiepdan serve"},
		{"help shows the commands", []string{"help"}, 0, "tiepdan audit"},
		{"an unknown command is named", []string{"sevre"}, 2, `"sevre"`},
		{"version tells what it was built from", []string{"version"}, 0, "tiepdan"},
		{"serve takes no words", []string{"serve", "now"}, 2, "environment"},
		{"admin says how", []string{"admin", "create"}, 2, "admin create LOGIN"},
		{"audit says how", []string{"audit"}, 2, "audit verify"},
		{"demo says how", []string{"demo", "now"}, 2, "--data"},
	} {
		t.Run(x.fact, func(t *testing.T) {
			t.Parallel()
			var out, errs bytes.Buffer
			status := run(context.Background(), x.args, &out, &errs)
			if status != x.status || !strings.Contains(out.String()+errs.String(), x.says) {
				t.Errorf("status %d\n%s%s", status, &out, &errs)
			}
		})
	}
}

func TestRoutesAreJSON(t *testing.T) {
	t.Parallel()
	var out, errs bytes.Buffer
	if status := run(context.Background(), []string{"routes", "--json"}, &out, &errs); status != 0 {
		t.Fatalf("status %d: %s", status, &errs)
	}
	var list []backend.Route
	if err := json.Unmarshal(out.Bytes(), &list); err != nil || len(list) < 20 {
		t.Fatalf("%d routes, %v", len(list), err)
	}
	for _, r := range list {
		if r.Method == "" || !strings.HasPrefix(r.Pattern, "/") || r.Roles == nil {
			t.Errorf("%+v", r)
		}
	}
}

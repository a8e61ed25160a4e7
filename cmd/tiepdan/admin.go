package main

import (
	"bufio"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/alexedwards/argon2id"

	"tiepdan"
	"tiepdan/backend"
	"tiepdan/store"
)

// migrate brings the database up to date.
func migrate(ctx context.Context, _ []string, out io.Writer) error {
	c, err := readDatabase(os.LookupEnv)
	if err != nil {
		return err
	}
	n, err := store.Migrate(ctx, c.Database)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(out, "%d migrations applied\n", n)
	return err
}

// withStore runs fn on the store that the environment names.
func withStore(ctx context.Context, fn func(*store.Store) error) error {
	c, err := readStore(os.LookupEnv)
	if err != nil {
		return err
	}
	return onStore(ctx, c, fn)
}

func onStore(ctx context.Context, c config, fn func(*store.Store) error) error {
	s, err := openStore(ctx, c, newLog(os.Stderr, c))
	if err != nil {
		return err
	}
	defer s.Close()
	return fn(s)
}

// admin makes an administrator's account, or gives one a new password.
func admin(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 2 || args[0] != "create" && args[0] != "reset-password" {
		return fmt.Errorf("%w: admin create LOGIN | admin reset-password LOGIN; the password comes by ADMIN_PASSWORD, ADMIN_PASSWORD_FILE or standard input; with none of them one is made and shown", errUsage)
	}
	login := strings.ToLower(args[1])
	password, made, err := newPassword()
	if err != nil {
		return err
	}
	hash, err := argon2id.CreateHash(password, backend.PasswordParams)
	if err != nil {
		return err
	}
	c, err := readStore(os.LookupEnv)
	if err != nil {
		return err
	}
	if c.Migrate { // the first administrator often comes before the first serve
		if _, err := store.Migrate(ctx, c.Database); err != nil {
			return fmt.Errorf("DATABASE_URL: is Postgres there, and may we write? %w", err)
		}
	}
	return onStore(ctx, c, func(s *store.Store) error {
		id, err := administrator(ctx, s, login, c.OfficeFile, args[0] == "create")
		if err != nil {
			return err
		}
		if err := s.SetPassword(ctx, nobody, id, hash); err != nil {
			return err
		}
		fmt.Fprintf(out, "%s may sign in now\n", login)
		if made {
			fmt.Fprintf(out, "password: %s\nit is shown this once\n", password)
		}
		return nil
	})
}

// administrator finds the account, or makes it when create says so; with it, in an
// empty database, the office.
func administrator(ctx context.Context, s *store.Store, login, office string, create bool) (int64, error) {
	staff, _, err := s.StaffByLogin(ctx, login)
	switch {
	case err == nil && create:
		return 0, fmt.Errorf("there is somebody with the login %q; use admin reset-password", login)
	case err == nil:
		return staff.ID, nil
	case tiepdan.CodeOf(err) != tiepdan.NotFound:
		return 0, err
	case !create:
		return 0, fmt.Errorf("there is nobody with the login %q; use admin create", login)
	}
	seed, err := officeSeed(office)
	if err != nil {
		return 0, fmt.Errorf("OFFICE_FILE: %w", err)
	}
	if err := s.SeedOffice(ctx, seed); err != nil {
		return 0, err
	}
	return s.SaveStaff(ctx, nobody, tiepdan.Staff{Login: login, Name: login, Role: tiepdan.Administrator,
		Language: tiepdan.Vietnamese, Created: time.Now()})
}

// shortestPassword follows NIST SP 800-63B for a password without a second factor.
const shortestPassword = 12

// newPassword takes the password from the environment or from one line of the
// standard input, never from an argument, which others see. Where neither has
// one, it makes one.
func newPassword() (password string, made bool, err error) {
	e := &environment{lookup: os.LookupEnv}
	if password = e.value("ADMIN_PASSWORD", ""); len(e.faults) > 0 {
		return "", false, e.faults[0]
	}
	if password == "" {
		fmt.Fprint(os.Stderr, "New password (empty: one is made): ")
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", false, fmt.Errorf("no password: %w", err)
		}
		password = strings.TrimRight(line, "\r\n")
	}
	if password == "" {
		return strings.ToLower(rand.Text()[:16]), true, nil
	}
	if utf8.RuneCountInString(password) < shortestPassword {
		return "", false, fmt.Errorf("a password has at least %d characters", shortestPassword)
	}
	return password, false, nil
}

// audit verifies the audit log's chain.
func audit(ctx context.Context, args []string, out io.Writer) error {
	if len(args) != 1 || args[0] != "verify" {
		return fmt.Errorf("%w: audit verify", errUsage)
	}
	return withStore(ctx, func(s *store.Store) error {
		r, err := s.VerifyAudit(ctx)
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "rows %d, chained %d, not chained yet %d\nlast hash %s\n", r.Rows, r.Sealed, r.Unsealed, r.Head)
		for _, b := range r.Broken {
			fmt.Fprintf(out, "broken at %d (row %d): %s\n", b.Seq, b.Row, b.What)
		}
		if len(r.Broken) > 0 {
			return fmt.Errorf("the audit log was tampered with")
		}
		_, err = fmt.Fprintln(out, "the chain holds")
		return err
	})
}

// routes prints the backend's map.
func routes(_ context.Context, args []string, out io.Writer) error {
	if len(args) > 1 || len(args) == 1 && args[0] != "--json" {
		return fmt.Errorf("%w: routes [--json]", errUsage)
	}
	list := backend.Routes()
	if len(args) == 1 {
		e := json.NewEncoder(out)
		e.SetIndent("", "  ")
		return e.Encode(list)
	}
	for _, r := range list {
		roles := make([]string, len(r.Roles))
		for i, role := range r.Roles {
			roles[i] = string(role)
		}
		if _, err := fmt.Fprintf(out, "%-5s %-40s %s\n", r.Method, r.Pattern, strings.Join(roles, " ")); err != nil {
			return err
		}
	}
	return nil
}

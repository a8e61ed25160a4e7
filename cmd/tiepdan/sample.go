package main

import (
	"context"
	"crypto/rand"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/alexedwards/argon2id"

	"tiepdan"
	"tiepdan/backend"
	"tiepdan/bot/telegram"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/store"
)

//go:embed sample/*.json
var sampleFiles embed.FS

// sample is the demo's office: people of every role, citizens and their cases,
// all of it labelled sample data.
type sample struct {
	office     store.Seed
	people     []samplePerson
	citizens   []sampleCitizen
	cases      []sampleCase
	receptions []sampleReception
}

type samplePerson struct {
	Login, Name string
	Role        tiepdan.Role
	Unit        string // its code
	Cleared     bool
	Chat        int64 // their account in the simulator; 0: none
}

type sampleCitizen struct {
	Chat        int64
	Name, Phone string
}

// sampleCase is a case and what became of it: Acts in order, spread over DaysAgo.
type sampleCase struct {
	Kind               tiepdan.Kind
	Field, Place, Text string
	DaysAgo, Person    int
	Unnamed            bool
	Acts               []sampleAct
}

func readSample() (sample, error) {
	var s sample
	for name, into := range map[string]any{"office": &s.office, "people": &s.people, "citizens": &s.citizens, "cases": &s.cases,
		"receptions": &s.receptions} {
		b, err := sampleFiles.ReadFile("sample/" + name + ".json")
		if err != nil {
			return s, err
		}
		if err := json.Unmarshal(b, into); err != nil {
			return s, fmt.Errorf("sample/%s.json: %w", name, err)
		}
	}
	return s, nil
}

// chats are the people that the simulator begins with.
func (s sample) chats() []simulator.Person {
	var ps []simulator.Person
	for _, c := range s.citizens {
		ps = append(ps, simulator.Person{ID: c.Chat, Name: c.Name, Phone: c.Phone, Role: say("sample.citizen", nil), Lang: "vi"})
	}
	for _, p := range s.people {
		if p.Chat != 0 {
			ps = append(ps, simulator.Person{ID: p.Chat, Name: p.Name, Role: say("page.role."+string(p.Role), nil), Lang: "vi"})
		}
	}
	return ps
}

// signIn is how a sample person signs in: made at the first start and kept with
// the demo's data, since only its hash is in the database.
type signIn struct {
	Login, Password, Name string
	Role                  tiepdan.Role
}

const signInsFile = "sign-ins.json"

func readSignIns(dir string) ([]signIn, error) {
	b, err := os.ReadFile(filepath.Join(dir, signInsFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var list []signIn
	return list, json.Unmarshal(b, &list)
}

// seeding fills a new demo's office. Each part knows whether it was done, so that
// a demo that was killed meanwhile goes on where it was.
type seeding struct {
	sample
	dir   string
	store *store.Store
	sim   *simulator.Server
	now   func() time.Time
}

var nobody = tiepdan.Actor{Role: tiepdan.System}

// staff makes the sample people, each with a password of their own.
func (s seeding) staff(ctx context.Context) ([]signIn, error) {
	list, err := readSignIns(s.dir)
	if err != nil || list != nil {
		return list, err
	}
	rules, err := s.store.Rules(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range s.people {
		password := strings.ToLower(rand.Text()[:10])
		if err := s.person(ctx, rules, p, password); err != nil {
			return nil, fmt.Errorf("sample person %s: %w", p.Login, err)
		}
		list = append(list, signIn{p.Login, password, p.Name, p.Role})
	}
	b, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		return nil, err
	}
	return list, os.WriteFile(filepath.Join(s.dir, signInsFile), b, 0o600)
}

func (s seeding) person(ctx context.Context, rules *tiepdan.Rules, p samplePerson, password string) error {
	hash, err := argon2id.CreateHash(password, backend.PasswordParams)
	if err != nil {
		return err
	}
	staff, _, err := s.store.StaffByLogin(ctx, p.Login)
	if tiepdan.CodeOf(err) == tiepdan.NotFound {
		staff = tiepdan.Staff{Login: p.Login, Name: p.Name, Role: p.Role, Unit: unitID(rules, p.Unit), Cleared: p.Cleared, Language: tiepdan.Vietnamese}
		staff.ID, err = s.store.SaveStaff(ctx, nobody, staff)
	}
	if err != nil {
		return err
	}
	return s.store.SetPassword(ctx, nobody, staff.ID, hash)
}

func unitID(rules *tiepdan.Rules, code string) int64 {
	for _, u := range rules.Units {
		if u.Code == code {
			return u.ID
		}
	}
	return 0
}

// chat returns a sample person's chat: the phone in the simulator, and what the
// bot knows it by.
func (s seeding) chat(id int64) (*simulator.User, tiepdan.Peer, error) {
	u, ok := s.sim.Find(id)
	if !ok {
		return nil, tiepdan.Peer{}, fmt.Errorf("sample: the simulator has no account %d", id)
	}
	return u, tiepdan.Peer{Channel: telegram.Channel, ID: strconv.FormatInt(id, 10)}, nil
}

// joins binds the staff's chats, as invitations would: the demo's staff needn't
// do it by hand before they see anything.
func (s seeding) joins(ctx context.Context) error {
	for _, p := range s.people {
		if p.Chat == 0 {
			continue
		}
		staff, _, err := s.store.StaffByLogin(ctx, p.Login)
		if err != nil {
			return err
		}
		if staff.Joined {
			continue
		}
		u, peer, err := s.chat(p.Chat)
		if err != nil {
			return err
		}
		token, err := s.store.Invite(ctx, nobody, staff.ID, s.now())
		if err != nil {
			return err
		}
		if _, err := s.store.Join(ctx, token, peer, s.now()); err != nil {
			return err
		}
		u.Start("")
	}
	pending, err := s.store.PendingJoins(ctx)
	if err != nil {
		return err
	}
	for _, j := range pending {
		if err := s.store.ConfirmJoin(ctx, nobody, j.ID, true, s.now()); err != nil {
			return err
		}
	}
	return nil
}

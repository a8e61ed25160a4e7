package bot_test

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"tiepdan"
	"tiepdan/bot"
)

// visit is an appointment in the fake books.
type visit struct {
	tiepdan.Appointment
	peer tiepdan.Peer
	ref  string
}

// session adds a public session so many days from now, with places.
func (b *books) session(days, places int) *tiepdan.Session {
	at := now.AddDate(0, 0, days)
	n := int64(len(b.sessions) + 1)
	b.sessions = append(b.sessions, tiepdan.Session{ID: n, Token: fmt.Sprintf("s%d", n), Kind: tiepdan.Periodic, Status: tiepdan.SessionPublished,
		Starts: at, Ends: at.Add(3 * time.Hour), Original: tiepdan.DateOf(at), Place: "Phòng tiếp công dân Mẫu", Presides: "Cán bộ Mẫu 2", Places: places, Published: now})
	return &b.sessions[n-1]
}

func (b *books) PublicSessions(_ context.Context, from, to time.Time) (ss []tiepdan.Session, _ error) {
	for _, s := range b.sessions {
		if s.Public() && !s.Starts.Before(from) && s.Starts.Before(to) {
			ss = append(ss, b.counted(s))
		}
	}
	return ss, nil
}

func (b *books) counted(s tiepdan.Session) tiepdan.Session {
	s.Taken, s.Waiting = b.strange[s.ID], 0
	for _, v := range b.visits {
		if v.Session == s.ID && v.Status == tiepdan.Booked {
			s.Taken++
		} else if v.Session == s.ID && v.Status == tiepdan.OnWaitingList {
			s.Waiting++
		}
	}
	return s
}

func (b *books) Session(_ context.Context, id int64) (tiepdan.Session, error) {
	if id < 1 || id > int64(len(b.sessions)) {
		return tiepdan.Session{}, none("session.none")
	}
	return b.counted(b.sessions[id-1]), nil
}

func (b *books) SessionByToken(ctx context.Context, token string) (tiepdan.Session, error) {
	for _, s := range b.sessions {
		if s.Token == token {
			return b.counted(s), nil
		}
	}
	return tiepdan.Session{}, none("session.none")
}

func (b *books) Watch(_ context.Context, p tiepdan.Peer, session int64, on bool) error {
	b.watching[p] = slices.DeleteFunc(b.watching[p], func(id int64) bool { return id == session })
	if on {
		b.watching[p] = append(b.watching[p], session)
	}
	return nil
}

func (b *books) Watches(_ context.Context, p tiepdan.Peer) ([]int64, error) {
	return b.watching[p], nil
}

func (b *books) Book(ctx context.Context, k tiepdan.Booking) (tiepdan.Visit, error) {
	s, err := b.Session(ctx, k.Session)
	if err != nil {
		return tiepdan.Visit{}, err
	}
	for _, v := range b.visits {
		if v.ref == k.Ref {
			return b.VisitOf(ctx, k.Peer, v.ID)
		}
		if v.Session == s.ID && v.peer == k.Peer && v.Status != tiepdan.AppointmentDropped {
			return tiepdan.Visit{}, &tiepdan.Error{Code: tiepdan.Conflict, Key: "booking.twice"}
		}
	}
	if k, err = k.Check(s, now); err != nil {
		return tiepdan.Visit{}, err
	}
	if s.Full() && !k.Wait {
		return tiepdan.Visit{}, &tiepdan.Error{Code: tiepdan.Conflict, Key: "booking.full"}
	}
	n := int64(len(b.visits) + 1)
	v := visit{tiepdan.Appointment{ID: n, Token: fmt.Sprintf("v%d", n), Session: s.ID, Number: s.Taken + 1, Status: tiepdan.Booked,
		Name: k.Name, Purpose: k.Purpose, Case: k.Case, Chat: true}, k.Peer, k.Ref}
	if s.Full() {
		v.Status, v.Number, v.Position = tiepdan.OnWaitingList, 0, s.Waiting+1
	}
	if k.Case != 0 {
		v.CaseCode = b.cases[k.Case-1].Code
	}
	b.visits = append(b.visits, v)
	return b.VisitOf(ctx, k.Peer, n)
}

func (b *books) Visits(ctx context.Context, p tiepdan.Peer, _ time.Time) (vs []tiepdan.Visit, _ error) {
	for _, v := range b.visits {
		if v.peer == p && (v.Status == tiepdan.Booked || v.Status == tiepdan.OnWaitingList) {
			one, _ := b.VisitOf(ctx, p, v.ID)
			vs = append(vs, one)
		}
	}
	return vs, nil
}

func (b *books) VisitOf(ctx context.Context, p tiepdan.Peer, id int64) (tiepdan.Visit, error) {
	if id < 1 || id > int64(len(b.visits)) || b.visits[id-1].peer != p {
		return tiepdan.Visit{}, none("booking.none")
	}
	v := b.visits[id-1]
	s, err := b.Session(ctx, v.Session)
	return tiepdan.Visit{Appointment: v.Appointment, At: s}, err
}

func (b *books) CancelVisit(ctx context.Context, p tiepdan.Peer, id int64, _ time.Time) (tiepdan.Visit, error) {
	if _, err := b.VisitOf(ctx, p, id); err != nil {
		return tiepdan.Visit{}, err
	}
	b.visits[id-1].Status = tiepdan.AppointmentDropped
	for i := range b.visits { // the head of the waiting list moves up
		if v := &b.visits[i]; v.Session == b.visits[id-1].Session && v.Status == tiepdan.OnWaitingList {
			v.Status, v.Number, v.Position = tiepdan.Booked, b.visits[id-1].Number, 0
			b.live(v.peer, "appointment", v.ID, "booking.up", nil)
			break
		}
	}
	return b.VisitOf(ctx, p, id)
}

func (b *books) Coming(ctx context.Context, p tiepdan.Peer, id int64) error {
	if _, err := b.VisitOf(ctx, p, id); err != nil {
		return err
	}
	b.visits[id-1].Coming = true
	return nil
}

// live puts a message into the outbox that is worded when it is sent.
func (b *books) live(to tiepdan.Peer, what string, id int64, key string, more map[string]any) {
	args := map[string]any{"What": what, "ID": id, "Key": key}
	for k, v := range more {
		args[k] = v
	}
	reply, err := json.Marshal(map[string]any{"key": "live", "args": args})
	if err != nil {
		panic(err)
	}
	b.notices = append(b.notices, bot.Notice{Peer: to, Reply: reply, Staff: b.staff[to].ID})
}

func (b *books) MyConclusion(ctx context.Context, p tiepdan.Peer, id int64) (tiepdan.Session, []tiepdan.ConclusionItem, error) {
	items, ok := b.items[p]
	if !ok {
		return tiepdan.Session{}, nil, none("conclusion.none")
	}
	s, err := b.Session(ctx, id)
	return s, items, err
}

// order adds a direction to a unit and tells whom it concerns.
func (b *books) order(task string, secret bool) tiepdan.Directive {
	n := len(b.orders) + 1
	d := tiepdan.Directive{ID: int64(n), Year: 2026, Number: n, Unit: 3, Task: task, Secret: secret, Due: tiepdan.Date{Year: 2026, Month: 11, Day: 30},
		Status: tiepdan.DirectiveIssued, IssuedBy: 7, History: []tiepdan.DirectiveEntry{{N: 1, Do: tiepdan.IssueDirective}}}
	b.orders = append(b.orders, d)
	b.tellOrder(d, d.History[0])
	return d
}

func (b *books) tellOrder(d tiepdan.Directive, e tiepdan.DirectiveEntry) {
	for _, n := range tiepdan.DirectiveNotices(d, e) {
		for peer := range b.told(tiepdan.Case{}, n) {
			b.live(peer, "directive", d.ID, n.Key, map[string]any{"Entry": e.N})
		}
	}
}

func (b *books) Directive(_ context.Context, id int64) (tiepdan.Directive, error) {
	if id < 1 || id > int64(len(b.orders)) {
		return tiepdan.Directive{}, none("directive.none")
	}
	return b.orders[id-1], nil
}

func (b *books) DirectiveByCode(ctx context.Context, _, number int) (tiepdan.Directive, error) {
	return b.Directive(ctx, int64(number))
}

func (b *books) Directives(_ context.Context, f tiepdan.DirectiveFilter) (ds []tiepdan.Directive, _ string, _ error) {
	for _, d := range b.orders {
		if f.By.SeeDirective(d) != tiepdan.Nothing && d.Status.Open() {
			ds = append(ds, d)
		}
	}
	return ds, "", nil
}

func (b *books) CountDirectives(ctx context.Context, f tiepdan.DirectiveFilter) (int, error) {
	ds, _, err := b.Directives(ctx, f)
	return len(ds), err
}

func (b *books) UpdateDirective(ctx context.Context, id int64, change func(tiepdan.Directive) (tiepdan.Directive, tiepdan.DirectiveEntry, error)) (tiepdan.Directive, tiepdan.DirectiveEntry, error) {
	d, err := b.Directive(ctx, id)
	if err != nil {
		return d, tiepdan.DirectiveEntry{}, err
	}
	after, e, err := change(d)
	if err != nil {
		return d, e, err
	}
	b.orders[id-1] = after
	b.tellOrder(after, e)
	return after, e, nil
}

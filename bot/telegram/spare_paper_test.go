package telegram

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/bot"
	"tiepdan/bot/telegram/simulator"
	"tiepdan/store/storetest"
)

// printer makes papers, but none before it was asked for faults of them.
type printer struct {
	calendar
	faults *atomic.Int32
}

func printing(faults int32) func(*Options, *simulator.Options) {
	p := printer{faults: &atomic.Int32{}}
	p.faults.Store(faults)
	return func(o *Options, _ *simulator.Options) { o.Files, o.Papers = p, p }
}

func (p printer) Paper(_ context.Context, which bot.Paper) (string, string, []byte, error) {
	if p.faults.Add(-1) >= 0 {
		return "", "", nil, errors.New("no ink")
	}
	return which.Kind + ".pdf", "application/pdf", []byte("%PDF-1.7 " + which.Kind), nil
}

// withPaper says words that go with a paper, and brings the paper itself when it is owed.
func withPaper(words string) *script {
	paper := bot.Paper{Kind: "result", Case: 9, Spare: true}
	return &script{notice: func(n bot.Notice) ([]bot.Reply, error) {
		if n.Key == tiepdan.PaperNotice {
			paper := paper
			paper.Spare = false
			return []bot.Reply{{Key: "m", Args: saying("Văn bản"), Case: n.Case, Entry: n.Entry, Papers: []bot.Paper{paper}}}, nil
		}
		return []bot.Reply{{Key: "m", Args: saying(words), Case: n.Case, Entry: n.Entry, Papers: []bot.Paper{paper}}}, nil
	}}
}

// came is how often the bot's words and its papers came.
func (o *office) came(words string) (said, papers int) {
	for _, m := range o.ann.Messages() {
		if m.FromBot && strings.HasPrefix(m.Text, words) {
			said++
		}
		papers += len(m.Files)
	}
	return said, papers
}

const wordsOfAnswer = "Trả lời của cơ quan"

func TestAPaperComesWithItsWords(t *testing.T) {
	t.Parallel()
	o := begun(t, withPaper(wordsOfAnswer), printing(0))
	o.queue("notice.answered")
	m := o.sees(t, text(wordsOfAnswer))
	if len(m.Files) != 1 || m.Files[0].Name != "result.pdf" || string(m.Files[0].Bytes) != "%PDF-1.7 result" {
		t.Errorf("%+v", m)
	}
	o.store.until(t, "it is delivered", func() bool { return len(o.store.sent) == 1 && len(o.store.out) == 0 })
}

// Whatever keeps a paper away for a while, its words go once, and at once; the paper
// comes after them, once.
func TestAPaperThatFailsNeverHoldsItsWordsUpAndComesLater(t *testing.T) {
	t.Parallel()
	long := wordsOfAnswer + strings.Repeat(" rất dài", 200) // they don't fit under a file
	for _, c := range []struct {
		name   string
		words  string
		making int32
		fault  simulator.Fault
	}{
		{"it can't be made", wordsOfAnswer, 1, simulator.Fault{}},
		{"it can't be made for a while", long, 3, simulator.Fault{}},
		{"it can't be sent with its words", wordsOfAnswer, 0, simulator.Fault{Kind: simulator.BadGateway, Match: "sendDocument", Count: tries}},
		{"it can't be sent after its words", long, 0, simulator.Fault{Kind: simulator.BadGateway, Match: "sendDocument", Count: tries}},
		{"its connection breaks for a while", long, 0, simulator.Fault{Kind: simulator.Drop, Match: "sendDocument", Count: 2 * tries}},
		{"Telegram asks for more patience than there is", long, 0, simulator.Fault{Kind: simulator.TooMany, Match: "sendDocument", Count: 1, Seconds: 40}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			o := begun(t, withPaper(c.words), printing(c.making))
			if c.fault.Kind != "" {
				o.sim.Misbehave(c.fault)
			}
			o.queue("notice.answered")
			o.sees(t, func(m simulator.Message) bool { return len(m.Files) == 1 && m.Files[0].Name == "result.pdf" })
			o.store.until(t, "both are delivered", func() bool { return len(o.store.sent) == 2 && len(o.store.out) == 0 })
			o.end()
			if said, papers := o.came(wordsOfAnswer); said != 1 || papers != 1 {
				t.Errorf("the words came %d times, the paper %d times", said, papers)
			}
		})
	}
}

// The whole way over the real books: what they keep is the paper that is owed.
func TestABookedPaperComesOnceThoughItFailedAtFirst(t *testing.T) {
	t.Parallel()
	ahead := &atomic.Int64{}
	s := storetest.Open(t, storetest.WithNow(func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }))
	o := newOffice(t, onBooks(s), printing(2))
	o.ann.Start("")
	c := storetest.File(t, s, storetest.Petition(tiepdan.PhanAnh, "Đèn đường ở ngõ mẫu hỏng đã lâu"), storetest.Filing(o.peer(), time.Now()))
	o.run(t, withPaper(wordsOfAnswer))
	o.sees(t, text(wordsOfAnswer))
	state := func() (states string) {
		if err := s.Pool().QueryRow(t.Context(), `SELECT string_agg(key || ' ' || state || ' ' || attempts, ', ' ORDER BY id) FROM outbox WHERE case_id = $1`, c.ID).Scan(&states); err != nil {
			t.Fatal(err)
		}
		return states
	}
	eventually(t, "its paper is owed", func() bool { return state() == "notice.receipt sent 1, notice.paper queued 0" })
	ahead.Store(int64(time.Minute))
	eventually(t, "its paper fails again", func() bool { return state() == "notice.receipt sent 1, notice.paper queued 1" })
	ahead.Store(int64(time.Hour))
	eventually(t, "its paper is sent", func() bool { return state() == "notice.receipt sent 1, notice.paper sent 2" })
	o.end()
	if said, papers := o.came(wordsOfAnswer); said != 1 || papers != 1 {
		t.Errorf("the words came %d times, the paper %d times", said, papers)
	}
}

package bot

import (
	"context"
	"fmt"
	"strings"

	"tiepdan"
)

// What a citizen may do once their case was answered, or has ended otherwise.

// ShowNext shows what the citizen may do about a case, with the next session to come to.
type ShowNext struct{ Case tiepdan.Case }

func (c ShowNext) run(ctx context.Context, e *Engine, s *step) error {
	next, err := e.nextSession(ctx, s.w)
	if err != nil {
		return err
	}
	s.show(nextScreen(s.w, c.Case, next))
	return nil
}

// nextSession is the first session to come that still has a place; the zero session, if none has.
func (e *Engine) nextSession(ctx context.Context, w World) (tiepdan.Session, error) {
	all, err := e.store.PublicSessions(ctx, w.Now, w.Now.Add(bookingAhead))
	if err != nil {
		return tiepdan.Session{}, fmt.Errorf("bot: read the sessions to come: %w", err)
	}
	for _, d := range all {
		if d.Bookable(w.Now) == nil && !d.Full() {
			return d, nil
		}
	}
	return tiepdan.Session{}, nil
}

// nextScreen names each thing that may be done, with its button.
func nextScreen(w World, c tiepdan.Case, next tiepdan.Session) Reply {
	args := caseArgs(w.Rules, w.Language(), c)
	args["Can"] = recourses(w, c, next)
	var rows [][]Button
	for _, rc := range tiepdan.Recourses(c, w.Rules, tiepdan.DateOf(w.Now)) {
		switch rc.Do {
		case "reopen", "ask_reopen":
			rows = append(rows, row(caseButton(c.ID, "reopen")))
		case "second", "continue":
			rows = append(rows, row(caseButton(c.ID, rc.Do)))
		case "anew", "mend":
			rows = append(rows, rowOf("submit"))
		case "coerced":
			rows = append(rows, rowOf("help"))
		case "reception":
			if next.ID != 0 {
				rows = append(rows, row(Button{ID: "session/" + itoa64(next.ID) + "/book", Key: "button.session_place", Args: sessionArgs(w, next)}))
			}
			rows = append(rows, rowOf("book"))
		}
	}
	return Reply{Key: "case.next", Args: args, Buttons: append(rows, row(caseButton(c.ID, "show"), button("menu"))), Case: c.ID, Protect: c.Sealed()}
}

// afterChoice takes the buttons of what comes after an answer; it reports whether do is one.
func (s *step) afterChoice(c tiepdan.Case, do string) bool {
	what, rest, _ := strings.Cut(do, "/")
	switch what {
	case "rate":
		s.rate(c, pageOf(rest))
	case "rerate":
		s.t.leave()
		s.show(Reply{Key: "case.rerate", Args: s.caseArgs(c), Buttons: append(ratings(c.ID), row(keepCase(c))), Case: c.ID})
	case "why":
		s.sayWhy(c, rest)
	case "next":
		s.t.leave()
		s.t.View = "case/" + itoa64(c.ID) + "/next"
		s.cmd = ShowNext{Case: c}
	case "reopen", "part":
		s.wish(c, what)
	case "second", "continue":
		s.beginSecond(c)
	default:
		return false
	}
	return true
}

// keepCase leads back to the case as it stands.
func keepCase(c tiepdan.Case) Button {
	return Button{ID: "case/" + itoa64(c.ID) + "/show", Key: "button.keep_case", Args: Args{}}
}

// rate records how satisfied the person is. Who isn't is asked why.
func (s *step) rate(c tiepdan.Case, rating int) {
	s.t.leave()
	if s.ratingOver(c) {
		return
	}
	s.t.Scene, s.t.Case, s.t.Rating = InComment, c.ID, rating
	s.doRate(c, tiepdan.Act{Details: tiepdan.Details{Rating: rating}}, s.commentScreen(c))
}

// sayWhy records which of the offered reasons it is that they aren't satisfied for.
func (s *step) sayWhy(c tiepdan.Case, why string) {
	s.t.leave()
	if s.ratingOver(c) {
		return
	}
	s.t.Scene, s.t.Case, s.t.Rating, s.t.Why = InComment, c.ID, 1, why
	s.doRate(c, tiepdan.Act{Details: tiepdan.Details{Rating: 1, Unhappy: why}}, s.commentScreen(c))
}

// ratingOver reports, and says, that a rating can't be changed any more.
func (s *step) ratingOver(c tiepdan.Case) bool {
	had, ok := c.Satisfaction()
	if !ok || !s.w.Now.After(had.Until()) {
		return false
	}
	s.say("act.rating_over", Args{"Days": tiepdan.RatingDays})
	s.ask("case/" + itoa64(c.ID) + "/show")
	return true
}

func (s *step) doRate(c tiepdan.Case, a tiepdan.Act, then Reply) {
	a.Do = tiepdan.Rate
	s.cmd = UpdateCase{Case: c.ID, Act: s.act(citizen, a), Then: then}
}

// commentScreen asks for words that go with a rating; of who isn't satisfied, first why.
func (s *step) commentScreen(c tiepdan.Case) Reply {
	var rows [][]Button
	if s.t.Rating == 1 && s.t.Why == "" {
		var bs []Button
		for _, why := range tiepdan.Discontents() {
			bs = append(bs, caseButton(c.ID, "why/"+why))
		}
		rows = columns(2, bs)
	}
	if s.t.Rating == 1 {
		rows = append(rows, row(caseButton(c.ID, "next")))
	}
	args := s.caseArgs(c)
	args["Rating"], args["Unhappy"] = s.t.Rating, s.t.Why
	return Reply{Key: "case.rated", Args: args, Buttons: append(rows, rowOf("comment_skip", "menu")), Case: c.ID}
}

// comment takes the words that go with a rating.
func (s *step) comment() error {
	about := s.w.About
	if about == nil || !about.Mine || tiepdan.Clean(s.ev.Text) == "" {
		s.present()
		return nil
	}
	c := about.Case
	a := tiepdan.Act{Text: s.ev.Text, Details: tiepdan.Details{Rating: s.t.Rating, Unhappy: s.t.Why}}
	rows := [][]Button{rowOf("mycases", "menu")}
	if s.t.Rating == 1 {
		rows = append([][]Button{row(caseButton(c.ID, "next"))}, rows...)
	}
	s.t.leave()
	s.doRate(c, a, Reply{Key: "case.commented", Args: Args{"Code": string(c.Code)}, Case: c.ID, Buttons: rows})
	return nil
}

// skipComment ends a rating without words.
func (s *step) skipComment() {
	id, rating := s.t.Case, s.t.Rating
	s.t.leave()
	if rating != 1 {
		s.menu()
		return
	}
	s.show(Reply{Key: "case.rated_skip", Args: Args{}, Case: id, Buttons: [][]Button{row(caseButton(id, "next")), rowOf("mycases", "menu")}})
}

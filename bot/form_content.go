package bot

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tiepdan"
)

func itoa(n int) string { return strconv.Itoa(n) }

// gather keeps what came with an answer whatever was asked: files, a place on
// the map, and words that are no answer to the question.
func (s *step) gather(q question) error {
	if s.ev.Choice != "" {
		return nil
	}
	if s.ev.Point != nil {
		s.t.Draft.Point = s.ev.Point
		if q.ID != "place" {
			s.say("petition.located", nil)
		}
	}
	if s.ev.Phone != "" && q.ID != "phone" {
		if err := s.gatherPhone(); err != nil {
			return err
		}
	}
	s.gatherFiles(q)
	loose := !q.Typed && q.ID != "place" || len(s.ev.Files) > 0 || q.ID == "files"
	if _, err := strconv.Atoi(strings.TrimSpace(s.ev.Text)); err == nil && !q.Typed {
		s.ev.Text = "" // the number of a button that there isn't
	}
	if loose && q.ID != "content" && strings.TrimSpace(s.ev.Text) != "" {
		if err := s.keepWords(); err != nil {
			return err
		}
		s.ev.Text = ""
	}
	return nil
}

// gatherPhone keeps the sender's own number where one may be asked for, and says
// what became of a card that isn't kept.
func (s *step) gatherPhone() error {
	d := s.t.Draft
	switch {
	case d.Kind == "" || !asksPhone(s.w, s.t):
		s.say("petition.phone_unkept", nil)
	case !s.ev.OwnPhone:
		s.say("petition.phone_other", nil)
	default:
		if err := d.SetPhone(s.ev.Phone); err != nil {
			return err
		}
		s.say("petition.phone_kept", nil)
		if s.t.Step == "review" {
			s.t.Rev++
		}
	}
	return nil
}

// keepWords puts the message into the content and says so.
func (s *step) keepWords() error {
	if err := s.t.Draft.AddContent(s.ev.Message, s.ev.Text, s.ev.At); err != nil {
		return err
	}
	s.emergency(s.ev.Text)
	s.selfNamed(s.ev.Text)
	s.say("petition.kept_words", nil)
	if s.t.Step == "review" {
		s.t.Rev++
	}
	return nil
}

// gatherFiles keeps the files that were taken and names those that weren't.
func (s *step) gatherFiles(q question) {
	kept := 0
	for _, f := range s.ev.Files {
		if f.Refused != "" {
			s.say(f.Refused, Args{"Name": f.Name})
			continue
		}
		if f.Kept.SHA256 == "" {
			continue
		}
		before := len(s.t.Draft.Files)
		if err := s.t.Draft.AddFile(f.Kept); err != nil {
			s.say("file.many", Args{"Name": f.Name, "Max": tiepdan.MaxFiles})
			continue
		}
		kept += len(s.t.Draft.Files) - before
	}
	if kept > 0 && q.ID != "files" && q.ID != "content" {
		s.say("files.kept", Args{"Count": len(s.t.Draft.Files)})
		if q.ID == "review" {
			s.t.Rev++
		}
	}
}

func contentScreen(_ World, t Talk) Reply {
	d := t.Draft
	args := Args{"Kind": string(d.Kind), "Passages": len(d.Content), "Files": len(d.Files), "Sealed": d.Sealed()}
	if len(d.Content)+len(d.Files) == 0 {
		return Reply{Key: "petition.content", Args: args, Buttons: [][]Button{rowOf("back")}}
	}
	rows := [][]Button{rowOf("done")}
	if t.Editing && len(d.Content) > 0 {
		rows = append(rows, rowOf("rewrite"))
	}
	return Reply{Key: "petition.content_more", Args: args, Buttons: append(rows, rowOf("back"))}
}

func takeContent(s *step) (bool, error) {
	d := s.t.Draft
	if s.ev.Choice == "done" {
		if utf8.RuneCountInString(d.Text()) < tiepdan.MinContent && len(d.Files) == 0 {
			s.say("petition.content_short", Args{"Min": tiepdan.MinContent})
			s.showStep()
			return true, nil
		}
		return false, nil
	}
	if s.ev.Choice == "rewrite" && s.t.Editing {
		d.Content = nil
		s.t.Rev++
		s.showStep()
		return true, nil
	}
	if strings.TrimSpace(s.ev.Text) != "" {
		if err := d.AddContent(s.ev.Message, s.ev.Text, s.ev.At); err != nil {
			return true, err
		}
		s.emergency(s.ev.Text)
		s.selfNamed(s.ev.Text)
	}
	s.acknowledge()
	return true, nil
}

// acknowledge says lightly that more has come; its buttons are as good as those
// of the question itself.
func (s *step) acknowledge() {
	s.showStep()
	s.out[len(s.out)-1].Quiet = true
}

func filesScreen(_ World, t Talk) Reply {
	d := t.Draft
	args := Args{"Count": len(d.Files), "Max": tiepdan.MaxFiles, "Left": tiepdan.MaxFiles - len(d.Files), "Sealed": d.Sealed()}
	if len(d.Files) == 0 {
		return Reply{Key: "petition.files", Args: args, Buttons: [][]Button{rowOf("skip"), rowOf("back")}}
	}
	rows := [][]Button{rowOf("done")}
	if t.Editing {
		rows = append(rows, rowOf("nofiles"))
	}
	return Reply{Key: "petition.files_more", Args: args, Buttons: append(rows, rowOf("back"))}
}

func takeFiles(s *step) (bool, error) {
	switch s.ev.Choice {
	case "done", "skip":
		if s.t.Draft.Missing() == "content" {
			s.goTo("content")
			return true, nil
		}
		return false, nil
	case "nofiles":
		s.t.Draft.Files = nil
		s.t.Rev++
	}
	s.acknowledge()
	return true, nil
}

// complains: whose decision or act is complained of (Luật Khiếu nại 2011, Điều 8).
func complains(_ World, t Talk) bool { return t.Draft.Kind == tiepdan.KhieuNai }

func respondentScreen(_ World, t Talk) Reply {
	return Reply{Key: "petition.respondent", Args: Args{"Respondent": t.Draft.Respondent}, Buttons: [][]Button{rowOf("skip"), rowOf("back")}}
}

func takeRespondent(s *step) (bool, error) {
	if s.ev.Choice == "skip" {
		return false, nil
	}
	line, ok := s.line()
	if ok {
		return false, s.t.Draft.SetRespondent(line, "")
	}
	s.showStep()
	return true, nil
}

// line returns the message as one short line. What is too long for one is kept
// in the content.
func (s *step) line() (string, bool) {
	line := strings.Join(strings.Fields(tiepdan.Clean(s.ev.Text)), " ")
	if utf8.RuneCountInString(line) > maxLine {
		if err := s.keepWords(); err == nil {
			s.say("line.long", Args{"Max": maxLine})
		} else {
			s.say("petition.content_long", Args{"Max": tiepdan.MaxContent})
		}
		return "", false
	}
	return line, line != ""
}

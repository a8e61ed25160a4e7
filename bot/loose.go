package bot

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"tiepdan"
)

// loose takes what was said while nothing is under way: it is offered as the
// beginning of a submission, and kept until the person has said.
func (s *step) loose() error {
	text := tiepdan.Clean(s.ev.Text)
	files := s.looseFiles()
	if s.t.Scene == AtMenu && len(files) == 0 && (s.ev.Command != "" || s.greets(text)) {
		if s.ev.Command != "" {
			s.say("command.unknown", nil)
		}
		s.t.leave()
		s.menu()
		return nil
	}
	if s.t.Scene == AtMenu {
		s.t.leave()
		s.t.Scene = InLoose
	}
	w := &s.t.Words
	if text != "" {
		if length(w.Passages)+utf8.RuneCountInString(text) > looseLimit {
			return &tiepdan.Error{Code: tiepdan.Invalid, Key: "petition.content_long", Args: Args{"Max": looseLimit}}
		}
		w.Passages = append(w.Passages, tiepdan.Passage{Ref: s.ev.Message, Text: text, At: s.ev.At})
	}
	w.Files = append(w.Files, files...)
	s.emergency(text)
	s.show(s.looseScreen())
	return nil
}

// greets reports whether a text is only politeness, or no words at all. All else
// that nobody asked for is kept, however short.
func (s *step) greets(text string) bool {
	polite := map[string]bool{}
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		if words, err := s.w.Texts.Plain(lang, "words.greeting", Args{}); err == nil {
			for word := range strings.FieldsSeq(tiepdan.Fold(words)) {
				polite[word] = true
			}
		}
	}
	for word := range strings.FieldsSeq(plainWords(tiepdan.Fold(text))) {
		if _, err := strconv.Atoi(word); err != nil && !polite[word] {
			return false
		}
	}
	return true
}

// looseFiles returns the files that were taken, and names those that weren't.
func (s *step) looseFiles() []tiepdan.Attachment {
	var kept []tiepdan.Attachment
	for _, f := range s.ev.Files {
		switch {
		case f.Refused != "":
			s.say(f.Refused, Args{"Name": f.Name})
		case f.Kept.SHA256 == "":
		case len(kept)+len(s.t.Words.Files) >= tiepdan.MaxFiles:
			s.say("file.many", Args{"Name": f.Name, "Max": tiepdan.MaxFiles})
		default:
			kept = append(kept, f.Kept)
		}
	}
	return kept
}

func length(ps []tiepdan.Passage) (n int) {
	for _, p := range ps {
		n += utf8.RuneCountInString(p.Text)
	}
	return n
}

func (s *step) looseScreen() Reply {
	rows := [][]Button{rowOf("submit")}
	if s.t.Draft != nil {
		rows = [][]Button{rowOf("loose_join"), rowOf("drop/" + s.t.Draft.ID)}
	}
	w := s.t.Words
	return Reply{Key: "loose", Args: Args{"Passages": len(w.Passages), "Files": len(w.Files), "Draft": s.t.Draft != nil},
		Buttons: append(rows, rowOf("mycases", "menu"))}
}

// looseChoice puts what was said into the draft that is under way.
func (s *step) looseChoice(id string) error {
	d := s.t.Draft
	if id != "loose_join" || d == nil {
		s.stale(id)
		return nil
	}
	for _, p := range s.t.Words.Passages {
		if err := d.AddContent(p.Ref, p.Text, p.At); err != nil {
			return err
		}
	}
	for _, f := range s.t.Words.Files {
		if err := d.AddFile(f); err != nil {
			return err
		}
	}
	s.t.Words = Words{}
	s.resume(d.ID)
	return nil
}

// emergency shows the numbers to call, once an hour, where a text sounds as if somebody
// needed them. It refuses nothing and is no judgement of what was said.
func (s *step) emergency(text string) {
	if s.w.Now.Sub(s.t.Warned) < warnAgain || !s.hasWords("words.emergency", text) {
		return
	}
	s.t.Warned = s.w.Now
	s.say("emergency", nil)
}

// selfNamed asks who denounces to take out what may name them: nothing here needs it,
// and what is told of somebody else may stay.
func (s *step) selfNamed(text string) {
	if s.t.Draft.Sealed() && (tiepdan.HasPhone(text) || s.hasWords("words.self", text)) {
		s.say("petition.self_named", nil)
	}
}

// hasWords reports whether a text has one of the words of a list.
func (s *step) hasWords(list, text string) bool {
	marks := tiepdan.Fold(text) != plainWords(text)
	read := plainWords
	if !marks { // typed without diacritics
		read = tiepdan.Fold
	}
	text = " " + read(text) + " "
	for _, lang := range []tiepdan.Language{tiepdan.Vietnamese, tiepdan.English} {
		words, err := s.w.Texts.Plain(lang, list, Args{})
		if err != nil {
			continue
		}
		for word := range strings.SplitSeq(words, ",") {
			if word = read(word); word != "" && strings.Contains(text, " "+word+" ") {
				return true
			}
		}
	}
	return false
}

// secondTones moves a tone from the second vowel to the first: both hoả and hỏa are
// written, and people type either.
var secondTones = strings.NewReplacer("oà", "òa", "oá", "óa", "oả", "ỏa", "oã", "õa", "oạ", "ọa", "oè", "òe", "oé", "óe", "oẻ", "ỏe", "oẽ", "õe", "oẹ", "ọe",
	"uỳ", "ùy", "uý", "úy", "uỷ", "ủy", "uỹ", "ũy", "uỵ", "ụy")

// plainWords returns a text's words in lower case with their marks, one space
// between them, however their tones are placed.
func plainWords(s string) string {
	return strings.Join(strings.FieldsFunc(secondTones.Replace(strings.ToLower(tiepdan.Clean(s))), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

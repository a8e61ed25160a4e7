package store

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tiepdan"
)

// mask stands where a name stood.
const mask = "▇▇▇"

// masked returns a function that covers, in a text, what the case knew of the
// people who brought it, with or without its marks, and numbers however they are
// grouped. A name of one short syllable isn't covered: it is part of too many words.
func masked(c tiepdan.Case) func(string) string {
	var words []string
	names := append([]string{c.Person.Name, c.Person.Address, c.Group.OnBehalf}, c.Group.Representatives...)
	for _, k := range c.Group.Complainants {
		names = append(names, k.Name, k.Address)
	}
	for _, w := range names {
		if w = flat(norm.NFC.String(strings.TrimSpace(w))); utf8.RuneCountInString(w) > 4 {
			words = append(words, strings.Join(strings.Fields(regexp.QuoteMeta(w)), `\s+`))
		}
	}
	for _, n := range []string{c.Person.Phone, c.Person.IDNumber} {
		if n = digits(n); len(n) > 4 {
			words = append(words, numberForm(n))
		}
	}
	if len(words) == 0 {
		return func(s string) string { return s }
	}
	re := regexp.MustCompile(strings.Join(words, "|"))
	return func(s string) string { return cover(re, norm.NFC.String(s)) }
}

// cover puts the mask over what re finds in flat(s).
func cover(re *regexp.Regexp, s string) string {
	plain, runes := flat(s), []rune(s)
	var b strings.Builder
	done := 0 // runes
	for _, at := range re.FindAllStringIndex(plain, -1) {
		from, to := utf8.RuneCountInString(plain[:at[0]]), utf8.RuneCountInString(plain[:at[1]])
		b.WriteString(string(runes[done:from]) + mask)
		done = to
	}
	if done == 0 {
		return s
	}
	return b.String() + string(runes[done:])
}

// flat is s in lower case without marks, rune for rune: what stands where in it
// stands there in s.
func flat(s string) string {
	return strings.Map(func(r rune) rune {
		if r == 'đ' || r == 'Đ' {
			return 'd'
		}
		base, _ := utf8.DecodeRuneInString(norm.NFD.String(string(r)))
		return unicode.ToLower(base)
	}, s)
}

// numberForm finds a number with whatever groups its digits; a telephone's with
// its country before it too.
func numberForm(n string) string {
	const between = `[\s.()–-]*`
	before := ""
	if national, phone := strings.CutPrefix(n, "0"); phone {
		n, before = national, `(?:(?:\+|00)?`+between+`8`+between+`4`+between+`0?|0)?`+between
	}
	return before + strings.Join(strings.Split(n, ""), between)
}

func digits(s string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
}

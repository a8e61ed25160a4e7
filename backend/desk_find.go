package backend

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"tiepdan"
)

// longestNumber is how many digits a number of the queue has at most; more are a
// telephone's.
const longestNumber = 4

// findPlaces returns whom of a session's appointments somebody means who typed or
// scanned that: a slip's link or bare token, a number of the queue, a telephone
// number, or a part of a name, whatever its marks.
func findPlaces(places []tiepdan.Appointment, typed string) (found []tiepdan.Appointment) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return nil
	}
	tokens := tokensIn(typed)
	for _, a := range places {
		if slices.ContainsFunc(tokens, func(t string) bool { return strings.EqualFold(t, a.Token) }) {
			return []tiepdan.Appointment{a}
		}
	}
	known := func(a tiepdan.Appointment) bool { return named(a, typed) }
	if digits := strings.TrimPrefix(typed, "#"); numeric(digits) && len(digits) <= longestNumber {
		n, _ := strconv.Atoi(digits)
		known = func(a tiepdan.Appointment) bool { return a.Number == n && n > 0 }
	} else if phone, ok := tiepdan.Phone(typed); ok {
		known = func(a tiepdan.Appointment) bool { return a.Phone == phone }
	}
	for _, a := range places {
		if a.Status != tiepdan.AppointmentDropped && known(a) {
			found = append(found, a)
		}
	}
	return found
}

// tokensIn are the tokens that a scanner's line may hold: of a link to the bot
// what follows start=, of one to our site its last part, with or without the word
// before the underscore that says what it is of.
func tokensIn(typed string) (tokens []string) {
	last := typed
	if u, err := url.Parse(typed); err == nil && (u.Host != "" || strings.Contains(typed, "/")) {
		last = u.Path[strings.LastIndexByte(u.Path, '/')+1:]
		if start := u.Query().Get("start"); start != "" {
			last = start
		}
	}
	tokens = append(tokens, last)
	if _, rest, ok := strings.Cut(last, "_"); ok {
		tokens = append(tokens, rest)
	}
	return tokens
}

// scanned reports whether what was typed can be nothing but a slip's code.
func scanned(typed string) bool {
	return strings.Contains(typed, "://") || len(typed) >= 20 && !strings.ContainsAny(typed, " \t")
}

func numeric(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// named reports whether each word that was typed begins a word of the name.
func named(a tiepdan.Appointment, typed string) bool {
	have := strings.Fields(tiepdan.Fold(a.Name))
	words := strings.Fields(tiepdan.Fold(typed))
	for _, w := range words {
		if !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return len(words) > 0
}

package tiepdan

import (
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"log/slog"
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func anyCode(t *rapid.T) CaseCode {
	return NewCaseCode(rapid.IntRange(2025, 2099).Draw(t, "year"), bytes.NewReader(rapid.SliceOfN(rapid.Byte(), 5, 5).Draw(t, "random")))
}

func TestCodesAreReadAsPeopleWriteThem(t *testing.T) {
	t.Parallel()
	code := NewCaseCode(2026, strings.NewReader("\x01\x00\x84\x10\x42"))
	if !regexp.MustCompile(`^TD26-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$`).MatchString(string(code)) {
		t.Fatalf("a code looks like %s", code)
	}
	wide := strings.Map(func(r rune) rune {
		if r > ' ' && r != '-' {
			return r + 0xfee0
		}
		return r
	}, string(code))
	for name, s := range map[string]string{
		"as it is":               string(code),
		"lower case":             strings.ToLower(string(code)),
		"no dashes":              strings.ReplaceAll(string(code), "-", ""),
		"spaces and en dashes":   " " + strings.ReplaceAll(string(code), "-", " – ") + "\n",
		"full width":             wide,
		"a minus sign":           strings.ReplaceAll(string(code), "-", "−"),
		"no TD":                  strings.TrimPrefix(string(code), "TD"),
		"a Vietnamese keyboard":  "tđ" + strings.TrimPrefix(string(code), "TD"),
		"O for 0, I and l for 1": strings.NewReplacer("0", "O", "1", "l").Replace(string(code)),
		"a zero width space":     string(code[:5]) + "\u200b" + string(code[5:]),
	} {
		if got, err := ParseCaseCode(s); got != code || err != nil {
			t.Errorf("%s: %q reads as %q, %v", name, s, got, err)
		}
	}
	if code.Year() != 2026 {
		t.Errorf("%s is of %d", code, code.Year())
	}
}

func TestWhatIsNoCode(t *testing.T) {
	t.Parallel()
	good := string(NewCaseCode(2026, rand.Reader))
	for name, s := range map[string]string{
		"nothing":         "",
		"only TD":         "TD",
		"too short":       good[:len(good)-1],
		"too long":        good + "0",
		"a U":             "TD26-UUUU-UUUU",
		"letters as year": "TDAB" + good[4:],
		"other words":     "xin chào",
		"endless":         strings.Repeat("0", 1<<16),
		"not UTF-8":       good[:6] + "\xff" + good[7:],
	} {
		got, err := ParseCaseCode(s)
		if e, ok := err.(*Error); !ok || got != "" || e.Code != Invalid || e.Key != "code.wrong" || e.Err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestEveryMistypedCodeIsNoticed(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code := string(anyCode(t))
		for i := 2; i < len(code); i++ {
			for _, wrong := range codeAlphabet {
				if code[i] != '-' && byte(wrong) != code[i] {
					refused(t, code, code[:i]+string(wrong)+code[i+1:])
				}
			}
			for j := i + 1; j < len(code); j++ {
				if code[i] != '-' && code[j] != '-' && code[i] != code[j] {
					b := []byte(code)
					b[i], b[j] = b[j], b[i]
					refused(t, code, string(b))
				}
			}
		}
	})
}

func refused(t *rapid.T, code, mistyped string) {
	t.Helper()
	if got, err := ParseCaseCode(mistyped); err == nil {
		t.Fatalf("%s, mistyped from %s, reads as %s", mistyped, code, got)
	}
}

// The check is linear in the symbols, so what holds for the weights holds for all codes: none is zero, no two are equal.
func TestEverySymbolHasAWeightOfItsOwn(t *testing.T) {
	t.Parallel()
	seen := map[byte]bool{1: true} // the check's own
	for i := range codeSymbols - 1 {
		var symbols [codeSymbols - 1]byte
		symbols[i] = 1
		weight := codeCheck(symbols[:])
		if weight == 0 || seen[weight] {
			t.Errorf("symbol %d has weight %d", i, weight)
		}
		seen[weight] = true
		for s := range byte(32) {
			var left, right, both [codeSymbols - 1]byte
			left[i], right[(i+1)%len(right)], both[i], both[(i+1)%len(both)] = s, 31, s, 31
			if codeCheck(both[:]) != codeCheck(left[:])^codeCheck(right[:]) {
				t.Errorf("the check isn't linear at %d of symbol %d", s, i)
			}
		}
	}
}

func TestCodesAndPINsAreRandom(t *testing.T) {
	t.Parallel()
	codes, digits := map[CaseCode]bool{}, [6][10]int{}
	for range 5000 {
		codes[NewCaseCode(2026, rand.Reader)] = true
		pin := NewPIN(rand.Reader)
		if got, err := ParsePIN(string(pin)); got != pin || err != nil {
			t.Fatalf("a new PIN isn't one: %v", err)
		}
		for i, d := range pin {
			digits[i][d-'0']++
		}
	}
	if len(codes) < 4999 {
		t.Errorf("5000 codes, %d different", len(codes))
	}
	for i := range digits {
		for d, n := range digits[i] {
			if n < 350 || n > 650 { // seven standard deviations
				t.Errorf("digit %d is %d in %d of 5000 PINs", i, d, n)
			}
		}
	}
}

func TestPINs(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]PIN{
		"012345": "012345", " 012 345 ": "012345", "012-345": "012345", "０１２３４５": "012345",
		"": "", "12345": "", "1234567": "", "12345A": "", "12345x": "", "١٢٣٤٥٦": "",
	} {
		if got, err := ParsePIN(s); got != want || (err == nil) != (want != "") {
			t.Errorf("%q reads as %q, %v", s, got, err)
		}
	}
	// The first number is above the last whole million: taking it would favour low PINs.
	b := binary.BigEndian.AppendUint32(nil, 1<<32-1)
	if got := NewPIN(bytes.NewReader(binary.BigEndian.AppendUint32(b, 42))); got != "000042" {
		t.Errorf("got %s", got)
	}
	var log bytes.Buffer
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "pin", PIN("000042"))
	if strings.Contains(log.String(), "000042") {
		t.Error("a PIN stands in the log")
	}
}

func FuzzParseCaseCode(f *testing.F) {
	f.Add("TD26-0000-0000")
	f.Add("td26 oooo–llll")
	f.Add("ＴＤ２６\u0301")
	f.Fuzz(func(t *testing.T, s string) {
		code, err := ParseCaseCode(s)
		if err != nil {
			if code != "" {
				t.Fatal("a wrong code is none")
			}
			return
		}
		if again, err := ParseCaseCode(string(code)); again != code || err != nil || code.Year() < 2000 {
			t.Fatalf("%q reads as %q, that as %q", s, code, again)
		}
	})
}

func BenchmarkParseCaseCode(b *testing.B) {
	code := strings.ToLower(string(NewCaseCode(2026, rand.Reader)))
	for b.Loop() {
		if _, err := ParseCaseCode(code); err != nil {
			b.Fatal(err)
		}
	}
}

func TestFindCaseCode(t *testing.T) {
	t.Parallel()
	code := NewCaseCode(2026, rand.Reader)
	for _, c := range []struct {
		name, text string
		want       CaseCode
	}{
		{"in a sentence", "Hồ sơ " + string(code) + ": đã trả lời.", code},
		{"the first of two", string(code) + " và " + string(NewCaseCode(2025, rand.Reader)), code},
		{"none", "Kính chào Ông/Bà.", ""},
		{"a part of something longer", "X" + string(code) + "Y", ""},
		{"nothing", "", ""},
	} {
		if got, ok := FindCaseCode(c.text); got != c.want || ok != (c.want != "") {
			t.Errorf("%s: %q, %v", c.name, got, ok)
		}
	}
}

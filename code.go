package tiepdan

import (
	"encoding/binary"
	"fmt"
	"io"
	"log/slog"
	"regexp"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// CaseCode names a case to people: TDyy-XXXX-XXXX, where yy is the year and the X are Crockford's base 32 (no I, L,
// O, U). Seven of them are random, 35 bits: a code can't be guessed from another. The eighth is a check.
type CaseCode string

const codeAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// codeSymbols is what a code has after its TD: the year's two digits, seven random symbols, the check.
const codeSymbols = 2 + 7 + 1

// NewCaseCode returns a code for a case of a year. It takes five bytes of rand, which must not fail; crypto/rand's doesn't.
func NewCaseCode(year int, rand io.Reader) CaseCode {
	var b [8]byte
	mustRead(rand, b[3:])
	bits := binary.BigEndian.Uint64(b[:])
	var symbols [codeSymbols]byte
	symbols[0], symbols[1] = byte(year/10%10), byte(year%10)
	for i := 2; i < codeSymbols-1; i++ {
		symbols[i] = byte(bits & 31)
		bits >>= 5
	}
	symbols[codeSymbols-1] = codeCheck(symbols[:codeSymbols-1])
	return writeCode(symbols)
}

func mustRead(rand io.Reader, b []byte) {
	if _, err := io.ReadFull(rand, b); err != nil {
		panic(fmt.Errorf("tiepdan: no randomness: %w", err))
	}
}

func writeCode(symbols [codeSymbols]byte) CaseCode {
	b := make([]byte, 0, len("TDyy-XXXX-XXXX"))
	b = append(b, "TD"...)
	for i, s := range symbols {
		if i == 2 || i == 6 {
			b = append(b, '-')
		}
		b = append(b, codeAlphabet[s])
	}
	return CaseCode(b)
}

// codeCheck returns the symbol that makes the whole a multiple of x - 2 over the field of 32 elements. Every symbol
// then has a weight of its own, so that any one wrong symbol and any two that changed places are noticed.
func codeCheck(symbols []byte) byte {
	var sum byte
	for _, s := range symbols {
		sum = double32(sum ^ s)
	}
	return sum
}

// double32 multiplies by 2 in the field of 32 elements modulo x⁵ + x² + 1, of which 2 is a generator.
func double32(a byte) byte {
	a <<= 1
	if a&32 != 0 {
		a ^= 0b100101
	}
	return a
}

// Year returns the year in which the code was given, or 0 for what is no code.
func (c CaseCode) Year() int {
	if len(c) != len("TDyy-XXXX-XXXX") {
		return 0
	}
	return 2000 + int(c[2]-'0')*10 + int(c[3]-'0')
}

// ParseCaseCode reads a code as people write it: in any case, with or without TD, dashes and spaces, in full-width
// digits, with O for 0, I or L for 1 and the Đ of a Vietnamese keyboard. Anything else, a wrong check included, is code.wrong.
func ParseCaseCode(s string) (CaseCode, error) {
	plain, ok := plainCode(s)
	if !ok {
		return "", errCodeWrong()
	}
	if len(plain) == codeSymbols+2 && plain[:2] == "TD" {
		plain = plain[2:]
	}
	if len(plain) != codeSymbols {
		return "", errCodeWrong()
	}
	var symbols [codeSymbols]byte
	for i := range plain {
		at := strings.IndexByte(codeAlphabet, plain[i])
		if at < 0 || i < 2 && at > 9 {
			return "", errCodeWrong()
		}
		symbols[i] = byte(at)
	}
	if codeCheck(symbols[:codeSymbols-1]) != symbols[codeSymbols-1] {
		return "", errCodeWrong()
	}
	return writeCode(symbols), nil
}

func errCodeWrong() error { return &Error{Code: Invalid, Key: "code.wrong"} }

// plainCode leaves of a written code its symbols only, in Crockford's spelling. It gives up on what is far too long.
func plainCode(s string) (string, bool) {
	if len(s) > 128 {
		return "", false
	}
	var b strings.Builder
	for _, r := range norm.NFKD.String(s) {
		switch r = unicode.ToUpper(r); {
		case r == 'Đ':
			b.WriteByte('D')
		case r == 'O':
			b.WriteByte('0')
		case r == 'I' || r == 'L':
			b.WriteByte('1')
		case '0' <= r && r <= '9' || 'A' <= r && r <= 'Z':
			b.WriteByte(byte(r))
		case r == '-' || r == '−' || r == '_' || r == '.' || r == '#' || r == '\u200b' || r == '\u2060' || r == '\ufeff',
			unicode.IsSpace(r), unicode.In(r, unicode.Pd, unicode.Mn):
		default:
			return "", false
		}
	}
	return b.String(), true
}

// PIN is the secret that goes with a code for looking at somebody's case without an account: six digits.
type PIN string

// NewPIN returns a PIN, each as likely as any other. Of rand the same holds as for NewCaseCode.
func NewPIN(rand io.Reader) PIN {
	const all = 1_000_000
	for {
		var b [4]byte
		mustRead(rand, b[:])
		if n := binary.BigEndian.Uint32(b[:]); n < 1<<32/all*all {
			return PIN(fmt.Sprintf("%06d", n%all))
		}
	}
}

// ParsePIN reads a PIN as people write it, with spaces, dashes or full-width digits.
func ParsePIN(s string) (PIN, error) {
	plain, ok := plainCode(s)
	if !ok || len(plain) != 6 || strings.Trim(plain, "0123456789") != "" {
		return "", &Error{Code: Invalid, Key: "code.pin_wrong"}
	}
	return PIN(plain), nil
}

// LogValue keeps the PIN out of logs.
func (PIN) LogValue() slog.Value { return slog.StringValue("PIN") }

var codeInText = regexp.MustCompile(`\bTD[0-9]{2}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b`)

// FindCaseCode returns the first code in a text of ours, which writes it as it is.
func FindCaseCode(text string) (CaseCode, bool) {
	code, err := ParseCaseCode(codeInText.FindString(text))
	return code, err == nil
}

package store

import (
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
)

func TestWhatPostgresSaysOfAValueIsNotKept(t *testing.T) {
	t.Parallel()
	for code, message := range map[string]string{
		"54000": `word is too long in tsquery: "lời mẫu của công dân"`,
		"22P02": `invalid input syntax for type integer: "lời mẫu của công dân"`,
		"22008": `date/time field value out of range: "lời mẫu của công dân"`,
	} {
		err := broken(&pgconn.PgError{Code: code, Message: message, Detail: "lời mẫu của công dân"}, "cases")
		if strings.Contains(err.Error(), "lời mẫu") || !strings.Contains(err.Error(), message[:10]) {
			t.Errorf("%v", err)
		}
	}
}

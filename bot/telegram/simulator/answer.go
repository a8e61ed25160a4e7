package simulator

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
)

// refusal is an answer with ok false, in Telegram's words.
type refusal struct {
	Code        int
	Description string
	RetryAfter  int
}

func (r *refusal) Error() string { return r.Description }

func badRequest(format string, args ...any) error {
	return &refusal{Code: http.StatusBadRequest, Description: "Bad Request: " + fmt.Sprintf(format, args...)}
}

func forbidden(why string) error {
	return &refusal{Code: http.StatusForbidden, Description: "Forbidden: " + why}
}

func conflict(why string) error {
	return &refusal{Code: http.StatusConflict, Description: "Conflict: " + why}
}

func tooMany(seconds int) *refusal {
	return &refusal{Code: http.StatusTooManyRequests, RetryAfter: seconds,
		Description: fmt.Sprintf("Too Many Requests: retry after %d", seconds)}
}

// described is a result with the sentence that some methods add to it.
type described struct {
	result      any
	description string
}

type answer struct {
	OK          bool        `json:"ok"`
	Code        int         `json:"error_code,omitempty"`
	Description string      `json:"description,omitempty"`
	Parameters  *parameters `json:"parameters,omitempty"`
	Result      any         `json:"result,omitempty"`
}

type parameters struct {
	RetryAfter int `json:"retry_after"`
}

func writeResult(w http.ResponseWriter, result any) {
	a := answer{OK: true, Result: result}
	if d, ok := result.(described); ok {
		a.Result, a.Description = d.result, d.description
	}
	writeJSON(w, http.StatusOK, a)
}

func writeRefusal(w http.ResponseWriter, err error) {
	r := asRefusal(err)
	a := answer{Code: r.Code, Description: r.Description}
	if r.RetryAfter > 0 {
		a.Parameters = &parameters{r.RetryAfter}
		w.Header().Set("Retry-After", strconv.Itoa(r.RetryAfter))
	}
	writeJSON(w, r.Code, a)
}

func asRefusal(err error) *refusal {
	if r := (*refusal)(nil); errors.As(err, &r) {
		return r
	}
	return &refusal{Code: http.StatusBadRequest, Description: "Bad Request: " + err.Error()}
}

func writeJSON(w http.ResponseWriter, code int, v any) {
	body, err := json.Marshal(v)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	w.Write(body)
}

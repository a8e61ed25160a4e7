package backend

import (
	"strings"

	"tiepdan"
)

// whys are the words for what the messaging channel reports of a message that
// didn't go out. Several failures are one thing to who reads of them.
var whys = map[string]string{
	"partial": "part", "blocked": "left", "unreachable": "before", "chat_gone": "gone",
	"too_big": "big", "too_many": "busy", "pace": "busy", "later": "busy",
	"server": "down", "unsent": "down", "timeout": "down", "unknown": "lost",
	"unauthorized": "setup", "conflict": "setup",
	"refused": "refused", "entities": "refused", "migrated": "refused", "not_modified": "refused", "too_old": "refused", "gone": "refused",
	"sealed": "ours", "spoiled": "ours", "ours": "ours",
}

// why says in words why a message didn't reach its reader. The reason comes from
// the outbox as "partial: blocked", from a task with the state before it.
func why(lang tiepdan.Language, reason string) string {
	parts := strings.Split(reason, ": ")
	if len(parts) > 1 && parts[0] != "partial" {
		parts = parts[1:] // the state, which is said beside it
	}
	var said []string
	for _, p := range parts {
		key := whys[p]
		if key == "" {
			key = "ours"
		}
		said = append(said, plain(lang, "delivery.why_"+key))
	}
	return strings.Join(said, "; ")
}

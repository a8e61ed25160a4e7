package tiepdan

// ReceptionFilter says which entries of the book of receptions a list shows. What
// isn't set doesn't narrow it. By is who looks: of a sealed entry only the cleared
// see more than that it is there, and each look of theirs is in the audit log.
type ReceptionFilter struct {
	By      Actor
	From    Date // the first day
	Until   Date // the first day after
	Session int64
	Words   string // name, phone, content, handling; diacritics don't matter; never finds a sealed entry
	After   string // the page key that the page before ended with
	Limit   int    // 0: the store's own
}

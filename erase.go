package tiepdan

// Erased returns c without a word of it, as the head's decision to destroy it
// wants: no content, no person, no file, nobody's reasons. What it was, when what
// was done to it, and that last decision stay. The store makes the same of
// everything else that it holds of the case.
func (c Case) Erased() Case {
	c.Text, c.Respondent, c.Point = "", "", nil
	c.Person, c.Group, c.Unnamed = Person{}, Group{}, true
	history := make([]Entry, len(c.History))
	for i, e := range c.History {
		if e.Do != Destroy {
			e.Text, e.Reason, e.Details = "", "", e.Details.bare()
		}
		e.Files = nil
		history[i] = e
	}
	helpers := make([]Helper, 0, len(c.Helpers))
	for _, h := range c.Helpers {
		h.Task = ""
		helpers = append(helpers, h)
	}
	if c.Helpers != nil {
		c.Helpers = helpers
	}
	c.History, c.Files = history, nil
	return c
}

// bare are the facts that are names, numbers and dates of ours: nobody's words.
func (d Details) bare() Details {
	d.Body, d.Legal, d.Document, d.Signer, d.Part = "", "", "", "", ""
	d.Taker, d.Parcel = "", ""
	d.Evidence, d.Next, d.Why, d.Ref, d.Reasons = "", "", "", "", nil
	return d
}

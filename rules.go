package tiepdan

// Rules are the office's settings as they stand: what every decision is made by.
// They are read once and passed around; a change makes a new value.
type Rules struct {
	Office   Office
	Kinds    []KindSetting
	Fields   []Field
	Units    []Unit
	Holidays []Holiday
	Calendar Calendar
	Routing  []RoutingRule // in their order
	Leaves   Leaves        // those of now and to come, and a month's past ones

	Templates []AnswerTemplate // of answers, in the order in which they are offered
}

// Kind returns how the office handles k; an unknown kind has the zero setting,
// which no petition can be made of.
func (r *Rules) Kind(k Kind) KindSetting {
	for _, s := range r.Kinds {
		if s.Kind == k {
			return s
		}
	}
	return KindSetting{}
}

// Field returns the field with that code.
func (r *Rules) Field(code string) (Field, bool) {
	for _, f := range r.Fields {
		if f.Code == code {
			return f, true
		}
	}
	return Field{}, false
}

// FieldsFor returns the fields offered for k, in the office's order.
func (r *Rules) FieldsFor(k Kind) []Field {
	var fs []Field
	for _, f := range r.Fields {
		if f.Offered(k) {
			fs = append(fs, f)
		}
	}
	return fs
}

// Unit returns the unit with that id.
func (r *Rules) Unit(id int64) (Unit, bool) {
	for _, u := range r.Units {
		if u.ID == id {
			return u, true
		}
	}
	return Unit{}, false
}

// Ward returns the ward with that code.
func (r *Rules) Ward(code string) (Unit, bool) {
	for _, u := range r.Units {
		if u.Ward && u.Code == code {
			return u, true
		}
	}
	return Unit{}, false
}

// Wards returns the places that citizens choose from.
func (r *Rules) Wards() []Unit {
	var us []Unit
	for _, u := range r.Units {
		if u.Ward && u.Active {
			us = append(us, u)
		}
	}
	return us
}

package main

import (
	"context"
	"errors"
	"time"

	"tiepdan"
	"tiepdan/templates/xlsx"
)

// CaseList makes a workbook of a list of cases, line by line as they come.
func (p papers) CaseList(ctx context.Context, lines func(each func(tiepdan.CaseLine) error) (more bool, err error)) (name, mime string, data []byte, err error) {
	rules, err := p.store.Rules(ctx)
	if err != nil {
		return "", "", nil, err
	}
	more := false
	rows := func(yield func(xlsx.CaseRow, error) bool) {
		var err error
		if more, err = lines(func(l tiepdan.CaseLine) error {
			if !yield(caseRow(l), nil) {
				return errEnough
			}
			return nil
		}); err != nil && !errors.Is(err, errEnough) {
			yield(xlsx.CaseRow{}, err)
		}
	}
	now := time.Now()
	data, err = xlsx.Cases(xlsx.Heading{Office: rules.Office.Name, Sample: rules.Office.Sample, At: now}, rows, func() bool { return more })
	return "ho-so-" + tiepdan.DateOf(now).String() + ".xlsx", xlsxType, data, err
}

// caseRow words a line. A workbook leaves the house: of a sealed case it has what the
// book has, for whoever makes it.
func caseRow(l tiepdan.CaseLine) xlsx.CaseRow {
	row := xlsx.CaseRow{Code: string(l.Code), Number: l.Number, Received: l.Received, Kind: say("page.kind."+string(l.Kind), nil), Field: l.FieldName,
		Place: l.PlaceName, Status: say("page.status."+string(l.Status), nil), Unit: l.UnitName, Officer: l.OfficerName, Content: l.Excerpt, Sealed: l.Sealed}
	if l.Sealed {
		row.Field, row.Place, row.Content = "", "", ""
	}
	for _, day := range []struct {
		on tiepdan.Date
		to *time.Time
	}{{l.Due, &row.Due}, {l.Help, &row.Help}, {l.Remains, &row.Remains}} {
		if !day.on.IsZero() {
			*day.to = day.on.Time()
		}
	}
	return row
}

package backend

import (
	"context"

	"tiepdan"
)

// routingRoutes are about where cases go and who is there to have them.
func (s *Server) routingRoutes() []route {
	return []route{
		in(tiepdan.CaseArea, "GET", "/bulk", s.showBulk),
		in(tiepdan.CaseArea, "POST", "/bulk", s.doBulk),
		in(tiepdan.CaseArea, "GET", "/bulk/{ref}", s.showBulkDone),
		in(tiepdan.SettingArea, "GET", "/routing", s.showRouting),
		in(tiepdan.SettingArea, "GET", "/routing/try", s.tryRouting),
		in(tiepdan.SettingArea, "GET", "/routing/new", s.showNewRoutingRule),
		in(tiepdan.SettingArea, "POST", "/routing", s.saveRoutingRule),
		in(tiepdan.SettingArea, "GET", "/routing/{id}", s.showRoutingRule),
		in(tiepdan.SettingArea, "POST", "/routing/{id}", s.saveRoutingRule),
		in(tiepdan.SettingArea, "POST", "/routing/{id}/move", s.moveRoutingRule),
		in(tiepdan.LeaveArea, "GET", "/leaves", s.showLeaves),
		in(tiepdan.LeaveArea, "GET", "/leaves/new", s.showNewLeave),
		in(tiepdan.LeaveArea, "POST", "/leaves", s.saveLeave),
		in(tiepdan.LeaveArea, "GET", "/leaves/{id}", s.showLeave),
		in(tiepdan.LeaveArea, "POST", "/leaves/{id}", s.saveLeave),
		in(tiepdan.LeaveArea, "POST", "/leaves/{id}/end", s.endLeave),
	}
}

// Dispatching is what giving cases out needs of the books: the rules by which, and
// who is away.
type Dispatching interface {
	Dispatch(ctx context.Context) (tiepdan.Dispatch, error)
	UpdateRouted(ctx context.Context, id int64, change func(tiepdan.Dispatch) tiepdan.Change) (tiepdan.Case, tiepdan.Entry, error)
	SaveRoutingRule(ctx context.Context, by tiepdan.Actor, r tiepdan.RoutingRule) (id int64, err error)
	MoveRoutingRule(ctx context.Context, by tiepdan.Actor, id int64, up bool) error
	PastCases(ctx context.Context, by tiepdan.Actor, from, until tiepdan.Date, limit int) (cases []tiepdan.Case, capped bool, err error)
	SaveLeave(ctx context.Context, by tiepdan.Actor, l tiepdan.Leave) (id int64, err error)
	EndLeave(ctx context.Context, by tiepdan.Actor, id int64) error
	PastLeaves(ctx context.Context, limit int) ([]tiepdan.Leave, error)
}

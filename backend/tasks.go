package backend

import (
	"net/http"

	"tiepdan"
)

// taskRow is a task as the page shows it.
type taskRow struct {
	tiepdan.Task
	DoneByName string
	Dead       *tiepdan.DeadUpdate // of a letter that was put aside and is there still
	Form       form
}

// tasksPage is what tasks.html shows.
type tasksPage struct {
	View    string // open, deliveries or done
	Open    bool
	Rows    []taskRow
	Hows    []option
	Waiting []waitingDelivery
}

// deliveriesPath is where the answers stand that somebody has to bring.
const deliveriesPath = "/tasks?view=deliveries"

func howOptions(lang tiepdan.Language) (opts []option) {
	for _, h := range []string{"phone", "post", "in_person", "other"} {
		opts = append(opts, option{Value: h, Label: plain(lang, "tasks.how_"+h)})
	}
	return opts
}

func (s *Server) tasksPage(r *http.Request, open bool) (tasksPage, error) {
	p := tasksPage{View: "open", Open: open, Hows: howOptions(s.language(r))}
	if !open {
		p.View = "done"
	}
	tasks, err := s.Store.Tasks(r.Context(), who(r).Actor(), open)
	if err != nil {
		return p, err
	}
	names, err := s.names(r)
	if err != nil {
		return p, err
	}
	dead, err := s.Store.DeadUpdates(r.Context())
	if err != nil {
		return p, err
	}
	for _, t := range tasks {
		row := taskRow{Task: t, DoneByName: names[t.DoneBy]}
		for i, d := range dead {
			if t.Letter == d.ID && open {
				row.Dead = &dead[i]
			}
		}
		p.Rows = append(p.Rows, row)
	}
	return p, nil
}

// names are everybody's, by their ids.
func (s *Server) names(r *http.Request) (map[int64]string, error) {
	staff, err := s.Store.StaffList(r.Context())
	names := map[int64]string{}
	for _, one := range staff {
		names[one.ID] = one.Name
	}
	return names, err
}

func (s *Server) showTasks(w http.ResponseWriter, r *http.Request) error {
	if r.FormValue("view") == "deliveries" {
		return s.showDeliveries(w, r)
	}
	p, err := s.tasksPage(r, r.FormValue("view") != "done")
	if err != nil {
		return err
	}
	return s.render(w, r, "tasks", p)
}

// showDeliveries lists the answers that somebody has to bring to their citizens.
func (s *Server) showDeliveries(w http.ResponseWriter, r *http.Request) error {
	by := who(r).Actor()
	cases, err := s.Store.ToDeliver(r.Context(), by)
	if err != nil {
		return err
	}
	names, err := s.namer(r)
	if err != nil {
		return err
	}
	return s.render(w, r, "tasks", tasksPage{View: "deliveries", Waiting: s.waitingOf(cases, by, names)})
}

// finishTask records how a person did what the machine couldn't.
func (s *Server) finishTask(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "task.none")
	if err != nil {
		return err
	}
	err = s.Store.FinishTask(r.Context(), who(r).Actor(), id, r.PostFormValue("how"), r.PostFormValue("note"), s.Now())
	if tiepdan.CodeOf(err) == tiepdan.Conflict && err != nil {
		return s.done(w, r, "tasks.already", "/tasks") // somebody was faster; the page shows it
	}
	if err != nil {
		return s.again(w, r, err, "tasks", func(f form) (any, error) {
			p, err := s.tasksPage(r, true)
			for i := range p.Rows {
				if p.Rows[i].ID == id {
					p.Rows[i].Form = f
				}
			}
			return p, err
		})
	}
	return s.done(w, r, "tasks.finished", "/tasks")
}

// retryUpdate gives a letter that was put aside another chance.
func (s *Server) retryUpdate(w http.ResponseWriter, r *http.Request) error {
	id, err := pathID(r, "task.none")
	if err != nil {
		return err
	}
	if err := s.Store.RetryDead(r.Context(), who(r).Actor(), id); err != nil {
		return err
	}
	return s.done(w, r, "tasks.retried", "/tasks")
}

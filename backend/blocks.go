package backend

import (
	"net/http"

	"tiepdan"
)

func (s *Server) showBlocks(w http.ResponseWriter, r *http.Request) error {
	blocks, err := s.Store.BlockedAccounts(r.Context(), who(r).Actor())
	if err != nil {
		return err
	}
	return s.render(w, r, "blocks", blocks)
}

// blockPage is what block.html shows: the account behind one case, which nobody
// is shown, and whether it is blocked.
type blockPage struct {
	Code    tiepdan.CaseCode
	Account bool // there is one: the case came by a chat
	Blocked bool
	Block   tiepdan.Block
	Form    form
}

func (s *Server) blockPage(r *http.Request, c tiepdan.Case, f form) (p blockPage, err error) {
	p = blockPage{Code: c.Code, Account: c.Channel != "desk", Form: f}
	p.Block, p.Blocked, err = s.Store.CaseBlock(r.Context(), c.ID)
	return p, err
}

func (s *Server) showBlock(w http.ResponseWriter, r *http.Request) error {
	c, err := s.seenCase(r)
	if err != nil {
		return err
	}
	p, err := s.blockPage(r, c, form{})
	if err != nil {
		return err
	}
	return s.render(w, r, "block", p)
}

// block blocks the account behind a case, or lifts the block.
func (s *Server) block(w http.ResponseWriter, r *http.Request) error {
	c, err := s.seenCase(r)
	if err != nil {
		return err
	}
	off := r.PostFormValue("off") != ""
	if err := s.Store.BlockCaseAccount(r.Context(), who(r).Actor(), c.ID, r.PostFormValue("reason"), off); err != nil {
		return s.again(w, r, err, "block", func(f form) (any, error) { return s.blockPage(r, c, f) })
	}
	if off {
		return s.done(w, r, "blocks.lifted", "/blocks")
	}
	return s.done(w, r, "blocks.blocked", casePath(c.Code))
}

package tiepdan

// Kind is one of the four submissions that the law knows (Luật Tiếp công dân
// 2013, Điều 2; Luật Khiếu nại 2011, Điều 2; Luật Tố cáo 2018, Điều 2).
type Kind string

const (
	PhanAnh  Kind = "phan_anh"  // a report of something that is wrong
	KienNghi Kind = "kien_nghi" // a proposal or wish
	KhieuNai Kind = "khieu_nai" // a complaint against a decision or an act
	ToCao    Kind = "to_cao"    // a denunciation of somebody's illegal act
)

// Kinds are all kinds, in the order in which they are offered.
func Kinds() []Kind { return []Kind{PhanAnh, KienNghi, KhieuNai, ToCao} }

// Valid reports whether k is one of [Kinds].
func (k Kind) Valid() bool {
	return k == PhanAnh || k == KienNghi || k == KhieuNai || k == ToCao
}

// Mode is what a chat may take of a kind.
type Mode string

const (
	File    Mode = "file"    // the whole submission, filed at once
	Prepare Mode = "prepare" // a petition to print and sign; the case waits for the original
	Guide   Mode = "guide"   // says where to go; takes information without identity only
)

// Valid reports whether m is a mode.
func (m Mode) Valid() bool { return m == File || m == Prepare || m == Guide }

// KindSetting is how the office handles a kind.
type KindSetting struct {
	Kind       Kind
	Mode       Mode
	Approval   bool   // an answer goes out only when a leader approved it
	TargetDays int    // the office's own target in working days from receipt; 0: none
	Written    bool   // an answer is a signed paper: the case isn't closed without its number
	Chain      []Role // who judges an answer, one after the other; none: whoever decides for the office
}

// DefaultKinds are the lawful settings of a new office (Luật Khiếu nại Điều 11:
// no unsigned complaint; Luật Tố cáo Điều 22–23: signed, or in person).
func DefaultKinds() []KindSetting {
	return []KindSetting{
		{Kind: PhanAnh, Mode: File, TargetDays: 15},
		{Kind: KienNghi, Mode: File, TargetDays: 20},
		{Kind: KhieuNai, Mode: Prepare, Approval: true, Written: true},
		{Kind: ToCao, Mode: Guide, Approval: true, Written: true},
	}
}

// ChainRoles are those who may judge an answer, in the order in which it usually goes up.
func ChainRoles() []Role { return []Role{UnitHead, BoardHead, Leader} }

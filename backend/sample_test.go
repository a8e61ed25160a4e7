package backend_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"
	"time"

	"tiepdan"
	"tiepdan/store/storetest"
)

// sampleCases fills the lists with cases of every kind and in many states.
func (s *site) sampleCases(t *testing.T) {
	t.Helper()
	head := storetest.Staff(t, s.store, tiepdan.BoardHead, 0, true)
	officer := storetest.Staff(t, s.store, tiepdan.Officer, storetest.Unit(t, s.store, "MT"), true)
	do := func(c tiepdan.Case, acts ...tiepdan.Act) {
		for _, a := range acts {
			a.At = time.Now()
			if a.By = head.Actor(); a.Do == tiepdan.Take || a.Do == tiepdan.AskMore || a.Do == tiepdan.Propose || a.Do == tiepdan.Answer {
				a.By = officer.Actor()
			}
			if _, _, err := s.store.UpdateCase(t.Context(), c.ID, a.Apply); err != nil {
				t.Fatal(err)
			}
		}
	}
	give := tiepdan.Act{Do: tiepdan.Assign, Details: tiepdan.Details{Unit: officer.Unit, Officer: officer.ID}}
	take := tiepdan.Act{Do: tiepdan.Take}
	long := "Rác thải sinh hoạt ùn ứ ở đầu ngõ đã ba ngày, nước rỉ chảy tràn ra lòng đường, bốc mùi rất khó chịu; người già và trẻ nhỏ trong ngõ không dám mở cửa. Chúng tôi đã báo tổ dân phố nhưng chưa thấy ai đến thu gom."
	s.file(tiepdan.PhanAnh, long)
	s.file(tiepdan.KienNghi, "Đề nghị mở thêm tuyến xe buýt qua khu tái định cư.", func(p *tiepdan.Petition) { p.Place = "P2" })
	s.file(tiepdan.ToCao, "Thông tin về một hành vi vi phạm, mẫu.")
	s.file(tiepdan.KhieuNai, "Khiếu nại Quyết định thu hồi đất số 05 mẫu.", func(p *tiepdan.Petition) { p.Field, p.Mode = "dat_dai", tiepdan.Prepare })
	do(s.file(tiepdan.PhanAnh, long), give, take)
	do(s.file(tiepdan.PhanAnh, "Đèn đường hỏng trước cổng trường Mẫu."), give)
	do(s.file(tiepdan.PhanAnh, "Tiếng ồn ban đêm."), give, take, tiepdan.Act{Do: tiepdan.AskMore, Text: "Ở số nhà nào?"})
	do(s.file(tiepdan.KhieuNai, "Khiếu nại về mức bồi thường mẫu."), give, take, tiepdan.Act{Do: tiepdan.Propose, Text: "Dự thảo mẫu.",
		Details: tiepdan.Details{Result: "wrong", Evidence: "Biên bản mẫu", Signer: "Chủ tịch Mẫu", Next: "second_or_court"}})
	do(s.file(tiepdan.PhanAnh, "Rác thải xây dựng đổ trộm."), tiepdan.Act{Do: tiepdan.Transfer, Details: tiepdan.Details{Body: "Sở Mẫu"}})
	late := storetest.Petition(tiepdan.PhanAnh, "Cây xanh nghiêng, sắp đổ xuống đường dây điện, đã báo hai lần.")
	f := filing()
	f.At = time.Now().AddDate(0, -2, 0)
	do(storetest.File(t, s.store, late, f), give, take)
}

// picture is a sample photo.
func picture(t *testing.T) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 320, 240))
	for y := range 240 {
		for x := range 320 {
			m.Set(x, y, color.RGBA{uint8(x / 2), uint8(90 + y/3), 120, 255})
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

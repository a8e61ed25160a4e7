package simulator_test

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"tiepdan/bot/telegram/simulator"
)

// BenchmarkSendMessage is the cost of a call inside the server, without a network.
func BenchmarkSendMessage(b *testing.B) {
	srv := simulator.New(simulator.Options{ChatBurst: -1, History: 100})
	defer srv.Close()
	bodies, path := crowd(srv), "/bot"+srv.Token()+"/sendMessage"
	var n atomic.Int64
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			req := httptest.NewRequest("POST", path, bytes.NewReader(bodies[n.Add(1)%100]))
			req.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			if srv.ServeHTTP(w, req); w.Code != 200 {
				b.Error(w.Body)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sends/s")
}

// BenchmarkSendMessageOverHTTP is the same with its client, on one machine.
func BenchmarkSendMessageOverHTTP(b *testing.B) {
	srv := simulator.New(simulator.Options{ChatBurst: -1, History: 100})
	if err := srv.Start("127.0.0.1:0"); err != nil {
		b.Fatal(err)
	}
	defer srv.Close()
	bodies, url := crowd(srv), srv.URL()+"/bot"+srv.Token()+"/sendMessage"
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	var n atomic.Int64
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			resp, err := client.Post(url, "application/json", bytes.NewReader(bodies[n.Add(1)%100]))
			if err != nil {
				b.Error(err)
				return
			}
			io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "sends/s")
}

func crowd(srv *simulator.Server) [][]byte {
	bodies := make([][]byte, 100)
	for i := range bodies {
		u := srv.User(simulator.Person{Name: fmt.Sprintf("Người Dân Mẫu %d", i)})
		u.Start("")
		bodies[i] = fmt.Appendf(nil, `{"chat_id":%d,"parse_mode":"HTML","text":"Hồ sơ <b>TD26</b> đã được tiếp nhận.","reply_markup":{"inline_keyboard":[[{"text":"Xem","callback_data":"v1"}]]}}`, u.ID())
	}
	return bodies
}

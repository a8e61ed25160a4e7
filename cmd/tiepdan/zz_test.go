package main

import (
	"fmt"
	"os"
	"strconv"
	"testing"
)

func TestZZ(t *testing.T) {
	b := &bencher{dir: "/tmp/bk", out: os.Stdout}
	var all [][]pace
	for _, n := range []string{os.Getenv("FEW"), os.Getenv("MANY")} {
		if n == "" {
			continue
		}
		k, _ := strconv.Atoi(n)
		p, err := b.findAmong(t.Context(), k)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	for i, f := range all[0] {
		m := all[len(all)-1][i]
		fmt.Printf("%-58s %s %s → %s %s, %.2f ×\n", f.what, ms(f.p50), ms(f.p95), ms(m.p50), ms(m.p95), m.p50.Seconds()/f.p50.Seconds())
	}
}

package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
)

// serve runs the real thing, by the environment.
func serve(ctx context.Context, args []string, out io.Writer) error {
	if len(args) > 0 {
		return fmt.Errorf("%w: serve takes no words; its settings are environment variables", errUsage)
	}
	c, err := readConfig(os.LookupEnv)
	if err != nil {
		return err
	}
	log := newLog(os.Stderr, c)
	seed, err := officeSeed(c.OfficeFile)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", c.HTTPAddr)
	if err != nil {
		return fmt.Errorf("HTTP_ADDR: %w", err)
	}
	p, err := newProduct(ctx, c, log, seed)
	if err != nil {
		l.Close()
		return err
	}
	log.InfoContext(ctx, "serving", "http", l.Addr().String(), "mode", c.Mode)
	err = p.run(ctx, l)
	log.Info("stopped")
	return err
}

package main

import (
	"context"
	"errors"
	"io"

	"tiepdan/store/files"
)

// strip takes out of a file what may name the one who sent it: a denunciation
// keeps nothing else (Luật Tố cáo 2018, Điều 56). The file's own name goes too.
func strip(kind files.Kind, data []byte) ([]byte, string, error) {
	clean, err := files.Strip(kind.MIME, data)
	return clean, "", err
}

// scanning returns what asks the scanner at address, or nil when there is none.
// A file that isn't known to be clean isn't taken: the sender is asked again later.
func scanning(address string) (func(context.Context, io.Reader) error, error) {
	if address == "" {
		return nil, nil
	}
	scanner, err := files.NewScanner(address)
	if err != nil {
		return nil, err
	}
	return func(ctx context.Context, r io.Reader) error {
		verdict, _, err := scanner.Scan(ctx, r)
		if err != nil {
			return err
		}
		if verdict == files.Infected {
			return errInfected
		}
		return nil
	}, nil
}

var errInfected = errors.New("keep: the scanner found something")

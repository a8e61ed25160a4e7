package main

import (
	"context"
	"errors"
	"io"

	"tiepdan/store/files"
)

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

package files

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// Open opens the store that ATTACHMENTS_URL names and proves that it works:
//
//	/var/lib/tiepdan/files, file:///var/lib/tiepdan/files    a folder
//	s3://bucket/prefix?endpoint=https://s3.example&region=x  a bucket
//
// The endpoint's scheme decides on TLS, which is the default. The keys of a bucket
// never stand in the URL. They come from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY,
// from MINIO_ACCESS_KEY and MINIO_SECRET_KEY, from the file that
// AWS_SHARED_CREDENTIALS_FILE names, or from the machine's role, in this order.
func Open(ctx context.Context, address string) (Store, error) {
	if address == "" {
		return nil, errors.New("files: the address is empty")
	}
	scheme, _, ok := strings.Cut(address, "://")
	if !ok {
		return NewDir(address)
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, errors.New("files: the address is no URL") // err would print it
	}
	switch scheme {
	case "file":
		if u.Host != "" || u.Path == "" {
			return nil, errors.New("files: a file URL has three slashes: file:///path")
		}
		return NewDir(u.Path)
	case "s3":
		return openS3(ctx, u)
	}
	return nil, fmt.Errorf("files: the address begins with a path, file:// or s3://, not %q", scheme)
}

func openS3(ctx context.Context, u *url.URL) (Store, error) {
	if u.User != nil {
		return nil, errors.New("files: keys do not belong into the URL: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_SHARED_CREDENTIALS_FILE")
	}
	host, secure, err := endpoint(u.Query().Get("endpoint"))
	if err != nil {
		return nil, err
	}
	client, err := minio.New(host, &minio.Options{
		Secure: secure,
		Region: u.Query().Get("region"),
		Creds: credentials.NewChainCredentials([]credentials.Provider{
			&credentials.EnvAWS{}, &credentials.EnvMinio{}, &credentials.FileAWSCredentials{}, &credentials.IAM{},
		}),
	})
	if err != nil {
		return nil, fmt.Errorf("files: %w", err)
	}
	prefix := strings.Trim(u.Path, "/")
	if prefix != "" {
		prefix += "/"
	}
	return NewS3(ctx, client, u.Host, prefix)
}

// endpoint splits "https://host:port"; without a scheme it is TLS.
func endpoint(s string) (host string, secure bool, err error) {
	if s == "" {
		return "s3.amazonaws.com", true, nil
	}
	scheme, host, ok := strings.Cut(s, "://")
	if !ok {
		return s, true, nil
	}
	if scheme != "http" && scheme != "https" || strings.Contains(strings.TrimSuffix(host, "/"), "/") {
		return "", false, errors.New("files: the endpoint is https://host or http://host, with a port if need be")
	}
	return strings.TrimSuffix(host, "/"), scheme == "https", nil
}

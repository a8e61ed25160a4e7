package files

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/minio/minio-go/v7"
)

// S3 keeps files in a bucket, under prefix/ab/abcd….
type S3 struct {
	client         *minio.Client
	bucket, prefix string
}

// NewS3 proves that the bucket can be reached with the client's keys.
func NewS3(ctx context.Context, client *minio.Client, bucket, prefix string) (*S3, error) {
	ok, err := client.BucketExists(ctx, bucket)
	if err != nil {
		return nil, fmt.Errorf("files: bucket: %w", err)
	}
	if !ok {
		return nil, errors.New("files: the bucket does not exist")
	}
	return &S3{client: client, bucket: bucket, prefix: prefix}, nil
}

func (s *S3) key(sha string) string { return s.prefix + sha[:2] + "/" + sha }

// Put spools r to a temporary file, since the name is known only at its end, and
// uploads it. The service answers when the object is durable.
func (s *S3) Put(ctx context.Context, r io.Reader, max int64) (Object, error) {
	f, err := os.CreateTemp("", "tiepdan-upload-*")
	if err != nil {
		return Object{}, fmt.Errorf("files: put: %w", err)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	obj, err := spool(ctx, f, r, max)
	if err != nil {
		return Object{}, err
	}
	// Always uploaded, also over a copy that is there: the same bytes under the
	// same key harm nobody, and mend a damaged one.
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return Object{}, fmt.Errorf("files: put: %w", err)
	}
	_, err = s.client.PutObject(ctx, s.bucket, s.key(obj.SHA256), f, obj.Size, minio.PutObjectOptions{
		ContentType: "application/octet-stream", SendContentMd5: true,
	})
	if err != nil {
		return Object{}, fmt.Errorf("files: put: %w", err)
	}
	return obj, nil
}

// Open implements Store.
func (s *S3) Open(ctx context.Context, sha string) (io.ReadCloser, error) {
	if err := checkName(sha); err != nil {
		return nil, err
	}
	obj, err := s.client.GetObject(ctx, s.bucket, s.key(sha), minio.GetObjectOptions{})
	if err != nil {
		return nil, fmt.Errorf("files: open: %w", err)
	}
	info, err := obj.Stat()
	if err != nil {
		obj.Close()
		if code := minio.ToErrorResponse(err).Code; code == minio.NoSuchKey {
			return nil, ErrNotFound
		}
		return nil, fmt.Errorf("files: open: %w", err)
	}
	return newChecked(obj, sha, info.Size), nil
}

// Delete implements Store.
func (s *S3) Delete(ctx context.Context, sha string) error {
	if checkName(sha) != nil {
		return nil
	}
	if err := s.client.RemoveObject(ctx, s.bucket, s.key(sha), minio.RemoveObjectOptions{}); err != nil {
		return fmt.Errorf("files: delete: %w", err)
	}
	return nil
}

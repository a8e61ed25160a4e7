package testenv

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	"github.com/redis/go-redis/v9"
)

// Redis starts a real redis-server for this test alone and gives its URL. It ends with the test, or with the process.
func Redis(t testing.TB) (url string) {
	t.Helper()
	bin := program(t, "REDIS_SERVER", "redis-server", "valkey-server")
	// A directory of a short name: a Unix socket's path may have some hundred bytes.
	dir, err := os.MkdirTemp("", "tiepdan-redis-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	socket := filepath.Join(dir, "redis.sock")
	logFile := filepath.Join(dir, "redis.log")
	c := exec.Command(bin, "--port", "0", "--unixsocket", socket, "--dir", dir, "--save", "", "--appendonly", "no",
		"--logfile", logFile)
	c.Dir = dir
	ended, err := startBound(c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		c.Process.Kill()
		<-ended
	})
	url = "unix://" + socket + "?db=0"
	if err := awaitRedis(t.Context(), url, ended); err != nil {
		log, _ := os.ReadFile(logFile)
		t.Fatalf("redis-server: %v\n%s", err, log)
	}
	return url
}

// startBound starts a command that is killed when this process ends in whatever way; the channel tells its end.
func startBound(c *exec.Cmd) (<-chan struct{}, error) {
	started, ended := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread() // the death signal follows the thread, which ends with this goroutine
		bind(c)
		err := c.Start()
		started <- err
		if err == nil {
			c.Wait()
			close(ended)
		}
	}()
	return ended, <-started
}

func awaitRedis(ctx context.Context, url string, ended <-chan struct{}) error {
	opt, err := redis.ParseURL(url)
	if err != nil {
		return err
	}
	opt.MaxRetries = -1
	client := redis.NewClient(opt)
	defer client.Close()
	deadline := time.Now().Add(20 * time.Second)
	for {
		err := client.Ping(ctx).Err()
		if err == nil || time.Now().After(deadline) {
			return err
		}
		select {
		case <-ended:
			return fmt.Errorf("it ended at once: %w", err)
		case <-time.After(2 * time.Millisecond):
		}
	}
}

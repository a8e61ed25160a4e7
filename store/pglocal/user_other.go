//go:build !linux

package pglocal

import (
	"os"
	"syscall"
)

var self, _ = os.Executable()

const canNamespace = false

func becomeNobody(*syscall.SysProcAttr) {}

// dieWithParent does nothing here: a server whose supervisor was killed runs on until the next Start joins it.
func dieWithParent(*syscall.SysProcAttr, syscall.Signal) {}

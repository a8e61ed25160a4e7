package pglocal

import (
	"os"
	"syscall"
)

// self is this program even after its file was replaced or removed.
const self = "/proc/self/exe"

const canNamespace = true

// becomeNobody maps us to nobody in a user namespace; files made there stay ours outside it.
func becomeNobody(a *syscall.SysProcAttr) {
	a.Cloneflags = syscall.CLONE_NEWUSER
	a.UidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Geteuid(), Size: 1}}
	a.GidMappings = []syscall.SysProcIDMap{{ContainerID: nobody, HostID: os.Getegid(), Size: 1}}
}

// dieWithParent sends the child a signal when the thread that starts it ends.
func dieWithParent(a *syscall.SysProcAttr, s syscall.Signal) { a.Pdeathsig = s }

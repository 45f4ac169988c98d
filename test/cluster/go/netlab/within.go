package main

import (
	"os"
	"runtime"

	"golang.org/x/sys/unix"
)

// within runs f on a thread inside the named namespace; sockets made there stay there.
func within(netns string, f func() error) error {
	failed := make(chan error, 1)
	go func() {
		runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
		h, err := os.Open("/var/run/netns/" + netns)
		if err == nil {
			defer h.Close()
			err = unix.Setns(int(h.Fd()), unix.CLONE_NEWNET)
		}
		if err == nil {
			err = f()
		}
		failed <- err
	}()
	return <-failed
}

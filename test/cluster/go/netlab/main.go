// Command netlab lays out network namespaces around one routing namespace and probes between them.
//
// The first line of standard input is the layout (JSON, see layout.go); the answer is READY. Each further line is a
// JSON array of probes (see probe.go); the answer is one line with a letter for each probe. At end of input, or when
// it is asked to stop, it removes the namespaces that it made. No traffic leaves them.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // whoever reads may be gone: then it still cleans up
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 256<<20)
	if !lines.Scan() {
		die(fmt.Errorf("no layout on standard input"))
	}
	var layout Layout
	die(json.Unmarshal(lines.Bytes(), &layout))

	// It ends when it is told to, when its input ends, also in the middle of probes, and when it has run for too long.
	// The end waits for whatever is being made, so that nothing is made after the removal.
	var making sync.Mutex
	end := func(code int) {
		making.Lock()
		layout.remove()
		os.Exit(code)
	}
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		select {
		case <-stop:
		case <-time.After(longest):
			fmt.Fprintln(os.Stderr, "netlab: still running after", longest)
		}
		end(1)
	}()

	making.Lock()
	err := layout.create()
	if err == nil {
		err = layout.listen()
	}
	making.Unlock()
	if err != nil {
		fmt.Fprintln(os.Stderr, "netlab:", err)
		end(1)
	}
	fmt.Println("READY")

	questions := make(chan []Probe)
	go func() {
		probers := startProbers(layout)
		for probes := range questions {
			fmt.Println(probers.run(probes))
		}
	}()
	for lines.Scan() {
		var probes []Probe
		if err := json.Unmarshal(lines.Bytes(), &probes); err != nil {
			fmt.Fprintln(os.Stderr, "netlab:", err)
			end(1)
		}
		questions <- probes
	}
	end(0)
}

// longest is how long a lab may stand.
const longest = 15 * time.Minute

func die(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "netlab:", err)
		os.Exit(1)
	}
}

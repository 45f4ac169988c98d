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

	// A signal waits for whatever is being made, so that nothing is made after the removal.
	var making sync.Mutex
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGINT, syscall.SIGTERM)
	go func() {
		<-stop
		making.Lock()
		layout.remove()
		os.Exit(1)
	}()

	making.Lock()
	err := layout.create()
	if err == nil {
		err = layout.listen()
	}
	making.Unlock()
	if err != nil {
		layout.remove()
		die(err)
	}
	fmt.Println("READY")

	probers := startProbers(layout)
	for lines.Scan() {
		var probes []Probe
		if err := json.Unmarshal(lines.Bytes(), &probes); err != nil {
			layout.remove()
			die(err)
		}
		fmt.Println(probers.run(probes))
	}
	layout.remove()
}

func die(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "netlab:", err)
		os.Exit(1)
	}
}

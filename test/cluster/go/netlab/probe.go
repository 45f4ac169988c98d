package main

import (
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Probe is one connection to try.
type Probe struct {
	Seat     int    `json:"seat"`
	From     string `json:"from"`
	To       string `json:"to"`
	Protocol string `json:"protocol"`
	Port     int    `json:"port"`
}

// What became of a probe. Silence is neither: the lab rejects what it refuses, so something is wrong with the lab.
const (
	passed  = 'p'
	refused = 'r'
	silent  = '?'
)

const (
	timeout       = 2 * time.Second // of one attempt
	patience      = 8 * time.Second // of all attempts
	pause         = 100 * time.Millisecond
	workersOfSeat = 6
)

type probers []chan func()

// startProbers keeps a few threads in each seat.
func startProbers(layout Layout) probers {
	all := make(probers, len(layout.Seats))
	for i := range all {
		all[i] = make(chan func())
		for range workersOfSeat {
			go func() {
				_ = within(layout.netns(i), func() error {
					for work := range all[i] {
						work()
					}
					return nil
				})
			}()
		}
	}
	return all
}

// run tries all of them and says what became of each, one letter a probe.
func (all probers) run(probes []Probe) string {
	outcomes := make([]byte, len(probes))
	bySeat := make([][]int, len(all))
	for n, probe := range probes {
		bySeat[probe.Seat] = append(bySeat[probe.Seat], n)
	}
	var done sync.WaitGroup
	for seat, mine := range bySeat {
		done.Add(len(mine))
		go func() {
			for _, n := range mine {
				all[seat] <- func() {
					defer done.Done()
					outcomes[n] = probes[n].try()
				}
			}
		}()
	}
	done.Wait()
	return string(outcomes)
}

// try is patient: a link that just came up may lose packets, or say for a moment that a host cannot be reached. What
// passes once passes by policy, since whatever policy refuses is rejected.
func (p Probe) try() byte {
	var err error
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(pause) {
		if err = p.once(); err == nil {
			return passed
		}
		if errors.Is(err, syscall.ECONNREFUSED) {
			return refused
		}
	}
	fmt.Fprintln(os.Stderr, "netlab:", p, err)
	return silent
}

func (p Probe) once() error {
	dialer := net.Dialer{Timeout: timeout}
	if p.Protocol == "UDP" {
		dialer.LocalAddr = &net.UDPAddr{IP: net.ParseIP(p.From)}
	} else {
		dialer.LocalAddr = &net.TCPAddr{IP: net.ParseIP(p.From)}
	}
	connection, err := dialer.Dial(strings.ToLower(p.Protocol), net.JoinHostPort(p.To, fmt.Sprint(p.Port)))
	if err != nil {
		return err
	}
	defer connection.Close()
	_ = connection.SetDeadline(time.Now().Add(timeout))
	if p.Protocol == "UDP" { // a server of TCP speaks first
		if _, err := connection.Write([]byte("x")); err != nil {
			return err
		}
	}
	_, err = io.ReadFull(connection, make([]byte, 1))
	return err
}

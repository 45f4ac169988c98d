package main

import (
	"errors"
	"fmt"
	"io"
	"net"
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
	patience      = 4 * time.Second
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

func (p Probe) try() byte {
	dialer := net.Dialer{Timeout: patience}
	network := strings.ToLower(p.Protocol)
	if network == "udp" {
		dialer.LocalAddr = &net.UDPAddr{IP: net.ParseIP(p.From)}
	} else {
		dialer.LocalAddr = &net.TCPAddr{IP: net.ParseIP(p.From)}
	}
	connection, err := dialer.Dial(network, net.JoinHostPort(p.To, fmt.Sprint(p.Port)))
	if err != nil {
		return failure(err)
	}
	defer connection.Close()
	if network == "udp" {
		return ask(connection)
	}
	_ = connection.SetDeadline(time.Now().Add(patience))
	if _, err := io.ReadFull(connection, make([]byte, 1)); err != nil {
		return failure(err)
	}
	return passed
}

// ask sends a second time before it gives up: UDP itself does not.
func ask(connection net.Conn) byte {
	var err error
	for range 2 {
		if _, err = connection.Write([]byte("x")); err == nil {
			_ = connection.SetReadDeadline(time.Now().Add(patience / 2))
			if _, err = connection.Read(make([]byte, 8)); err == nil {
				return passed
			}
		}
		if failure(err) == refused {
			return refused
		}
	}
	return silent
}

func failure(err error) byte {
	if errors.Is(err, syscall.ECONNREFUSED) {
		return refused
	}
	return silent
}

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strings"
)

// Layout: the namespace PREFIXnode routes between seats; each seat is a namespace with eth0 on a veth to it.
type Layout struct {
	Prefix string `json:"prefix"`
	// Queue is the NFQUEUE number that forwarded packets of new flows go to. Without a listener there they are dropped.
	Queue int    `json:"queue"`
	Seats []Seat `json:"seats"`
	// Ports are what every seat listens on.
	Ports []Port `json:"ports"`
	// Names are those that are answered for whoever asks for a name over UDP, on whatever port, each with its address.
	Names map[string]string `json:"names"`
}

// Seat is a network namespace. Several addresses let pods of different worlds take turns in it.
type Seat struct {
	Name      string   `json:"name"`
	Addresses []string `json:"addresses"`
}

// Port is what a seat listens on.
type Port struct {
	Protocol string `json:"protocol"`
	Port     int    `json:"port"`
}

// RefusedMark on a packet that came back from the queue has it rejected, so that a refusal is answered at once and
// a probe without any answer is known for what it is: a fault of the lab.
const RefusedMark = 2

func (l Layout) node() string          { return l.Prefix + "node" }
func (l Layout) netns(seat int) string { return fmt.Sprintf("%s%d", l.Prefix, seat) }

func (l Layout) remove() {
	for i := range l.Seats {
		_ = sh("ip", "netns", "del", l.netns(i))
	}
	_ = sh("ip", "netns", "del", l.node())
}

func (l Layout) create() error {
	if err := sh("ip", "netns", "add", l.node()); err != nil {
		return err
	}
	if err := l.forward(); err != nil {
		return err
	}
	for i := range l.Seats {
		if err := l.createSeat(i); err != nil {
			return err
		}
	}
	return nil
}

// createSeat makes both ends of the link inside the lab, so the root namespace stays untouched. The node routes a
// seat's addresses through one link address of it: one neighbour entry a seat, however many addresses.
func (l Layout) createSeat(i int) error {
	seat, link := l.netns(i), fmt.Sprintf("v%d", i)
	if err := sh("ip", "netns", "add", seat); err != nil {
		return err
	}
	gateway4, gateway6 := fmt.Sprintf("169.254.2.%d", i+1), "fe80::2"
	var node, inside strings.Builder
	fmt.Fprintf(&node, "link add %s type veth peer name eth0 netns %s\n", link, seat)
	fmt.Fprintf(&node, "addr add 169.254.1.1/32 dev %s\naddr add fe80::1/64 dev %s nodad\nlink set %s up\n", link, link, link)
	fmt.Fprintf(&inside, "link set lo up\naddr add %s/32 dev eth0\naddr add %s/64 dev eth0 nodad\nlink set eth0 up\n", gateway4, gateway6)
	fmt.Fprintf(&inside, "route add 169.254.1.1 dev eth0 scope link\n")
	fmt.Fprintf(&inside, "route add default via 169.254.1.1 dev eth0\nroute add default via fe80::1 dev eth0\n")
	for _, address := range l.Seats[i].Addresses {
		if strings.Contains(address, ":") {
			fmt.Fprintf(&inside, "addr add %s/128 dev eth0 nodad\n", address)
			fmt.Fprintf(&node, "route add %s via %s dev %s\n", address, gateway6, link)
		} else {
			fmt.Fprintf(&inside, "addr add %s/32 dev eth0\n", address)
			fmt.Fprintf(&node, "route add %s via %s dev %s onlink\n", address, gateway4, link)
		}
	}
	nodeLines := strings.SplitAfterN(node.String(), "\n", 2)
	if err := batch(l.node(), nodeLines[0]); err != nil {
		return err
	}
	if err := batch(seat, inside.String()); err != nil {
		return err
	}
	return batch(l.node(), nodeLines[1])
}

// forward routes, and asks the queue about every new flow. Connections are forgotten after a second, so that a flow
// of an earlier world or of an earlier set of policies never vouches for a later one.
func (l Layout) forward() error {
	settings := map[string]string{
		"ipv4/ip_forward":                              "1",
		"ipv6/conf/all/forwarding":                     "1",
		"ipv4/conf/all/rp_filter":                      "0",
		"ipv4/icmp_ratemask":                           "0",
		"ipv6/icmp/ratelimit":                          "0",
		"netfilter/nf_conntrack_udp_timeout":           "1",
		"netfilter/nf_conntrack_udp_timeout_stream":    "1",
		"netfilter/nf_conntrack_tcp_timeout_time_wait": "1",
	}
	rules := []string{
		"-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT",
		fmt.Sprintf("-m mark --mark %d -p tcp -j REJECT --reject-with tcp-reset", RefusedMark),
		fmt.Sprintf("-m mark --mark %d -j REJECT", RefusedMark),
		fmt.Sprintf("-j NFQUEUE --queue-num %d", l.Queue),
	}
	// The rules come first: they load the modules whose settings follow.
	for _, command := range []string{"iptables", "ip6tables"} {
		for _, rule := range rules {
			words := append([]string{"ip", "netns", "exec", l.node(), command, "-w", "-A", "FORWARD"}, strings.Fields(rule)...)
			if err := sh(words...); err != nil {
				return err
			}
		}
	}
	return within(l.node(), func() error {
		for name, value := range settings {
			// /proc/sys/net is that of the thread that opens it.
			if err := os.WriteFile("/proc/sys/net/"+name, []byte(value), 0o644); err != nil {
				return err
			}
		}
		return batch(l.node(), "link set lo up\n")
	})
}

func sh(words ...string) error {
	out, err := exec.Command(words[0], words[1:]...).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s: %v: %s", strings.Join(words, " "), err, out)
	}
	return nil
}

func batch(netns, lines string) error {
	command := exec.Command("ip", "-n", netns, "-batch", "-")
	command.Stdin = strings.NewReader(lines)
	out, err := command.CombinedOutput()
	if err != nil {
		return fmt.Errorf("ip -batch in %s: %v: %s", netns, err, out)
	}
	return nil
}

package world

import (
	"fmt"
	"net"
	"sort"
	"strconv"
	"strings"

	corev1 "k8s.io/api/core/v1"
)

// Options are the flags of eval that pick flows.
type Options struct {
	Ports    []string // TCP/80
	External []string // IPs outside the cluster
	Self     bool
}

// End is one end of a flow: a pod, or an external IP.
type End struct {
	Name string
	Pod  *corev1.Pod // nil for an IP
}

// Query is one flow to decide.
type Query struct {
	Src, Dst     End
	SrcIP, DstIP string
	Protocol     corev1.Protocol
	Port         int
}

// Verdict is one line of eval's output.
type Verdict struct {
	Engine   string `json:"engine"`
	Src      string `json:"src"`
	Dst      string `json:"dst"`
	SrcIP    string `json:"srcIP"`
	DstIP    string `json:"dstIP"`
	Protocol string `json:"protocol"`
	Port     int    `json:"port"`
	Egress   string `json:"egress"`  // allow | deny | n/a (the end is no pod)
	Ingress  string `json:"ingress"` // the same
	Allowed  bool   `json:"allowed"`
	Detail   any    `json:"detail,omitempty"`
}

func (w *World) end(s string) (End, error) {
	if net.ParseIP(s) != nil {
		return w.endAt(s), nil
	}
	for _, p := range w.Pods {
		if p.Namespace+"/"+p.Name == s {
			return End{s, p}, nil
		}
	}
	return End{}, fmt.Errorf("no pod %q in the world and not an IP", s)
}

// podAt is the pod that has this address as its own; the addresses of the host network are the node's.
func (w *World) podAt(address string) *corev1.Pod {
	for _, p := range w.Pods {
		for _, ip := range p.Status.PodIPs {
			if ip.IP == address && !p.Spec.HostNetwork {
				return p
			}
		}
	}
	return nil
}

func (w *World) endAt(address string) End {
	if p := w.podAt(address); p != nil {
		return End{p.Namespace + "/" + p.Name, p}
	}
	return End{Name: address}
}

func (e End) ips() []string {
	if e.Pod == nil {
		return []string{e.Name}
	}
	var out []string
	for _, ip := range e.Pod.Status.PodIPs {
		out = append(out, ip.IP)
	}
	return out
}

func v4(s string) bool { ip := net.ParseIP(s); return ip != nil && ip.To4() != nil }

// Queries is the requested list, or the full product of ends and ports. A pair of
// dual-stack ends gives one query per IP family that both have.
func (w *World) Queries(o *Options) ([]Query, error) {
	type pp struct {
		proto corev1.Protocol
		port  int
	}
	var out []Query
	add := func(s, d End, p pp) {
		for _, a := range s.ips() {
			for _, b := range d.ips() {
				if v4(a) == v4(b) {
					out = append(out, Query{s, d, a, b, p.proto, p.port})
				}
			}
		}
	}
	for _, f := range w.Flows {
		s, err := w.end(f.Src)
		if err != nil {
			return nil, err
		}
		d, err := w.end(f.Dst)
		if err != nil {
			return nil, err
		}
		if f.Protocol == "" {
			f.Protocol = "TCP"
		}
		add(s, d, pp{corev1.Protocol(f.Protocol), f.Port})
	}
	if len(o.Ports) == 0 {
		if len(w.Flows) == 0 {
			return nil, fmt.Errorf("no flows: give --ports TCP/80,UDP/53 or a `kind: Flows` document")
		}
		return out, nil
	}
	var ports []pp
	for _, s := range o.Ports {
		pr, n, ok := strings.Cut(strings.NewReplacer(":", "/").Replace(s), "/")
		if !ok {
			pr, n = "TCP", s
		}
		i, err := strconv.Atoi(n)
		if err != nil {
			return nil, fmt.Errorf("bad port %q", s)
		}
		ports = append(ports, pp{corev1.Protocol(strings.ToUpper(pr)), i})
	}
	var ends []End
	for _, p := range w.Pods {
		ends = append(ends, End{p.Namespace + "/" + p.Name, p})
	}
	sort.SliceStable(ends, func(i, j int) bool { return ends[i].Name < ends[j].Name })
	for _, x := range o.External {
		e, err := w.end(x)
		if err != nil {
			return nil, err
		}
		ends = append(ends, e)
	}
	for _, s := range ends {
		for _, d := range ends {
			if (s.Name == d.Name && !o.Self) || (s.Pod == nil && d.Pod == nil) {
				continue
			}
			for _, p := range ports {
				add(s, d, p)
			}
		}
	}
	return out, nil
}

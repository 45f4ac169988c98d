package world

import (
	"net"
	"strings"
)

// MatchDomain says whether FQDN pattern (with * as Kubernetes uses it: leading
// label(s)) names one of the world's domains that resolves to ip.
func (w *World) MatchDomain(pattern string, ip net.IP) bool {
	pattern = strings.TrimSuffix(strings.ToLower(pattern), ".")
	for name, ips := range w.Domains {
		name = strings.TrimSuffix(strings.ToLower(name), ".")
		ok := name == pattern
		if rest, wild := strings.CutPrefix(pattern, "*."); wild {
			ok = strings.HasSuffix(name, "."+rest)
		}
		if !ok {
			continue
		}
		for _, s := range ips {
			if p := net.ParseIP(s); p != nil && p.Equal(ip) {
				return true
			}
		}
	}
	return false
}

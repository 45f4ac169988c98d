// Command connect is what probes try connections with: the `connect` of Kubernetes' agnhost, from its own source. In the
// image it is a word of a program with many others, which here would be built for nothing.
package main

import (
	"context"
	"net"
	"os"

	"k8s.io/kubernetes/test/images/agnhost/connect"
)

func main() {
	// A kubelet gives each pod a file with its name server; a network namespace has that of the machine.
	if server := os.Getenv("LAB_NAME_SERVER"); server != "" {
		net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, network, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, network, server)
		}}
	}
	if err := connect.CmdConnect.Execute(); err != nil {
		os.Exit(1)
	}
}

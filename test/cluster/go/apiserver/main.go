// Command apiserver runs a real kube-apiserver with an embedded etcd in one process, on loopback, so that manifests
// meet the server that will judge them. There is no kubelet, no scheduler and no controller-manager, so a deleted
// namespace stays Terminating: start another server instead.
//
// It prints READY with the address, the token and the path of a kubeconfig, and runs until its standard input ends.
package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"k8s.io/kubernetes/cmd/kube-apiserver/app"
)

func main() {
	signal.Ignore(syscall.SIGPIPE) // whoever reads may be gone: then it still cleans up
	dir, err := os.MkdirTemp("", "apiserver-")
	die(err)
	code := serve(dir)
	_ = os.RemoveAll(dir)
	os.Exit(code)
}

func serve(dir string) int {
	etcdURL, err := startEtcd(filepath.Join(dir, "etcd"))
	die(err)
	port := freePort()
	server := fmt.Sprintf("https://127.0.0.1:%d", port)
	credentials, err := writeCredentials(dir, server)
	die(err)

	command := app.NewAPIServerCommand()
	command.SilenceUsage = true
	command.SetArgs([]string{
		"--etcd-servers=" + etcdURL,
		"--bind-address=127.0.0.1",
		"--advertise-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", port),
		"--cert-dir=" + filepath.Join(dir, "certs"), // a self-signed serving certificate is made here
		"--token-auth-file=" + credentials.tokens,
		"--anonymous-auth=false",
		"--authorization-mode=AlwaysAllow",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + credentials.key,
		"--service-account-signing-key-file=" + credentials.key,
		"--service-cluster-ip-range=10.96.0.0/16",
		"--disable-admission-plugins=ServiceAccount", // its controller is not here, and pods would wait for it
		"--endpoint-reconciler-type=none",
		"--allow-privileged=true",
		"--profiling=false",
	})
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
	defer cancel()
	go func() { // whoever started it is gone
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()
	stopped := make(chan error, 1)
	go func() { stopped <- command.ExecuteContext(ctx) }()

	ready := make(chan error, 1)
	go func() { ready <- waitUntilReady(ctx, server, credentials.token) }()
	select {
	case err := <-stopped:
		fmt.Fprintln(os.Stderr, "apiserver: stopped:", err)
		return 1
	case err := <-ready:
		if err != nil {
			fmt.Fprintln(os.Stderr, "apiserver:", err)
			return 1
		}
	}
	fmt.Printf("READY server=%s token=%s kubeconfig=%s\n", server, credentials.token, credentials.kubeconfig)

	select {
	case err := <-stopped:
		fmt.Fprintln(os.Stderr, "apiserver: stopped:", err)
		return 1
	case <-ctx.Done(): // at once: what an orderly end would save is thrown away
		return 0
	}
}

func freePort() int {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	die(err)
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port
}

func die(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "apiserver:", err)
		os.Exit(1)
	}
}

package main

import (
	"context"
	"fmt"
	"os"
	"time"

	nfqueue "github.com/florianl/go-nfqueue/v2"
	"sigs.k8s.io/kube-network-policies/pkg/network"
	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
)

// refusedMark is what ../netlab rejects (RefusedMark there): the packet runs through the chain again and is answered.
const refusedMark = 2

// enforce decides each packet of the queue until the context ends.
func enforce(ctx context.Context, engine *networkpolicy.PolicyEngine, netns string, queue uint16) (func() error, error) {
	h, err := os.Open("/var/run/netns/" + netns)
	if err != nil {
		return nil, err
	}
	defer h.Close()
	handle, err := nfqueue.Open(&nfqueue.Config{
		NetNS: int(h.Fd()), NfQueue: queue, MaxPacketLen: 256, MaxQueueLen: 4096,
		Copymode: nfqueue.NfQnlCopyPacket, WriteTimeout: 100 * time.Millisecond,
	})
	if err != nil {
		return nil, err
	}
	decide := func(a nfqueue.Attribute) int {
		if allowed(ctx, engine, *a.Payload) {
			_ = handle.SetVerdict(*a.PacketID, nfqueue.NfAccept)
		} else {
			_ = handle.SetVerdictWithMark(*a.PacketID, nfqueue.NfRepeat, refusedMark)
		}
		return 0
	}
	err = handle.RegisterWithErrorFunc(ctx, decide, func(err error) int {
		if ctx.Err() == nil {
			fmt.Fprintln(os.Stderr, "npenforce:", err)
		}
		return 0
	})
	return handle.Close, err
}

func allowed(ctx context.Context, engine *networkpolicy.PolicyEngine, payload []byte) bool {
	packet, err := network.ParsePacket(payload)
	if err != nil {
		fmt.Fprintln(os.Stderr, "npenforce:", err)
		return false
	}
	ok, err := engine.EvaluatePacket(ctx, &packet)
	if err != nil {
		fmt.Fprintln(os.Stderr, "npenforce:", err)
		return false
	}
	return ok
}

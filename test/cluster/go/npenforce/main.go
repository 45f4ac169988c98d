// Command npenforce enforces NetworkPolicy between network namespaces, as a node agent would. It watches Pods,
// Namespaces and NetworkPolicies of an API server and decides each new flow with the policy engine of the Go module
// sigs.k8s.io/kube-network-policies; packets reach it by NFQUEUE from a routing namespace (see ../netlab). That
// module's own dataplane needs nftables' queue expression (CONFIG_NFT_QUEUE), which not every kernel has, so only its
// dataplane is replaced. With -cnp, ClusterNetworkPolicy v1alpha2 stands around NetworkPolicy (tiers.go).
//
// Each line of standard input is answered with what it has seen so far, as JSON: a test waits for its own objects.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"syscall"

	v1 "k8s.io/api/core/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"sigs.k8s.io/kube-network-policies/pkg/api"
	"sigs.k8s.io/kube-network-policies/pkg/networkpolicy"
	"sigs.k8s.io/kube-network-policies/pkg/podinfo"
)

// node is the spec.nodeName of the pods that it enforces for.
const node = "node1"

func main() {
	signal.Ignore(syscall.SIGPIPE) // whoever reads may be gone: then it ends in order
	kubeconfig := flag.String("kubeconfig", "", "kubeconfig")
	netns := flag.String("netns", "", "network namespace whose packets are queued")
	queue := flag.Uint("queue", 100, "NFQUEUE number")
	tiers := flag.Bool("cnp", false, "also enforce ClusterNetworkPolicy v1alpha2")
	flag.Parse()
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()

	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	die(err)
	client, err := kubernetes.NewForConfig(config)
	die(err)
	factory := informers.NewSharedInformerFactory(client, 0)
	namespaces, pods := factory.Core().V1().Namespaces(), factory.Core().V1().Pods()
	policies := factory.Networking().V1().NetworkPolicies()
	resolver, err := podinfo.NewInformerResolver(pods.Informer())
	die(err)
	evaluators := []api.PolicyEvaluator{networkpolicy.NewStandardNetworkPolicy(node, namespaces, pods, policies)}
	countTiered := func() int { return 0 }
	if *tiers {
		tiered, lister, err := withTiers(ctx, config, factory, evaluators[0])
		die(err)
		evaluators = tiered
		countTiered = func() int {
			seen, err := lister.List(labels.Everything())
			die(err)
			return len(seen)
		}
	}
	engine := networkpolicy.NewPolicyEngine(
		podinfo.NewInformerProvider(pods, namespaces, nil, []podinfo.IPResolver{resolver}), evaluators)
	factory.Start(ctx.Done())
	factory.WaitForCacheSync(ctx.Done())

	close, err := enforce(ctx, engine, *netns, uint16(*queue))
	die(err)
	defer close()
	fmt.Println("READY")

	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		seenPods, err := pods.Lister().List(labels.Everything())
		die(err)
		seenPolicies, err := policies.Lister().List(labels.Everything())
		die(err)
		_ = json.NewEncoder(os.Stdout).Encode(map[string]int{
			"pods": withAddresses(seenPods), "policies": len(seenPolicies) + countTiered(),
		})
	}
}

func withAddresses(pods []*v1.Pod) int {
	count := 0
	for _, pod := range pods {
		if len(pod.Status.PodIPs) > 0 {
			count++
		}
	}
	return count
}

func die(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "npenforce:", err)
		os.Exit(1)
	}
}

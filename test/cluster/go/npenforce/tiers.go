package main

import (
	"context"

	networkingv1 "k8s.io/api/networking/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
	"k8s.io/client-go/informers"
	networkinglisters "k8s.io/client-go/listers/networking/v1"
	"k8s.io/client-go/rest"
	"sigs.k8s.io/kube-network-policies/pkg/api"
	"sigs.k8s.io/kube-network-policies/pkg/network"
	cnp "sigs.k8s.io/kube-network-policies/plugins/npa-v1alpha2"
	"sigs.k8s.io/network-policy-api/apis/v1alpha2"
	npaclient "sigs.k8s.io/network-policy-api/pkg/client/clientset/versioned"
	npainformers "sigs.k8s.io/network-policy-api/pkg/client/informers/externalversions"
	cnplisters "sigs.k8s.io/network-policy-api/pkg/client/listers/apis/v1alpha2"
)

// withTiers puts NetworkPolicy between the tiers of ClusterNetworkPolicy, whose CRD must be on the server.
func withTiers(
	ctx context.Context, config *rest.Config, factory informers.SharedInformerFactory, standard api.PolicyEvaluator,
) ([]api.PolicyEvaluator, cnplisters.ClusterNetworkPolicyLister, error) {
	client, err := npaclient.NewForConfig(config)
	if err != nil {
		return nil, nil, err
	}
	policies := npainformers.NewSharedInformerFactory(client, 0)
	informer := policies.Policy().V1alpha2().ClusterNetworkPolicies()
	nodes := factory.Core().V1().Nodes().Lister()
	evaluators := []api.PolicyEvaluator{
		cnp.NewClusterNetworkPolicy(v1alpha2.AdminTier, informer, nil, nodes),
		directed{standard, factory.Networking().V1().NetworkPolicies().Lister()},
		cnp.NewClusterNetworkPolicy(v1alpha2.BaselineTier, informer, nil, nodes),
	}
	policies.Start(ctx.Done())
	policies.WaitForCacheSync(ctx.Done())
	return evaluators, informer.Lister(), nil
}

// directed is the NetworkPolicy step, asked only about pods that a policy selects in the direction of the question. The
// module's own accepts for a pod that is selected only in the other direction, so that Baseline would never be asked.
type directed struct {
	api.PolicyEvaluator
	policies networkinglisters.NetworkPolicyLister
}

func (d directed) EvaluateIngress(ctx context.Context, p *network.Packet, src, dst *api.PodInfo) (api.Verdict, error) {
	if !d.selects(dst, networkingv1.PolicyTypeIngress) {
		return api.VerdictNext, nil
	}
	return d.PolicyEvaluator.EvaluateIngress(ctx, p, src, dst)
}

func (d directed) EvaluateEgress(ctx context.Context, p *network.Packet, src, dst *api.PodInfo) (api.Verdict, error) {
	if !d.selects(src, networkingv1.PolicyTypeEgress) {
		return api.VerdictNext, nil
	}
	return d.PolicyEvaluator.EvaluateEgress(ctx, p, src, dst)
}

func (d directed) selects(pod *api.PodInfo, direction networkingv1.PolicyType) bool {
	if pod == nil {
		return false
	}
	policies, err := d.policies.NetworkPolicies(pod.Namespace.Name).List(labels.Everything())
	die(err)
	for _, policy := range policies {
		selector, err := metav1.LabelSelectorAsSelector(&policy.Spec.PodSelector)
		die(err)
		if selector.Matches(labels.Set(pod.Labels)) && has(policy.Spec.PolicyTypes, direction) {
			return true
		}
	}
	return false
}

func has(types []networkingv1.PolicyType, direction networkingv1.PolicyType) bool {
	for _, one := range types {
		if one == direction {
			return true
		}
	}
	return false
}

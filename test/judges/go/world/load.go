package world

import (
	"encoding/json"
	"fmt"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"sigs.k8s.io/yaml"
)

// FlowSpec is one requested flow in a `kind: Flows` document.
type FlowSpec struct {
	Src      string `json:"src"` // "ns/pod" or an IP
	Dst      string `json:"dst"`
	Protocol string `json:"protocol"`
	Port     int    `json:"port"`
}

// World is the cluster state of WORLD.yaml.
type World struct {
	Namespaces map[string]*corev1.Namespace
	Pods       []*corev1.Pod
	Nodes      []*corev1.Node
	Others     []Doc // policies and everything else, for the back end to claim
	Flows      []FlowSpec
	Domains    map[string][]string // FQDN -> IPs, for engines with DNS peers
	Gateways   []string            // addresses that the engine's own gateway speaks from
}

// Load reads WORLD.yaml: ordinary Namespace, Pod, Node and policy documents, and
// optionally `kind: Flows` with flows: [{src,dst,protocol,port}], ports: [TCP/80],
// external: [IP], domains: {name: [IP]} and gateways: [IP].
func Load(paths []string) (*World, *Options, error) {
	docs, err := ReadDocs(paths)
	if err != nil {
		return nil, nil, err
	}
	return build(docs)
}

func build(docs []Doc) (*World, *Options, error) {
	w := &World{Namespaces: map[string]*corev1.Namespace{}, Domains: map[string][]string{}}
	o := &Options{}
	for _, d := range docs {
		if d.Err != nil {
			return nil, nil, fmt.Errorf("%s#%d: %w", d.File, d.Index, d.Err)
		}
		switch {
		case d.APIVersion == "v1" && d.Kind == "Namespace":
			ns := &corev1.Namespace{}
			if err := yaml.UnmarshalStrict(d.JSON, ns); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", d.ID(), err)
			}
			w.Namespaces[ns.Name] = ns
		case d.APIVersion == "v1" && d.Kind == "Pod":
			p := &corev1.Pod{}
			if err := yaml.UnmarshalStrict(d.JSON, p); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", d.ID(), err)
			}
			if p.Namespace == "" {
				p.Namespace = "default"
			}
			w.Pods = append(w.Pods, p)
		case d.APIVersion == "v1" && d.Kind == "Node":
			n := &corev1.Node{}
			if err := yaml.UnmarshalStrict(d.JSON, n); err != nil {
				return nil, nil, fmt.Errorf("%s: %w", d.ID(), err)
			}
			w.Nodes = append(w.Nodes, n)
		case d.Kind == "Flows":
			var f struct {
				Flows    []FlowSpec          `json:"flows"`
				Ports    []string            `json:"ports"`
				External []string            `json:"external"`
				Domains  map[string][]string `json:"domains"`
				Gateways []string            `json:"gateways"`
			}
			if err := json.Unmarshal(d.JSON, &f); err != nil {
				return nil, nil, fmt.Errorf("Flows: %w", err)
			}
			w.Flows = append(w.Flows, f.Flows...)
			o.Ports = append(o.Ports, f.Ports...)
			o.External = append(o.External, f.External...)
			w.Gateways = append(w.Gateways, f.Gateways...)
			for k, v := range f.Domains {
				w.Domains[k] = append(w.Domains[k], v...)
			}
		default:
			w.Others = append(w.Others, d)
		}
	}
	for i, p := range w.Pods {
		if len(p.Status.PodIPs) == 0 {
			ip := p.Status.PodIP
			if ip == "" {
				ip = fmt.Sprintf("10.244.%d.%d", i/250, i%250+1)
			}
			p.Status.PodIPs = []corev1.PodIP{{IP: ip}}
		}
		p.Status.PodIP = p.Status.PodIPs[0].IP
		for ci := range p.Spec.Containers {
			for pi := range p.Spec.Containers[ci].Ports {
				if cp := &p.Spec.Containers[ci].Ports[pi]; cp.Protocol == "" {
					cp.Protocol = corev1.ProtocolTCP
				}
			}
		}
		if w.Namespaces[p.Namespace] == nil {
			w.Namespaces[p.Namespace] = &corev1.Namespace{ObjectMeta: metav1.ObjectMeta{Name: p.Namespace}}
		}
	}
	for name, ns := range w.Namespaces {
		if ns.Labels == nil {
			ns.Labels = map[string]string{}
		}
		ns.Labels["kubernetes.io/metadata.name"] = name // as the API server does
	}
	return w, o, nil
}

import type { EngineName } from '../model/engine-name';

/**
 * Where the parts of an engine run that are pods of their own network: a default deny that reached them would stop the
 * engine itself. Sources: the installation manifests of each (`calico-system`, `calico-apiserver`, `tigera-operator` of the
 * Tigera operator; Cilium's and Antrea's agents and the plugins of Kubernetes are in `kube-system`).
 */
const ENGINE_NAMESPACES: Readonly<Record<EngineName, readonly string[]>> = {
  kubernetes: ['kube-system'],
  'cluster-network-policy': ['kube-system'],
  cilium: ['kube-system'],
  antrea: ['kube-system'],
  calico: ['kube-system', 'calico-system', 'calico-apiserver', 'tigera-operator'],
};

export function namespacesOfEngine(engine: EngineName): readonly string[] {
  return ENGINE_NAMESPACES[engine];
}

import type { EngineName } from '../model/engine-name';
import type * as Antrea from './antrea/engine';
import type * as Calico from './calico/engine';
import type * as Cilium from './cilium/engine';
import type * as ClusterNetworkPolicy from './cluster-network-policy/engine';
import type { Engine } from './engine';
import type * as Kubernetes from './kubernetes/engine';

/** Every engine that graphs are rendered for: one line each. Each is loaded when it is asked for: a cluster has one, and whoever imports the package none. */
const ENGINES: Readonly<Record<EngineName, () => Engine>> = {
  kubernetes: () => (require('./kubernetes/engine') as typeof Kubernetes).kubernetes,
  'cluster-network-policy': () =>
    (require('./cluster-network-policy/engine') as typeof ClusterNetworkPolicy).clusterNetworkPolicy,
  calico: () => (require('./calico/engine') as typeof Calico).calico,
  antrea: () => (require('./antrea/engine') as typeof Antrea).antrea,
  cilium: () => (require('./cilium/engine') as typeof Cilium).cilium,
};

export function engineNamed(name: EngineName): Engine {
  return ENGINES[name]();
}

/** The engines that enforce a kind beside NetworkPolicy, in any version. */
export function enginesOfKind(kind: string): readonly Engine[] {
  return Object.values(ENGINES)
    .map((load) => load())
    .filter(({ kinds }) => kinds(undefined).includes(kind));
}

import type { EngineName } from '../model/engine-name';
import type * as Antrea from './antrea/engine';
import type * as Calico from './calico/engine';
import type * as Cilium from './cilium/engine';
import type * as ClusterNetworkPolicy from './cluster-network-policy/engine';
import type { Engine } from './engine';
import { kubernetes } from './kubernetes/engine';

/** Every engine that graphs are rendered for: one line each. A cluster has one, so the others are not loaded for it. */
const ENGINES: Readonly<Record<EngineName, () => Engine>> = {
  kubernetes: () => kubernetes,
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

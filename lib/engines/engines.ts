import type { EngineName } from '../model/engine-name';
import { antrea } from './antrea/engine';
import { calico } from './calico/engine';
import { cilium } from './cilium/engine';
import { clusterNetworkPolicy } from './cluster-network-policy/engine';
import type { Engine } from './engine';
import { kubernetes } from './kubernetes/engine';

/** Every engine that graphs are rendered for: one line each. */
const ENGINES: readonly Engine[] = [kubernetes, clusterNetworkPolicy, calico, antrea, cilium];

export function engineNamed(name: EngineName): Engine {
  const engine = ENGINES.find((it) => it.name === name);
  if (engine === undefined) throw new Error(`Internal error: there is no engine ${name}`);
  return engine;
}

/** The engines that enforce a kind beside NetworkPolicy, in any version. */
export function enginesOfKind(kind: string): readonly Engine[] {
  return ENGINES.filter(({ kinds }) => kinds(undefined).includes(kind));
}

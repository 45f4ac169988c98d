import type { GraphData } from '../graph/graph-data';
import type { Plane } from '../model/layer';
import type { Labels } from '../model/selector';
import { proveGraph } from './prove';
import type { KnownCluster } from './terms/facts';

/** A pod that could exist, and that nothing isolates in a direction; without labels where that is not decided. */
export interface OpenPod {
  readonly direction: 'ingress' | 'egress';
  readonly labels?: Labels;
}

/** Pods of a namespace for which something passes that no rule allows, one for each direction in which there are any. */
export function openPods(plane: Plane, namespace: string, known: KnownCluster): OpenPod[] {
  const { witnesses, notProved } = proveGraph(alone(namespace), plane, known);
  const open = witnesses.filter(({ statement }) => statement === 'open');
  // What is vacuous here is the namespace itself, of which nothing is declared.
  // What a policy that is not read lets in or keeps out leaves pods as isolated as they are.
  if (notProved.some(({ reason }) => reason !== 'vacuous' && reason !== 'unread'))
    return [{ direction: 'ingress' }, { direction: 'egress' }];
  return open.map(({ direction, connection }) => ({ direction, labels: connection.subject.labels }));
}

function alone(name: string): GraphData {
  const namespace = { name, purpose: '', management: 'adopt', podSecurity: '', acknowledged: [] } as const;
  const cluster = { engine: 'kubernetes', ipBlockMode: 'may', dns: { flavour: '', servers: [] } } as const;
  return { cluster, namespaces: [namespace], tiers: [], flows: [] };
}

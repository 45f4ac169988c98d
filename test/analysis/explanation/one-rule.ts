import { type ConnectivityOptions, type Explanation, explain } from '../../../lib/analysis';
import type { IpBlockMode, Plane, Rule, RulePeer } from '../../../lib/model/layer';
import { anyPods } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import type { Workload, World } from '../../../lib/model/world';

type Asked = Parameters<typeof explain>[2];

function workload(name: string, more: Partial<Workload> = {}): Workload {
  const id = `n/Pod/${name}`;
  return { id, namespace: 'n', labels: { app: name }, ports: [], hostNetwork: false, addresses: [], ...more };
}

/** What differs from a world in which everything is known, and a rule that allows TCP/80. */
export interface Circumstances {
  readonly mode?: IpBlockMode;
  readonly server?: Partial<Workload>;
  readonly rule?: Partial<Rule>;
  readonly options?: ConnectivityOptions;
}

/** A client, a server, and a pod on the host network. */
export function worldWith(server: Partial<Workload> = {}): World {
  const workloads = [workload('client'), workload('server', server), workload('on-host', { hostNetwork: true })];
  return { namespaces: [{ name: 'n', labels: { 'kubernetes.io/metadata.name': 'n' } }], workloads, services: [] };
}

/** Every pod is isolated for egress, and this is the only rule. */
export function planeOf(peers: readonly RulePeer[], { mode = 'pods', rule = {} }: Circumstances = {}): Plane {
  const policy = { kind: 'NetworkPolicy', namespace: 'n', name: 'only' };
  const about = { policy, direction: 'egress', subject: anyPods } as const;
  return {
    name: 'one rule',
    ipBlockMode: mode,
    layers: [
      {
        name: 'NetworkPolicy',
        order: 'union',
        rules: [{ ...about, index: 0, peers, ports: ports.number('TCP', 80), action: 'allow', ...rule }],
        isolations: [about],
        otherwise: 'deny',
      },
    ],
  };
}

/** Whether the client reaches an end on TCP/80. */
export function explained(
  plane: Plane,
  to: Asked['to'],
  { server, options }: Circumstances = {},
  more: Partial<Asked> = {},
): Explanation {
  return explain(worldWith(server), plane, { from: 'n/Pod/client', to, protocol: 'TCP', port: 80, ...more }, options);
}

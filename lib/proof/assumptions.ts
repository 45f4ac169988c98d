import { waysIn } from '../cluster/load-balancers';
import { type GraphData, tierKey } from '../graph/graph-data';
import { isNotUnderstood } from '../kinds/whom-it-binds';
import type { Endpoint } from '../model/endpoint';
import type { Flow } from '../model/flow';
import { hostText } from '../model/host-pattern';
import { ipsText } from '../model/ip-set';
import type { Plane, PolicyRef } from '../model/layer';
import { podSetText } from '../model/pod-set';
import type { Problem } from '../model/problem';
import { isAtLeast } from '../model/version';
import { acceptsPods, type Facts } from './terms/facts';

/** What the proof leaves out, by name: each is a way in which connections could still differ from the graph. */
export function assumptionsOf(declared: GraphData, facts: Facts): string[] {
  const adopted = declared.namespaces.filter(({ management }) => management === 'adopt').map(({ name }) => name);
  return [
    'enforcement: the network plugin of the cluster enforces the policies that it is given',
    'objects outside the deployment: no other policy selects pods of its namespaces',
    'host-network pods: they have the identity of their node, and no policy binds them',
    'node traffic: a node always reaches the pods that it runs, as for probes',
    'self-traffic: a pod always reaches itself',
    'ICMP: whether it passes is up to the engine, since NetworkPolicy cannot say it',
    'secondary networks: RDMA and interfaces added by Multus are outside policy',
    ...(adopted.length === 0
      ? []
      : [
          `Pod Security: ${adopted.join(', ')} ${adopted.length === 1 ? 'is' : 'are'} adopted, so what pods may do there (host network, say) is not ours to bind`,
        ]),
    ...aboutAddresses(declared, facts),
    ...aboutApiServer(declared, facts),
    ...aboutNames(declared),
    ...aboutMeshes(declared),
    ...aboutEncryption(declared),
    ...aboutNodes(declared),
    ...aboutWaysIn(declared),
    ...declared.tiers.flatMap(({ namespace, name, acknowledged }) =>
      acknowledged.map(({ rule, because }) => `acknowledged: ${namespace}/${name} waives ${rule}, because ${because}`),
    ),
  ];
}

/** Policies that are not read whole, or may be gone, and on which nothing depends that is proved: it holds with and without. */
export function aboutUnread({ layers }: Plane, dependsOn: (doubt: Problem) => boolean): string[] {
  const texts = new Set<string>();
  for (const { rules, isolations } of layers) {
    for (const { policy, doubt } of [...rules, ...isolations]) {
      if (doubt === undefined || dependsOn(doubt)) continue;
      const [what, whatever] = isNotUnderstood(doubt) ? ['not read', 'says'] : ['in doubt', 'does'];
      texts.add(`${what}: ${refText(policy)}, and whatever it ${whatever}, this is proved (${doubt.what})`);
    }
  }
  return [...texts];
}

function refText({ kind, namespace, name }: PolicyRef): string {
  return `${kind} ${namespace === undefined ? '' : `${namespace}/`}${name}`;
}

function aboutAddresses(declared: GraphData, facts: Facts): string[] {
  if (facts.ipBlockMode === 'external-only') return ['address blocks: the engine never matches pods by them'];
  const accepted = declared.flows.filter(acceptsPods);
  return [
    facts.podAddressesAreKnown
      ? `pod addresses: every pod has one of ${ipsText(facts.podAddresses)}`
      : `pod addresses: not given, so pods are reckoned with in ${ipsText(facts.podAddresses)}, and nowhere else`,
    ...accepted.map(
      ({ from, to }) =>
        `pods by address: the flow from ${endName(from)} to ${endName(to)} also lets pods with such addresses through, which is acknowledged`,
    ),
  ];
}

/** Agents promise to keep from it, which is not to be seen where nobody says where it is. */
function aboutApiServer({ tiers, flows }: GraphData, { apiServerIsKnown }: Facts): string[] {
  if (apiServerIsKnown) return [];
  const waives = ({ acknowledged }: Pick<Flow, 'acknowledged'>) =>
    acknowledged.some(({ rule }) => rule === 'api-server');
  const outward = flows
    .filter(({ to }) => to.kind === 'addresses' || to.kind === 'hosts')
    .filter((flow) => !waives(flow));
  const sources = new Set(outward.flatMap(({ from }) => (from.kind === 'tier' ? [tierKey(from)] : [])));
  const agents = tiers
    .filter((tier) => tier.role === 'agent' && !waives(tier) && sources.has(tierKey(tier)))
    .map(tierKey);
  if (agents.length === 0) return [];
  return [
    `API server: its addresses are not given, so what ${agents.join(', ')} may reach by address or by host name is taken not to be it`,
  ];
}

function aboutNames({ flows }: GraphData): string[] {
  const named = flows.filter(({ to }) => to.kind === 'hosts');
  if (named.length === 0) return [];
  return [
    'host names: what they are looked up as is outside the cluster and no metadata service, and other names at the same address are let through',
  ];
}

/** Cilium documentation, upgrade guide of 1.18, "Preparing for a policy-default-local-cluster change": on from 1.19. */
function aboutMeshes({ cluster: { engine, version } }: GraphData): string[] {
  if (engine !== 'cilium') return [];
  return [
    version !== undefined && isAtLeast(version, '1.19')
      ? 'clusters of a mesh: policy-default-local-cluster is true, as Cilium sets it from 1.19 on, so that policies mean pods of their own cluster'
      : 'clusters of a mesh: the cluster is in none, since Cilium up to 1.18 also selects pods of the other clusters by their labels (from 1.18 on unless policy-default-local-cluster is true)',
  ];
}

/** What clients look like at the pods is the doing of what is before these. */
function aboutWaysIn({ flows }: GraphData): string[] {
  return waysIn(flows).map(
    ({ to, balancer }) => `ways in: ${to} is behind ${balancer}, which decides what address its pods see on clients`,
  );
}

function aboutEncryption({ flows }: GraphData): string[] {
  return flows
    .filter(({ encrypted }) => encrypted)
    .map(
      ({ from, to }) =>
        `encrypted on the way: the cluster promises it for the flow from ${endName(from)} to ${endName(to)}, and no policy can`,
    );
}

function aboutNodes({ hostGuardrails = [] }: GraphData): string[] {
  return hostGuardrails.map(
    ({ name }) => `nodes themselves: what the host guardrail ${name} lets through is not looked into`,
  );
}

/** An end of a flow as sentences name it. */
export function endName(end: Endpoint): string {
  switch (end.kind) {
    case 'tier':
      return `${end.namespace}/${end.name}`;
    case 'pods':
      return `${podSetText(end.pods)} (${end.owner})`;
    case 'addresses':
      return end.name ?? ipsText(end.addresses);
    case 'hosts':
      return end.patterns.map(hostText).join(', ');
    case 'entity':
      return end.entity;
  }
}

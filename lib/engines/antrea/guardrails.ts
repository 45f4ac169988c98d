import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Guardrail, GuardrailDeny } from '../../model/guardrail';
import { into } from '../../model/into';
import * as ips from '../../model/ip-set';
import type { Direction } from '../../model/layer';
import { type PodSet, podSetText } from '../../model/pod-set';
import { portsText } from '../../model/port-set';
import { guardrailNames } from '../guardrail-names';
import type { PolicyManifest } from '../manifest';
import { outsideOf } from '../outside';
import { type AntreaPeer, type AntreaRule, anywhere, blockPeers, numbered, portsOf } from './rules';

/** Before the tier that policies of namespaces are in, and after the one that is kept for emergencies. */
const DENIES_TIER = 'securityops';

/** After every policy of a namespace. */
const ISOLATES_TIER = 'baseline';

/** The first of all: everything here denies, so that it may stand beside itself at one priority. */
const FIRST = 1;

/** A ClusterNetworkPolicy that denies, and one that isolates where nothing of a namespace says anything. */
export function guardrailPolicies(guardrails: readonly Guardrail[], facts: ClusterFacts): PolicyManifest[] {
  const nameOf = guardrailNames(guardrails);
  return guardrails.flatMap((guardrail) => [
    ...(guardrail.denies.length === 0 ? [] : [denial(guardrail, nameOf(guardrail.name), facts)]),
    ...(guardrail.isolates.length === 0 ? [] : [defaultDeny(guardrail, nameOf(guardrail.name))]),
  ]);
}

/** Each rule says whom it is applied to, so that one policy holds all subjects. */
function denial({ name, denies }: Guardrail, objectName: string, facts: ClusterFacts): PolicyManifest {
  const of = (direction: Direction) => denies.filter((deny) => deny.direction === direction);
  return clusterPolicy(name, objectName, {
    tier: DENIES_TIER,
    priority: FIRST,
    ...ruleList('ingress', dropRules('ingress', of('ingress'), facts)),
    ...ruleList('egress', dropRules('egress', of('egress'), facts)),
  });
}

function defaultDeny({ name, isolates }: Guardrail, objectName: string): PolicyManifest {
  const drop: AntreaRule = { action: 'Drop' };
  return clusterPolicy(name, objectName, {
    tier: ISOLATES_TIER,
    priority: FIRST,
    appliedTo: distinct(isolates).map(anywhere),
    ...ruleList('ingress', [drop]),
    ...ruleList('egress', [drop]),
  });
}

/** Denies of one subject on the same ports share a rule. */
function dropRules(direction: Direction, denies: readonly GuardrailDeny[], facts: ClusterFacts): AntreaRule[] {
  const groups = new Map<string, GuardrailDeny[]>();
  for (const deny of denies) {
    const key = `${podSetText(deny.subject)} ${portsText(deny.ports)}`;
    into(groups, key, deny);
  }
  const side = direction === 'ingress' ? 'from' : 'to';
  return [...groups.keys()].sort().map((key): AntreaRule => {
    const group = groups.get(key) as GuardrailDeny[];
    const peers = peersOf(
      group.map(({ peer }) => peer),
      facts,
    );
    return { action: 'Drop', appliedTo: [anywhere(group[0].subject)], [side]: peers, ...portsOf(group[0].ports) };
  });
}

/** Pods before addresses, each once; addresses without those of pods, which a block would match. */
function peersOf(ends: readonly Endpoint[], facts: ClusterFacts): AntreaPeer[] {
  const pods = ends.flatMap((end) => ('pods' in end ? [end.pods] : []));
  const addresses = ends.flatMap((end) => (end.kind === 'addresses' ? [end.addresses] : []));
  const blocks = addresses.length === 0 ? [] : blockPeers(outsideOf(ips.unionOf(addresses), facts), facts.version);
  return [...distinct(pods).map(anywhere), ...blocks];
}

function distinct(sets: readonly PodSet[]): PodSet[] {
  const byText = new Map(sets.map((set) => [podSetText(set), set]));
  return [...byText.keys()].sort().map((key) => byText.get(key) as PodSet);
}

function ruleList(direction: Direction, rules: readonly AntreaRule[]): object {
  return rules.length === 0 ? {} : { [direction]: numbered(direction, rules) };
}

function clusterPolicy(guardrail: string, name: string, spec: object): PolicyManifest {
  return {
    apiVersion: 'crd.antrea.io/v1beta1',
    kind: 'ClusterNetworkPolicy',
    metadata: { name },
    spec,
    of: { kind: 'guardrail', name: guardrail },
  };
}

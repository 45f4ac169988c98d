import type { FileReading, PlaneReading, WrittenObject } from '../../analysis';
import { flowsAnnotation } from '../../analysis/reasons';
import { preconditionsOf } from '../../cluster/preconditions';
import { FLOWS_ANNOTATION, type FlowLine, type PolicyLine, parsedLine } from '../../graph/flow-lines';
import { canonical, type GraphData, type GraphNamespace, type GraphTier, tierKey } from '../../graph/graph-data';
import { objectText, refOf } from '../../kinds/manifest';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import { into } from '../../model/into';
import { type Labels, NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Isolation, PolicyRef, Rule } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import type { Problem } from '../../model/problem';
import { type FilesProof, labelsOf, namespaceIn } from '../prove-files';
import { proveManifests } from '../prove-manifests';
import { saidPeer } from './said-peers';
import { saidTraffic } from './said-traffic';

/** Whether policies allow what their own annotations say. */
export interface Consistency extends FilesProof {
  /** What the annotations declare together. */
  readonly graph: GraphData;
  /** No policy says what it is to allow. */
  readonly isEmpty: boolean;
  readonly notes: readonly string[];
}

/**
 * Holds manifests against what their annotations say, flow by flow. Where nothing is known of the cluster, blocks of
 * addresses are taken to match no pods: an annotation says blocks as its policy does, and not what has these addresses.
 */
export function consistency(reading: FileReading, plane: PlaneReading, facts?: ClusterFacts): Consistency {
  const said = reading.written.flatMap(annotated);
  const namespaces = namespacesOf(reading.written);
  const rules = [...(reading.rules ?? []), ...reading.others.flatMap((other) => other.rules)];
  const isolations = [...(reading.isolations ?? []), ...reading.others.flatMap((other) => other.isolations)];
  const [rulesOf, isolationsOf] = [byPolicy(rules), byPolicy(isolations)];
  const tiers = said.flatMap((policy) => tierOf(policy, rulesOf, isolationsOf));
  const ends = new Map(tiers.map((tier): [string, Endpoint] => [tierKey(tier), endOf(tier)]));
  const flows = said.flatMap((policy) =>
    policy.lines.map((line) => flowOf(line, policy, { tiers: ends, rules, rulesOf })),
  );
  const graph = canonical({
    cluster: clusterOf(plane, facts),
    namespaces: [...new Set(tiers.map(({ namespace }) => namespace))].map((name) =>
      namespaceNamed(name, namespaces.get(name)),
    ),
    tiers,
    flows: flows.flatMap(({ flow }) => flow ?? []),
  });
  const { proof, unreadable } = proveManifests(graph, reading);
  const names = [...new Set(flows.flatMap(({ name }) => name ?? []))].sort();
  return {
    graph,
    proof: {
      ...proof,
      assumptions: proof.assumptions.map((text) => (text.startsWith(BLOCKS) ? aboutBlocks(plane, text) : text)),
    },
    unreadable: [...unreadable, ...flows.flatMap(({ problem }) => problem ?? [])],
    preconditions: preconditionsOf(graph, graph.cluster),
    isEmpty: tiers.length === 0,
    notes: names.map(
      (name) => `${name} is taken for the addresses that the policies have: the graph alone spells it out.`,
    ),
  };
}

/** How what is assumed of blocks of addresses begins. */
const BLOCKS = 'address blocks:';

function aboutBlocks({ plane }: PlaneReading, text: string): string {
  if (plane.ipBlockMode === 'external-only') return text;
  return `${BLOCKS} taken to match no pods, since the ranges of the pods are not given`;
}

/** The Namespaces among the manifests by their names, the first of each. */
function namespacesOf(written: readonly WrittenObject[]): ReadonlyMap<string, unknown> {
  const found = new Map<string, unknown>();
  for (const { object } of written) {
    const name = namespaceIn(object);
    if (name !== undefined && !found.has(name)) found.set(name, object);
  }
  return found;
}

/** With the labels of its Namespace, where that is among the manifests. */
function namespaceNamed(name: string, object: unknown): GraphNamespace {
  const about = { purpose: '', podSecurity: '', acknowledged: [] };
  if (object === undefined) return { name, management: 'adopt', ...about };
  const { [NAMESPACE_NAME_LABEL]: _, ...labels } = labelsOf(object);
  return { name, management: 'own', labels: labels as Labels, ...about };
}

interface Annotated {
  readonly namespace: string;
  readonly name: string;
  readonly text: string;
  readonly where: string;
  readonly lines: readonly { readonly text: string; readonly line: PolicyLine | undefined }[];
}

/** A policy that says what it allows; what is said of a guardrail is no flow. */
function annotated({ object, sourceOf }: WrittenObject): Annotated[] {
  const text = flowsAnnotation(object);
  const ref = typeof text === 'string' ? refOf(object, undefined, () => false) : undefined;
  if (ref?.namespace === undefined || typeof text !== 'string') return [];
  const lines = text.split('\n').filter((line) => line !== '');
  const where = `${sourceOf(['metadata', 'annotations', FLOWS_ANNOTATION])}: ${objectText(ref)}`;
  return [
    {
      namespace: ref.namespace,
      name: ref.name,
      text,
      where,
      lines: lines.map((line) => ({ text: line, line: parsedLine(line) })),
    },
  ];
}

/** What policies say, by the namespace and the name of each. */
type ByPolicy<T> = ReadonlyMap<string, readonly T[]>;

function byPolicy<T extends { readonly policy: PolicyRef }>(said: readonly T[]): ByPolicy<T> {
  const found = new Map<string, T[]>();
  for (const each of said) {
    const { namespace, name } = each.policy;
    if (namespace === undefined) continue;
    const key = tierKey({ namespace, name });
    into(found, key, each);
  }
  return found;
}

function tierOf(policy: Annotated, rulesOf: ByPolicy<Rule>, isolationsOf: ByPolicy<Isolation>): GraphTier[] {
  const key = tierKey(policy);
  const pods = (isolationsOf.get(key)?.[0] ?? rulesOf.get(key)?.[0])?.subject;
  return pods === undefined ? [] : [tierNamed(policy, pods)];
}

function tierNamed({ namespace, name }: Annotated, pods: PodSet): GraphTier {
  return { namespace, name, role: 'tier', pods, notes: [], acknowledged: [] };
}

function endOf({ namespace, name, pods }: GraphTier): Endpoint {
  return { kind: 'tier', namespace, name, pods };
}

interface Said {
  readonly flow?: Flow;
  /** A name of addresses that was taken for what the policy has. */
  readonly name?: string;
  readonly problem?: Problem;
}

interface WhatIsRead {
  readonly tiers: ReadonlyMap<string, Endpoint>;
  readonly rules: readonly Rule[];
  readonly rulesOf: ByPolicy<Rule>;
}

function flowOf(
  { text, line }: Annotated['lines'][number],
  policy: Annotated,
  { tiers, rules, rulesOf }: WhatIsRead,
): Said {
  const own = tiers.get(tierKey(policy));
  if (line === undefined) return { problem: refused(policy, text, 'is no line that is written so') };
  if (line.kind === 'tier' || line.kind === 'guardrail') return {};
  if (own === undefined) return { problem: refused(policy, text, 'is said by what is no policy that was read') };
  const direction = line.kind === 'in' ? 'ingress' : 'egress';
  const traffic = saidTraffic(line.traffic, rules);
  if (traffic === undefined) return { problem: refused(policy, text, 'is about traffic of which no policy speaks') };
  const ofPolicy = (rulesOf.get(tierKey(policy)) ?? []).filter((rule) => rule.direction === direction);
  const peer = saidPeer(line.peer, { tiers, own: ofPolicy, traffic });
  if (peer === undefined)
    return { problem: refused(policy, text, 'is about a peer of which its policy does not speak') };
  const [from, to] = line.kind === 'in' ? [peer.end, own] : [own, peer.end];
  return {
    flow: { from, to, traffic, ...saidBeside(line) },
    ...(peer.isNamed && { name: line.peer }),
  };
}

function saidBeside({ because, encrypted }: FlowLine): Omit<Flow, 'from' | 'to' | 'traffic'> {
  return { because, ...(encrypted && { encrypted: true }), excepted: [], acknowledged: [], notes: [] };
}

function clusterOf({ engine, plane }: PlaneReading, facts: ClusterFacts | undefined): ClusterFacts {
  if (facts?.podRanges !== undefined) return { ...facts, ipBlockMode: plane.ipBlockMode };
  return { ...facts, engine, ipBlockMode: 'external-only', dns: facts?.dns ?? { flavour: 'unknown', servers: [] } };
}

function refused({ where }: Annotated, line: string, what: string): Problem {
  return {
    rule: 'annotation-line',
    where,
    what: `The line ${JSON.stringify(line)} ${what}`,
    value: line,
    allowed: 'lines that say what the policy allows, as they were rendered',
    fix: 'Render the app anew; an annotation that is changed by hand says nothing of what is allowed.',
  };
}

import type { FileReading, PlaneReading, WrittenObject } from '../../analysis';
import { flowsAnnotation } from '../../analysis/reasons';
import { FLOWS_ANNOTATION, type FlowLine, type PolicyLine, parsedLine } from '../../graph/flow-lines';
import { canonical, type GraphData, type GraphNamespace, type GraphTier, tierKey } from '../../graph/graph-data';
import { objectText, refOf } from '../../kinds/manifest';
import type { ClusterFacts } from '../../model/cluster-facts';
import type { Endpoint } from '../../model/endpoint';
import type { Flow } from '../../model/flow';
import { type Labels, NAMESPACE_NAME_LABEL } from '../../model/labels';
import type { Isolation, PolicyRef, Rule } from '../../model/layer';
import type { PodSet } from '../../model/pod-set';
import type { Problem } from '../../model/problem';
import { labelsOf } from '../prove-files';
import { type ManifestsProof, proveManifests } from '../prove-manifests';
import { saidPeer } from './said-peers';
import { saidTraffic } from './said-traffic';

/** Whether policies allow what their own annotations say. */
export interface Consistency extends ManifestsProof {
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
  const rules = [...(reading.rules ?? []), ...reading.others.flatMap((other) => other.rules)];
  const isolations = [...(reading.isolations ?? []), ...reading.others.flatMap((other) => other.isolations)];
  const tiers = said.flatMap((policy) => tierOf(policy, rules, isolations));
  const ends = new Map(tiers.map((tier): [string, Endpoint] => [tierKey(tier), endOf(tier)]));
  const flows = said.flatMap((policy) => policy.lines.map((line) => flowOf(line, policy, ends, rules)));
  const graph = canonical({
    cluster: clusterOf(plane, facts),
    namespaces: [...new Set(tiers.map(({ namespace }) => namespace))].map((name) =>
      namespaceNamed(name, reading.written),
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

/** With the labels of its Namespace, where that is among the manifests. */
function namespaceNamed(name: string, written: readonly WrittenObject[]): GraphNamespace {
  const object = written.map((each) => each.object).find((each) => isNamespace(each, name));
  const about = { purpose: '', podSecurity: '', acknowledged: [] };
  if (object === undefined) return { name, management: 'adopt', ...about };
  const { [NAMESPACE_NAME_LABEL]: _, ...labels } = labelsOf(object);
  return { name, management: 'own', labels: labels as Labels, ...about };
}

function isNamespace(object: unknown, name: string): boolean {
  const ref = refOf(object, undefined, () => true);
  return ref?.kind === 'Namespace' && ref.apiVersion === 'v1' && ref.name === name;
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

function tierOf(policy: Annotated, rules: readonly Rule[], isolations: readonly Isolation[]): GraphTier[] {
  const pods = [...isolations, ...rules].find((each) => isOf(policy, each.policy))?.subject;
  return pods === undefined ? [] : [tierNamed(policy, pods)];
}

function tierNamed({ namespace, name }: Annotated, pods: PodSet): GraphTier {
  return { namespace, name, role: 'tier', pods, notes: [], acknowledged: [] };
}

function endOf({ namespace, name, pods }: GraphTier): Endpoint {
  return { kind: 'tier', namespace, name, pods };
}

function isOf({ namespace, name }: Annotated, policy: PolicyRef): boolean {
  return policy.namespace === namespace && policy.name === name;
}

interface Said {
  readonly flow?: Flow;
  /** A name of addresses that was taken for what the policy has. */
  readonly name?: string;
  readonly problem?: Problem;
}

function flowOf(
  { text, line }: Annotated['lines'][number],
  policy: Annotated,
  tiers: ReadonlyMap<string, Endpoint>,
  rules: readonly Rule[],
): Said {
  const own = tiers.get(`${policy.namespace}/${policy.name}`);
  if (line === undefined) return { problem: refused(policy, text, 'is no line that is written so') };
  if (line.kind === 'tier' || line.kind === 'guardrail') return {};
  if (own === undefined) return { problem: refused(policy, text, 'is said by what is no policy that was read') };
  const direction = line.kind === 'in' ? 'ingress' : 'egress';
  const traffic = saidTraffic(line.traffic, rules);
  if (traffic === undefined) return { problem: refused(policy, text, 'is about traffic of which no policy speaks') };
  const ofPolicy = rules.filter((rule) => rule.direction === direction && isOf(policy, rule.policy));
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

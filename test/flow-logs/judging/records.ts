import { loadAll } from 'js-yaml';
import { planeOf, readManifests } from '../../../lib/analysis';
import { termsOf } from '../../../lib/flow-logs/attribution/terms';
import type { FlowRecord } from '../../../lib/flow-logs/flow-record';
import type { HeldPolicies } from '../../../lib/flow-logs/judging/against-manifests';
import type { FlowsFound } from '../../../lib/flow-logs/judging/found';
import { foundFlows } from '../../../lib/flow-logs/judging/found-flows';
import { Judge, type JudgeOptions } from '../../../lib/flow-logs/judging/judge';
import type { GraphData } from '../../../lib/graph/graph-data';
import { fromJson } from '../../../lib/graph/json-read';
import { platform } from '../platform';

let made: { readonly graph: GraphData; readonly manifests: string } | undefined;

/** The graph of the platform of the sample logs, and what is rendered of it. */
export function ofPlatform() {
  if (made === undefined) {
    const { graph, manifests } = platform();
    made = { graph: fromJson(graph), manifests };
  }
  return made;
}

export const ENVOY = { namespace: 'ai-gateway', labels: { app: 'envoy' } };
export const VLLM = { namespace: 'ai-inference', labels: { app: 'vllm' } };
export const AGENT = { namespace: 'ai-agents', labels: { app: 'agent' } };
export const REDIS = { namespace: 'ai-data', labels: { app: 'redis' } };

/** A record of a connection that passed, unless something else is said. */
export function flow(parts: Partial<FlowRecord> & Pick<FlowRecord, 'source' | 'destination'>): FlowRecord {
  return { protocol: 'TCP', port: 8000, portIs: 'pod', verdict: 'passed', count: 1, ...parts };
}

export interface JudgedOptions extends Partial<JudgeOptions> {
  readonly graph?: GraphData | null;
  /** Manifests as YAML, whose workloads and policies are known. */
  readonly manifests?: string;
}

/** What the records come to against the platform, each on a line of its own. */
export function judged(
  records: readonly FlowRecord[],
  { graph, manifests, ...options }: JudgedOptions = {},
): FlowsFound {
  const data = graph === undefined ? ofPlatform().graph : (graph ?? undefined);
  const read = manifests === undefined ? undefined : readManifests(loadAll(manifests));
  const world = read?.world;
  const facts = data?.cluster;
  const judge = new Judge({
    terms: termsOf(data, world),
    known: { ...(facts && { facts }), ...(world && { world }) },
    ...options,
  });
  for (const [i, record] of records.entries()) judge.record(record, i + 1, '', 'log');
  const held: HeldPolicies | undefined = read && {
    world: read.world,
    plane: planeOf(read).plane,
  };
  return foundFlows(judge, held);
}

/** `undeclared: a -> b TCP/80 x3`, each with `perhaps` in front where it hangs on something. */
export function lines({ entries }: FlowsFound): readonly string[] {
  return entries.map(({ class: of, certainty, from, to, protocol = '?', port = '?', request, count }) => {
    const perhaps = certainty === 'perhaps' ? 'perhaps ' : '';
    return `${perhaps}${of}: ${from.name} -> ${to.name} ${protocol}/${port}${request === undefined ? '' : ` (${request})`} x${count}`;
  });
}

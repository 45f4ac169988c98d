// Random declarations, and flows between ends that are made for them: an oracle that reads the declaration alone says
// which of them are declared. The same cases in each run; RANDOM_SEED and RANDOM_RUNS ask for others.
import fc from 'fast-check';
import { PolicyGraph } from '../../../lib';
import { readManifests } from '../../../lib/analysis';
import type { FlowPoint, FlowRecord } from '../../../lib/flow-logs/flow-record';
import type { FlowsFound } from '../../../lib/flow-logs/judging/found';
import { fromJson } from '../../../lib/graph/json-read';
import { ZeroTrustError } from '../../../lib/model/problem';
import { declare } from '../../random/declare';
import { plans } from '../../random/generator';
import { connectionsOf } from '../../random/judged';
import { type Connection, Oracle, type SampledEnd, type SampledPod } from '../../random/oracle';
import { OTHERS, type Plan } from '../../random/plan';
import { judged } from './records';

const seed = Number(process.env['RANDOM_SEED'] || 1);
const runs = Number(process.env['RANDOM_RUNS'] || 25);

jest.setTimeout(60_000 + runs * 2_000);

describe('flows of a random platform', () => {
  it('are undeclared exactly where nothing declares them, where manifests show all pods', () => {
    const seen = { declared: 0, undeclared: 0, unknown: 0 };
    fc.assert(
      fc.property(plans, (given) => {
        const plan = { ...given, forgetful: false };
        const graph = graphOf(plan);
        if (graph === undefined) return;
        const pods = new Pods();
        const flows = sampled(plan).map(({ isDeclared, connection }) => ({
          isDeclared,
          record: recordOf(connection, (end) => pods.pointOf(end)),
        }));
        const world = readManifests([...pods.objects(), ...namespaces()]).world;
        const known = { facts: graph.cluster, world };
        for (const { isDeclared, record } of flows) {
          const found = judged([record], { graph, known });
          const said = saidOf(found);
          if (said === 'unknown') seen.unknown++;
          else {
            seen[isDeclared ? 'declared' : 'undeclared']++;
            if ((said === 'declared') !== isDeclared) throw new Error(`${said}: ${JSON.stringify(record)}`);
          }
        }
      }),
      { seed, numRuns: runs },
    );
    expect(seen.declared).toBeGreaterThan(50 * runs);
    expect(seen.undeclared).toBeGreaterThan(100 * runs);
    expect(seen.unknown).toBeLessThan((seen.declared + seen.undeclared) / 2);
  });

  it('are never called what they are not, where the log has labels alone, and not all of them', () => {
    const seen = { surely: 0, perhaps: 0 };
    fc.assert(
      fc.property(plans, (given) => {
        const plan = { ...given, forgetful: false };
        const graph = graphOf(plan);
        if (graph === undefined) return;
        let turn = 0;
        for (const { isDeclared, connection } of sampled(plan)) {
          const record = recordOf(connection, (end) => withLabels(end, turn++ % 3 === 0));
          const said = saidOf(judged([record], { graph, known: { facts: graph.cluster } }));
          if (said === 'declared' || said === 'undeclared') {
            seen.surely++;
            if ((said === 'declared') !== isDeclared) throw new Error(`${said}: ${JSON.stringify(record)}`);
          } else seen.perhaps++;
        }
      }),
      { seed, numRuns: runs },
    );
    expect(seen.surely).toBeGreaterThan(100 * runs);
    expect(seen.perhaps).toBeGreaterThan(10 * runs);
  });
});

function graphOf(plan: Plan) {
  try {
    return fromJson(PolicyGraph.of(declare(plan)).toJson());
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    return undefined;
  }
}

/** Of the many connections of a plan every third, with what the oracle says. */
function sampled(plan: Plan) {
  const oracle = new Oracle(plan, 'external-only');
  return [...connectionsOf(plan, oracle)]
    .filter(({ protocol }, i) => protocol !== 'ICMP' && i % 3 === 0)
    .map((connection) => ({
      connection,
      isDeclared: oracle.leaves(connection) && oracle.arrives(connection),
    }));
}

function saidOf({ entries, asDeclared }: FlowsFound): 'declared' | 'undeclared' | 'unknown' {
  if (asDeclared.records === 1) return 'declared';
  const [entry] = entries;
  return entry?.class === 'undeclared' && entry.certainty === 'surely' ? 'undeclared' : 'unknown';
}

function recordOf({ from, to, protocol, port }: Connection, pointOf: (end: SampledEnd) => FlowPoint): FlowRecord {
  const of = { source: pointOf(from), destination: pointOf(to) };
  return { ...of, protocol: protocol as FlowRecord['protocol'], port, portIs: 'pod', verdict: 'passed', count: 1 };
}

/** As Hubble shows ends; of some the first label is left out. */
function withLabels({ pod, ip }: SampledEnd, isCut: boolean): FlowPoint {
  if (pod === undefined) return { entity: 'outside', address: ip as string };
  const [first, ...others] = Object.entries(pod.labels);
  const labels = isCut || first === undefined ? others : [first, ...others];
  return { namespace: pod.namespace, labels: Object.fromEntries(labels) };
}

/** Pods by their names, with manifests that show them. */
class Pods {
  private readonly names = new Map<SampledPod, string>();

  pointOf({ pod, ip }: SampledEnd): FlowPoint {
    if (pod === undefined) return { entity: 'outside', address: ip as string };
    const name = this.names.get(pod) ?? `pod-of-${this.names.size}`;
    this.names.set(pod, name);
    return { namespace: pod.namespace, pod: name };
  }

  objects(): unknown[] {
    return [...this.names].map(([{ namespace, labels, ports }, name]) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels },
      spec: {
        containers: [
          {
            name: 'a',
            ports: ports.map((port) => ({ name: port.name, protocol: port.protocol, containerPort: port.number })),
          },
        ],
      },
    }));
  }
}

function namespaces(): unknown[] {
  return Object.entries(OTHERS).map(([name, labels]) => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels },
  }));
}

import type { App } from 'cdk8s';
import fc from 'fast-check';
import { Cluster, type ClusterProps, PolicyProof } from '../../lib';
import { planeOf, readManifests } from '../../lib/analysis';
import type { EngineName } from '../../lib/model/engine-name';
import type { Plane } from '../../lib/model/layer';
import { ZeroTrustError } from '../../lib/model/problem';
import { type PodEnd, passes } from '../engines/decide';
import { asCiliumTakesIt, isOtherThanItsWorkload } from './cilium-names';
import { declare } from './declare';
import { plans } from './generator';
import { connectionsOf } from './judged';
import { type BlockMode, type Connection, Oracle, type SampledEnd } from './oracle';
import type { Plan } from './plan';

const seed = Number(process.env['RANDOM_SEED'] || 1);
const runs = Math.ceil(Number(process.env['RANDOM_RUNS'] || 100) / 8);
/** Of the connections that a plan is asked about, one in so many is asked on every engine. */
const STEP = 11;

jest.setTimeout(60_000 + runs * 10_000);

interface OnEngine {
  readonly make: (props: ClusterProps) => Cluster;
  readonly mode: BlockMode;
}

const ENGINES: Readonly<Record<EngineName, OnEngine>> = {
  kubernetes: { make: (props) => Cluster.kubernetes(props), mode: 'pods' },
  cilium: { make: (props) => Cluster.cilium({ version: '1.20', ...props }), mode: 'external-only' },
  calico: { make: (props) => Cluster.calico({ version: '3.32', ...props }), mode: 'pods' },
  antrea: { make: (props) => Cluster.antrea({ version: '2.7', ...props }), mode: 'pods' },
  'cluster-network-policy': { make: (props) => Cluster.clusterNetworkPolicy(props), mode: 'pods' },
};

describe('a random declaration, on every engine that accepts it', () => {
  it('is proved, and lets through what is declared and nothing else', () => {
    const accepted = new Map<string, number>();
    const seen = { passed: 0, stopped: 0 };
    fc.assert(
      fc.property(plans, (drawn) => {
        const given = { ...drawn, forgetful: false };
        for (const [engine, { make, mode }] of Object.entries(ENGINES)) {
          const plan = engine === 'cilium' ? asCiliumTakesIt(given) : given;
          const app = acceptedBy(plan, make);
          if (app === undefined) continue;
          accepted.set(engine, (accepted.get(engine) ?? 0) + 1);
          const proof = PolicyProof.of(app);
          expect([engine, proof.witnesses]).toEqual([engine, []]);
          expect([engine, proof.isProved]).toEqual([engine, true]);
          expect([
            engine,
            ...differences(plan, planeOn(app, engine as EngineName, mode), mode, seen).slice(0, 3),
          ]).toEqual([engine]);
        }
      }),
      { seed, numRuns: runs },
    );
    for (const engine of Object.keys(ENGINES)) expect([engine, accepted.get(engine)]).toEqual([engine, runs]);
    expect(seen.passed).toBeGreaterThan(20 * runs);
    expect(seen.stopped).toBeGreaterThan(20 * runs);
  });
});

/** What an engine cannot say is refused for a reason of the engine, and for no other. */
function acceptedBy(plan: Plan, make: OnEngine['make']): App | undefined {
  try {
    const app = declare(plan, {}, make);
    PolicyProof.of(app);
    return app;
  } catch (error) {
    if (!(error instanceof ZeroTrustError)) throw error;
    expect(error.problems.map(({ rule }) => rule).filter((rule) => !rule.startsWith('engine-'))).toEqual([]);
    return undefined;
  }
}

function planeOn(app: App, engine: EngineName, ipBlockMode: BlockMode): Plane {
  const manifests = app.charts.flatMap((chart) => chart.toJson());
  const reading = readManifests(manifests);
  const version = Cluster.of(app)._facts.version;
  const { plane, problems } = planeOf(reading, { engine, version, ipBlockMode });
  expect([...reading.problems, ...problems]).toEqual([]);
  return plane;
}

function differences(plan: Plan, plane: Plane, mode: BlockMode, seen: { passed: number; stopped: number }): string[] {
  const oracle = new Oracle(plan, mode);
  const found: string[] = [];
  let turn = 0;
  for (const connection of connectionsOf(plan, oracle)) {
    if (turn++ % STEP !== 0 || connection.protocol === 'ICMP' || !haveAddresses(connection)) continue;
    if (plane.name === 'cilium' && isOtherThanItsWorkload(plan, connection.to)) continue;
    const { protocol, port } = connection;
    const isDeclared = oracle.leaves(connection) && oracle.arrives(connection);
    const isLet = passes(plane, { from: endOf(connection.from), to: endOf(connection.to), protocol, port });
    seen[isLet ? 'passed' : 'stopped']++;
    if (isDeclared !== isLet) found.push(words(plane, connection, isDeclared));
  }
  return found;
}

/** The layers are asked about addresses, and every address can be in a block. */
function haveAddresses({ from, to }: Connection): boolean {
  return from.ip !== undefined && to.ip !== undefined;
}

function endOf({ ip, pod }: SampledEnd): PodEnd | { readonly ip: string } {
  if (pod === undefined) return { ip: ip as string };
  const { namespace, namespaceLabels, labels, ports } = pod;
  return {
    namespaceLabels: { ...namespaceLabels, 'kubernetes.io/metadata.name': namespace },
    labels,
    ip: ip as string,
    ports,
  };
}

function words({ name }: Plane, { from, to, protocol, port }: Connection, isDeclared: boolean): string {
  const said = isDeclared ? 'is declared and kept back' : 'is not declared and let through';
  return `${JSON.stringify(from)} to ${JSON.stringify(to)} ${protocol}/${port} ${said} on ${name}`;
}

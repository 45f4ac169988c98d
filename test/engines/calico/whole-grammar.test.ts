import fc from 'fast-check';
import { calico } from '../../../lib/engines/calico/engine';
import { Beside } from '../../../lib/kinds/beside';
import type { PolicyReading } from '../../../lib/kinds/policy-reading';
import { policyReaderOf } from '../../../lib/kinds/readers';
import type { Plane } from '../../../lib/model/layer';
import { type CalicoObject, type NaiveCluster, naively, type Packet } from '../../naive/calico/policies';
import { answer, type OpenConnection } from '../decide-open';
import { cluster, HOST, namespaceManifests, objects, packets, policy } from './whole-grammar';

const PROTOCOLS: Readonly<Record<number, OpenConnection['protocol']>> = { 6: 'TCP', 17: 'UDP', 132: 'SCTP' };

function readAll(all: readonly CalicoObject[]): PolicyReading[] {
  const manifests = all.map((it) => ({ apiVersion: 'projectcalico.org/v3', ...it }));
  const beside = new Beside([...manifests, ...namespaceManifests], 'default');
  return manifests.map((it) => {
    const reader = policyReaderOf('projectcalico.org', it.kind);
    if (reader === undefined) throw new Error(`no reader of ${it.kind}`);
    return reader.read(it, { beside });
  });
}

function planeOf(readings: readonly PolicyReading[]): Plane {
  return calico.compose({ rules: [], isolations: [], others: readings }, { version: '3.32', ipBlockMode: 'pods' });
}

function connectionOf({ pods, namespaces }: NaiveCluster, { from, to, protocol, port }: Packet): OpenConnection {
  const end = (ip: string): OpenConnection['to'] => {
    const pod = pods.find((it) => it.ip === ip);
    if (pod === undefined) return { ip, ...(ip === HOST && { entity: 'nodes' }) };
    const { labels, namespace, ports } = pod;
    return { ip, labels, namespaceLabels: namespaces[namespace], ports: ports as never };
  };
  return { from: end(from), to: end(to), protocol: PROTOCOLS[protocol] ?? 'other', port };
}

describe('policies of Calico over all of its grammar, read and composed', () => {
  it('pass for certain only what Calico passes, and may pass all that it passes', () => {
    const seen = { passes: 0, stops: 0, open: 0, unread: 0 };
    fc.assert(
      fc.property(objects, fc.array(cluster, { minLength: 2, maxLength: 2 }), (all, clusters) => {
        const readings = readAll(all);
        const problems = readings.flatMap((it) => it.problems);
        expect(problems.filter(({ rule }) => rule !== 'unread-policy')).toEqual([]);
        if (problems.length > 0) {
          seen.unread++;
          return;
        }
        const plane = planeOf(readings);
        expect(plane.problems).toBeUndefined();
        for (const one of clusters) {
          const passes = naively(all, one);
          for (const packet of packets) {
            const truth = passes(packet);
            const { must, may } = answer(plane, connectionOf(one, packet));
            if ((must && !truth) || (truth && !may)) expect({ packet, one, must, may }).toEqual({ packet, one, truth });
            seen[must === may ? (truth ? 'passes' : 'stops') : 'open']++;
          }
        }
      }),
      // RUNS and SEED in the environment ask for others.
      { numRuns: Number(process.env.RUNS ?? 120), seed: Number(process.env.SEED ?? 610) },
    );
    if (process.env.RUNS) console.log(seen);
    expect(Math.min(seen.passes, seen.stops)).toBeGreaterThan(15_000);
    expect(seen.open / (seen.passes + seen.stops + seen.open)).toBeLessThan(0.15);
    expect(seen.unread).toBe(0);
  });

  it('are read but for a few', () => {
    const all = fc.sample(policy, { numRuns: 3000, seed: 29 });
    const unread = readAll(all).filter(({ problems }) => problems.length > 0).length;
    expect(unread / all.length).toBeLessThan(0.05);
  });
});

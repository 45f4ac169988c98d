import * as fc from 'fast-check';
import { readManifests } from '../../../lib/analysis';
import { connectivity } from '../../../lib/analysis/connectivity/connectivity';
import { concerning } from '../../../lib/analysis/differences/concerning';
import { differences, type State } from '../../../lib/analysis/differences/differences';
import { jointClasses } from '../../../lib/analysis/differences/joint-classes';
import { pairChanges } from '../../../lib/analysis/differences/pair-changes';
import { policyChanges } from '../../../lib/analysis/differences/policy-changes';
import { touchedWorkloads } from '../../../lib/analysis/differences/touched';
import { VerdictChanges } from '../../../lib/analysis/differences/verdict-changes';
import { compose } from '../../../lib/engines/kubernetes/compose';
import * as ips from '../../../lib/model/ip-set';
import type { IpBlockMode, Layer } from '../../../lib/model/layer';
import { portsText } from '../../../lib/model/port-set';
import { howMany } from '../../how-many';
import { planeOfLayers, randomLayers } from '../random-planes';
import { type Manifest, randomWorlds } from '../random-worlds';

// What is asked of the touched alone is what is asked of everything.

const modes = fc.constantFrom<IpBlockMode>('pods', 'may', 'external-only');

/** A world, and the same where a few of its objects are gone, or are those of another world. */
const fewOtherwise = fc
  .record({
    world: randomWorlds({ addressed: true }),
    other: randomWorlds({ addressed: true }),
    gone: fc.array(fc.nat({ max: 40 }), { maxLength: 2 }),
    changed: fc.array(fc.nat({ max: 40 }), { maxLength: 4 }),
  })
  .map(({ world: { manifests }, other, gone, changed }) => {
    const has = (list: readonly number[], i: number) => list.some((each) => each % manifests.length === i);
    const others = new Map(other.manifests.map((it) => [keyOf(it), it]));
    return {
      before: manifests,
      after: manifests.flatMap((it, i) => {
        if (has(gone, i)) return [];
        return [has(changed, i) ? (others.get(keyOf(it)) ?? it) : it];
      }),
    };
  });

/** The addresses that pods can have, by which a block of which no pod is known may have some, all or none. */
const podRanges = fc.constantFrom(undefined, '10.0.0.0/8', '10.0.0.0/29', '192.0.2.0/24');

/** Of these pods no address is known. */
const unaddressed = fc.array(fc.nat({ max: 6 }), { maxLength: 5 });

function withoutAddresses(manifests: readonly Manifest[], positions: readonly number[]): readonly Manifest[] {
  return manifests.map((manifest) => {
    const { name } = manifest['metadata'] as { name: string };
    if (manifest['kind'] !== 'Pod' || !positions.some((i) => name === `p${i}`)) return manifest;
    const { status: _, ...rest } = manifest as Manifest & { status?: unknown };
    return rest;
  });
}

/** Union layers with everything that rules can say, and the same without some of what they say. */
const unions = fc
  .record({ layers: randomLayers({ hasUnknowns: true }), gone: fc.array(fc.nat(), { minLength: 1, maxLength: 2 }) })
  .map(({ layers, gone }) => {
    const all = layers.map((layer) => ({ ...layer, order: 'union' as const }));
    const has = (i: number) => gone.some((each) => each % 8 === i);
    return {
      before: all,
      after: all.map((layer, at) => ({
        ...layer,
        rules: layer.rules.filter((_, i) => at > 0 || !has(i)),
        isolations: layer.isolations.filter((_, i) => at > 0 || !has(i + 6)),
      })),
    };
  });

const labels = fc.constantFrom('a', 'b');

function namespaceY(team: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'y', labels: { team } } };
}

/** Lets namespaces with this label into x. */
function openTo(team: string): Manifest {
  const from = [{ namespaceSelector: { matchLabels: { team } } }];
  const spec = { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from }] };
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'open', namespace: 'x' },
    spec,
  };
}

describe('differences that are asked of what is touched', () => {
  it('are those of the whole, whatever objects are gone or otherwise', () => {
    let changed = 0;
    fc.assert(
      fc.property(fewOtherwise, modes, ({ before, after }, mode) => {
        const [old, own] = [stateOf(before, mode), stateOf(after, mode)];
        const whole = differences(old, own, { isWhole: true });
        if (whole.changes.length > 0) changed++;
        expect(differences(old, own)).toEqual(whole);
        expect(differences(own, old)).toEqual(differences(own, old, { isWhole: true }));
      }),
      { numRuns: howMany(100) },
    );
    expect(changed).toBeGreaterThan(howMany(40));
  });

  it('are those of the whole where it is not known in which blocks pods are', () => {
    let changed = 0;
    let fewer = 0;
    fc.assert(
      fc.property(fewOtherwise, modes, podRanges, unaddressed, ({ before, after }, mode, range, positions) => {
        const [old, own] = [before, after].map((manifests) => ({
          ...stateOf(withoutAddresses(manifests, positions), mode),
          ...(range !== undefined && { podAddresses: ips.fromBlock(range) }),
        }));
        const whole = differences(old, own, { isWhole: true });
        if (whole.changes.length > 0) changed++;
        const touched = touchedWorkloads(old, own, policyChanges(old.plane, own.plane));
        if (touched !== undefined && rulesOf(concerning(touched, old, own).before) < rulesOf(old)) fewer++;
        expect(differences(old, own)).toEqual(whole);
        expect(differences(own, old)).toEqual(differences(own, old, { isWhole: true }));
      }),
      { numRuns: howMany(150) },
    );
    expect(changed).toBeGreaterThan(howMany(60));
    expect(fewer).toBeGreaterThan(howMany(30));
  });

  it('are those of the whole where a namespace is relabelled that a policy goes by', () => {
    let changed = 0;
    fc.assert(
      fc.property(randomWorlds({ addressed: true }), labels, labels, ({ manifests }, was, is) => {
        const pods = manifests.filter(({ kind }) => kind === 'Pod');
        const rest = [...pods, openTo('a'), ...manifests.filter(({ kind }) => kind === 'NetworkPolicy').slice(0, 1)];
        const [old, own] = [was, is].map((team) => stateOf([...rest, namespaceY(team)], 'pods'));
        const whole = differences(old, own, { isWhole: true });
        if (whole.changes.length > 0) changed++;
        expect(differences(old, own)).toEqual(whole);
      }),
      { numRuns: howMany(100) },
    );
    expect(changed).toBeGreaterThan(howMany(10));
  });

  it('are those of the whole with denials, hosts, entities, requests and several layers', () => {
    let fewer = 0;
    fc.assert(
      fc.property(
        randomWorlds({ addressed: true }),
        unions,
        modes,
        podRanges,
        unaddressed,
        (all, { before, after }, mode, range, positions) => {
          const manifests = withoutAddresses(all.manifests, positions);
          const { world } = readManifests(manifests.filter(({ kind }) => kind !== 'NetworkPolicy'));
          const podAddresses = range === undefined ? ips.all : ips.fromBlock(range);
          const old = { world, plane: planeOfLayers(before, mode), podAddresses };
          const own = { world, plane: planeOfLayers(after, mode), podAddresses };
          const touched = touchedWorkloads(old, own, policyChanges(old.plane, own.plane));
          if (touched !== undefined && rulesOf(concerning(touched, old, own).before) < rulesOf(old)) fewer++;
          expect(differences(old, own)).toEqual(differences(old, own, { isWhole: true }));
        },
      ),
      { numRuns: howMany(150) },
    );
    expect(fewer).toBeGreaterThan(howMany(30));
  });

  it('are found pair by pair as they are row by row', () => {
    fc.assert(
      fc.property(fewOtherwise, ({ before, after }) => {
        const [old, own] = [stateOf(before, 'pods'), stateOf(after, 'pods')];
        const touched = touchedWorkloads(old, own, policyChanges(old.plane, own.plane));
        const [was, is] = [old, own].map(({ world, plane }) => ({
          workloads: world.workloads,
          byClass: connectivity(world, plane).byClass,
        }));
        const classes = jointClasses(was, is);
        const positions = [...classes.keys()].filter((at) => classes[at].ids.some((id) => touched?.has(id)));
        const found = (at: readonly number[], costOfPair: number) =>
          pairChanges(classes, at, was.byClass, is.byClass, new VerdictChanges(was.byClass, is.byClass), costOfPair);
        const all = found([...classes.keys()], Number.POSITIVE_INFINITY);
        expect(found(positions, 0)).toEqual(all);
        expect(found(positions, Number.POSITIVE_INFINITY)).toEqual(all);
      }),
      { numRuns: howMany(60) },
    );
  });
});

describe('rules about blocks of pods that are not touched', () => {
  const to = (cidr: string, port: number) => ({ to: [{ ipBlock: { cidr } }], ports: [{ port }] });
  const policy = (name: string, spec: object): Manifest => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name, namespace: 'x' },
    spec,
  });
  const pod = (name: string, ip?: string): Manifest => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'x', labels: { app: name } },
    spec: { containers: [{ name: 'c' }] },
    ...(ip !== undefined && { status: { podIPs: [{ ip }] } }),
  });
  const closed = policy('closed', { podSelector: { matchLabels: { app: 'server' } }, policyTypes: ['Ingress'] });
  const out = (name: string, ...egress: object[]) =>
    policy(name, { podSelector: { matchLabels: { app: 'client' } }, policyTypes: ['Egress'], egress });
  const clients = [out('a', to('10.1.0.0/16', 80)), out('b', to('10.2.0.0/16', 443), to('10.1.0.0/16', 443))];

  /** What opens from the client to the server where that is no longer closed. */
  function opened(ip: string | undefined, podAddresses?: string) {
    const rest = [pod('client', '10.9.0.1'), pod('server', ip), ...clients];
    const [old, own] = [[...rest, closed], rest].map((manifests) => ({
      ...stateOf(manifests, 'pods'),
      ...(podAddresses !== undefined && { podAddresses: ips.fromBlock(podAddresses) }),
    }));
    const found = differences(old, own);
    expect(found).toEqual(differences(old, own, { isWhole: true }));
    const touched = touchedWorkloads(old, own, policyChanges(old.plane, own.plane)) ?? new Set();
    const change = found.changes.find(({ from }) => from.kind === 'workloads');
    const toServer = change && { must: portsText(change.after.must), may: portsText(change.after.may) };
    return { toServer, rules: rulesOf(concerning(touched, old, own).before) };
  }

  it('are one for each of these pods where the address of the touched one is not known', () => {
    expect(opened(undefined)).toEqual({ toServer: { must: '-', may: 'TCP/80,443' }, rules: 1 });
  });

  it('are those whose block has the touched pod where its address is known', () => {
    expect(opened('10.1.0.7')).toEqual({ toServer: { must: 'TCP/80,443', may: 'TCP/80,443' }, rules: 2 });
    expect(opened('10.2.0.7')).toEqual({ toServer: { must: 'TCP/443', may: 'TCP/443' }, rules: 1 });
    expect(opened('10.3.0.7')).toEqual({ toServer: undefined, rules: 0 });
  });

  it('are those that have an address that pods can have', () => {
    expect(opened(undefined, '10.3.0.0/16')).toEqual({ toServer: undefined, rules: 0 });
    expect(opened(undefined, '10.1.0.0/24')).toEqual({
      toServer: { must: 'TCP/80,443', may: 'TCP/80,443' },
      rules: 2,
    });
  });
});

describe('what is touched', () => {
  it('is nothing where nothing changed, and not everything where one policy did', () => {
    const counts = fc.sample(randomWorlds({ addressed: true }), { numRuns: 60, seed: 1 }).map(({ manifests }) => {
      expect(touchedOf(manifests, manifests)).toEqual(new Set());
      const last = manifests.findLast(({ kind }) => kind === 'NetworkPolicy');
      const without = manifests.filter((it) => it !== last);
      return (touchedOf(manifests, without)?.size ?? 0) < stateOf(manifests, 'pods').world.workloads.length;
    });
    expect(counts.filter((isLess) => isLess).length).toBeGreaterThan(20);
  });

  it('is not known where an order decides', () => {
    const plane = { ...stateOf([], 'pods').plane, layers: [ranked] };
    const state = { ...stateOf([], 'pods'), plane };
    expect(touchedWorkloads(state, state, [])).toBeUndefined();
  });
});

const ranked: Layer = { name: 'ranked', order: 'ranked', otherwise: 'next', rules: [], isolations: [] };

function touchedOf(before: readonly Manifest[], after: readonly Manifest[]) {
  const [old, own] = [stateOf(before, 'pods'), stateOf(after, 'pods')];
  return touchedWorkloads(old, own, policyChanges(old.plane, own.plane));
}

function stateOf(manifests: readonly Manifest[], ipBlockMode: IpBlockMode): State {
  const reading = readManifests(manifests);
  return { world: reading.world, plane: compose(reading, { ipBlockMode }) };
}

function rulesOf({ plane }: Pick<State, 'plane'>): number {
  return plane.layers.reduce((sum, { rules }) => sum + rules.length, 0);
}

function keyOf(manifest: Manifest): string {
  const { name, namespace } = manifest['metadata'] as { name: string; namespace?: string };
  return `${manifest['kind']} ${namespace} ${name}`;
}

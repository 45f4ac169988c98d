import * as fc from 'fast-check';
import { readManifests } from '../../../lib/analysis';
import type { Change, ChangeEnd } from '../../../lib/analysis/differences/change';
import { type Differences, differences } from '../../../lib/analysis/differences/differences';
import { isWider } from '../../../lib/analysis/differences/verdict-change';
import { compose } from '../../../lib/engines/kubernetes/compose';
import * as ips from '../../../lib/model/ip-set';
import type { Protocol } from '../../../lib/model/port-set';
import * as ports from '../../../lib/model/port-set';
import { howMany } from '../../how-many';
import { type End, mayConnect } from '../../naive/evaluator';
import type { World } from '../../naive/world';
import { worldOf } from '../../naive/world-of';
import { ADDRESSES, type Manifest, PORTS, randomWorlds } from '../random-worlds';

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

/** Two worlds that share most of what they have: what is left of one of them, and what another has put in its place. */
const twoWorlds = fc
  .record({
    one: randomWorlds({ addressed: true }),
    other: randomWorlds({ addressed: true }),
    kept: fc.array(fc.constantFrom('before', 'after', 'both', 'both'), { minLength: 20, maxLength: 20 }),
  })
  .map(({ one, other, kept }) => {
    const names = new Set(one.manifests.map(keyOf));
    const all = [...one.manifests, ...other.manifests.filter((it) => kindOf(it) !== 'Pod' && !names.has(keyOf(it)))];
    const others = new Map(other.manifests.map((it) => [keyOf(it), it]));
    const side = (name: string) =>
      all.filter((_, i) => kept[i % kept.length] === name || kept[i % kept.length] === 'both');
    // Some are there on both sides and say something else: other labels, other rules.
    const after = side('after').map((it, i) => (i % 2 === 0 ? it : (others.get(keyOf(it)) ?? it)));
    return { before: side('before'), after };
  });

describe('the differences of two states', () => {
  it('are exactly those of the naive evaluator, for every pair, address and port', () => {
    fc.assert(
      fc.property(twoWorlds, ({ before, after }) => {
        const found = compared(before, after);
        const [was, is] = [worldOf(before), worldOf(after)].map((world) => ({
          ...world,
          ipBlockMode: 'pods' as const,
        }));
        const wrong = [...pairsOf(was, is)].filter(({ from, to }) => {
          const told = found.changes.filter((change) => has(change.from, from) && has(change.to, to));
          if (told.length > 1) return true;
          return PROTOCOLS.some((protocol) =>
            PORTS.some((port) => {
              const [old, own] = [verdict(was, from, to, protocol, port), verdict(is, from, to, protocol, port)];
              if (told.length === 0) return old !== own;
              return textAt(told[0].before, protocol, port) !== old || textAt(told[0].after, protocol, port) !== own;
            }),
          );
        });
        expect(wrong).toEqual([]);
      }),
      { numRuns: howMany(60) },
    );
  });

  it('are none between a state and itself, and turn round where the states do', () => {
    fc.assert(
      fc.property(twoWorlds, ({ before, after }) => {
        expect(compared(before, before).changes).toEqual([]);
        expect(compared(before, before).policies).toEqual([]);
        const [there, back] = [compared(before, after), compared(after, before)];
        expect(there.paths.added).toBe(back.paths.removed);
        expect(there.paths.widened).toBe(back.paths.narrowed);
        expect(there.paths.changed).toBe(back.paths.changed);
        // Where some of it is surer and some is not, it is less sure both ways.
        const certainty = ({ paths }: Differences) => paths.surer + paths['less-sure'];
        expect(certainty(there)).toBe(certainty(back));
      }),
      { numRuns: howMany(40) },
    );
  });

  it('have a cause, each of them', () => {
    fc.assert(
      fc.property(twoWorlds, ({ before, after }) => {
        expect(compared(before, after).changes.filter(({ causes }) => causes.length === 0)).toEqual([]);
      }),
      { numRuns: howMany(40) },
    );
  });

  it('call wider what lets something through that did not pass', () => {
    fc.assert(
      fc.property(twoWorlds, ({ before, after }) => {
        for (const change of compared(before, after).changes)
          expect(isWider(change.kind)).toBe(!ports.covers(change.before.may, change.after.may));
      }),
      { numRuns: howMany(20) },
    );
  });
});

function compared(before: readonly Manifest[], after: readonly Manifest[]): Differences {
  const [was, is] = [before, after].map((manifests) => {
    const reading = readManifests(manifests);
    expect(reading.problems).toEqual([]);
    return { world: reading.world, plane: compose(reading, { ipBlockMode: 'pods' }) };
  });
  return differences(was, is);
}

/** Every pair of ends of either side but two addresses, and but a pod with itself. */
function* pairsOf(...worlds: readonly World[]) {
  const pods = new Set(worlds.flatMap((world) => world.pods.map(({ namespace, name }) => `${namespace}/Pod/${name}`)));
  const ends = [...pods, ...ADDRESSES];
  for (const from of ends) {
    for (const to of ends) {
      if (from !== to && (from.includes('/') || to.includes('/'))) yield { from, to };
    }
  }
}

/** `-` where an end is not there or nothing passes, `may` where it passes on one node alone. */
function verdict(world: World, from: string, to: string, protocol: Protocol, port: number): string {
  const [source, destination] = [endOf(world, from), endOf(world, to)];
  if (source === undefined || destination === undefined) return '-';
  if (mayConnect(world, source, destination, protocol, port)) return 'must';
  return mayConnect({ ...world, isOneNode: true }, source, destination, protocol, port) ? 'may' : '-';
}

function endOf(world: World, text: string): End | undefined {
  if (!text.includes('/')) return { ip: text };
  return world.pods.find(({ namespace, name }) => `${namespace}/Pod/${name}` === text);
}

function textAt({ must, may }: Change['before'], protocol: Protocol, port: number): string {
  if (ports.hasNumber(must, protocol, port)) return 'must';
  return ports.hasNumber(may, protocol, port) ? 'may' : '-';
}

function has(end: ChangeEnd, text: string): boolean {
  if (end.kind === 'workloads') return end.workloads.includes(text);
  return end.kind === 'addresses' && !text.includes('/') && ips.hasAddress(end.addresses, text);
}

function keyOf(manifest: Manifest): string {
  const { namespace, name } = manifest.metadata as { namespace?: string; name: string };
  return `${kindOf(manifest)} ${namespace} ${name}`;
}

function kindOf(manifest: Manifest): unknown {
  return manifest.kind;
}

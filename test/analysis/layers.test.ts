import * as fc from 'fast-check';
import {
  type Connectivity,
  type ConnectivityOptions,
  connectivity,
  explain,
  mend,
  planeOf,
  readManifests,
} from '../../lib/analysis';
import * as ips from '../../lib/model/ip-set';
import type { IpBlockMode, Plane } from '../../lib/model/layer';
import type { Protocol } from '../../lib/model/port-set';
import * as ports from '../../lib/model/port-set';
import type { World } from '../../lib/model/world';
import { howMany } from '../how-many';
import { drawingFrom, settledPod } from '../naive/settled';
import type { Pod } from '../naive/world';
import { worldOf } from '../naive/world-of';
import {
  type Circumstances,
  type End,
  type EntityName,
  type LayerSpec,
  passesLayers,
  type RuleSpec,
} from './layers-evaluator';
import { HOSTS, METHODS, planeOfLayers, randomLayers } from './random-planes';
import { forgetting, forgettingPods, randomDraws, randomUnknowns, type Unknowns, WORDS } from './random-unknowns';
import { ADDRESSES, type Manifest, PORTS, randomWorlds } from './random-worlds';

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
const RUNS = howMany(60);

describe('connectivity under layers in order', () => {
  it.each<[Circumstances['blocksMeanPods'], number | undefined]>([
    [true, undefined],
    [true, 0],
    [false, 1],
  ])(
    'agrees with the evaluator on every pair, address and port where everything is known (blocks mean pods: %s, narrow up to %s)',
    (blocksMeanPods, mostOfNarrow) => {
      fc.assert(
        fc.property(podsOnly(), randomLayers({ hasUnknowns: false }), (manifests, layers) => {
          const found = judged(manifests, layers, blocksMeanPods ? 'pods' : 'external-only', { mostOfNarrow });
          const wrong = [...questions(manifests, [])].filter((question) => {
            const { must, may } = found.allowed(question.fromId, question.toId, question.protocol, question.port);
            const expected = passesLayers(layers, question, { ...ANY, blocksMeanPods });
            const onOneNode = passesLayers(layers, question, { ...ANY, blocksMeanPods, isOneNode: true });
            return must !== expected || may !== onOneNode;
          });
          expect(wrong).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
  );

  it('has every way in which what is not known may turn out between its bounds', () => {
    let isOpen = 0;
    let asked = 0;
    fc.assert(
      fc.property(
        podsOnly(),
        randomLayers({ hasUnknowns: true }),
        modes(),
        circumstances(),
        fc.tuple(randomUnknowns, randomDraws),
        fc.constantFrom(0, 64),
        (manifests, layers, mode, turned, [unknowns, draws], mostOfNarrow) => {
          const blocksMeanPods = mode === 'may' ? turned.blocksMeanPods : mode === 'pods';
          const found = judged(manifests, layers, mode, { mostOfNarrow }, unknowns);
          const turnedOut = (pods: readonly Pod[]) =>
            forgettingPods(pods, unknowns).map((pod) => settledPod(pod, WORDS, drawingFrom(draws)));
          const wrong = [...questions(manifests, ['nodes', 'api-server', 'ingress'], turnedOut)].filter((question) => {
            const { must, may } = found.allowed(question.fromId, question.toId, question.protocol, question.port);
            asked++;
            if (must !== may) isOpen++;
            const passes = passesLayers(layers, question, { ...turned, blocksMeanPods });
            return (must && !passes) || (passes && !may);
          });
          expect(wrong).toEqual([]);
        },
      ),
      { numRuns: 2 * RUNS, seed: 31 },
    );
    expect(isOpen).toBeGreaterThan(asked / 20);
    expect(isOpen).toBeLessThan(asked * 0.8);
  });

  it('lists and counts exactly what it answers for', () => {
    fc.assert(
      fc.property(
        podsOnly(),
        randomLayers({ hasUnknowns: true }),
        fc.constantFrom(0, 1, 64),
        (manifests, layers, most) => {
          const { world } = readManifests(manifests);
          const found = judged(manifests, layers, 'may', { mostOfNarrow: most });
          const listed = [...found.pairs()];
          const expected = world.workloads.flatMap(({ id: from }) =>
            world.workloads.flatMap(({ id: to }) => {
              const { must, may } = found.between(from, to);
              return from === to || ports.isEmpty(may) ? [] : [[from, to, ports.portsText(must), ports.portsText(may)]];
            }),
          );
          expect(
            listed.map(({ from, to, must, may }) => [from.id, to.id, ports.portsText(must), ports.portsText(may)]),
          ).toEqual(expected);
          expect(found.counts()).toEqual({
            must: listed.filter(({ must }) => !ports.isEmpty(must)).length,
            may: listed.length,
          });
          for (const { id } of world.workloads) expectOutside(found, id);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

it.each([
  ['cilium', ['api-server', 'nodes', 'ingress']],
  ['kubernetes', ['api-server', 'nodes']],
] as const)('lists the entities that there are under %s', (engine, expected) => {
  const reading = readManifests([podOf('client')]);
  const found = connectivity(reading.world, planeOf(reading, { engine }).plane);
  const listed = [...found.entities()].filter(({ direction }) => direction === 'egress').map(({ entity }) => entity);
  expect(listed).toEqual(expected);
});

describe('requests and host names, which connectivity does not see', () => {
  const manifests = [podOf('client'), podOf('server')];
  const on8000: Pick<RuleSpec, 'direction' | 'subject' | 'peers' | 'ports'> = {
    direction: 'egress',
    subject: { labels: { app: 'client' } },
    peers: [{ kind: 'anything' }],
    ports: [{ protocol: 'TCP', first: 8000, length: 1 }],
  };
  const isolations = [{ direction: 'egress', subject: on8000.subject }] as const;
  const requests: RuleSpec = { ...on8000, action: 'allow', method: 'GET' };
  const allowed = (layer: Pick<LayerSpec, 'order' | 'rules'>, to = 'x/Pod/server') =>
    judged(manifests, [{ ...layer, isolations, otherwise: 'deny' }], 'pods').allowed('x/Pod/client', to, 'TCP', 8000);

  it('may pass on a port of which some requests are allowed', () => {
    expect(allowed({ order: 'union', rules: [requests] })).toEqual({ must: false, may: true });
  });

  it('surely pass on a port that is allowed beside its requests, whatever is asked', () => {
    const whole: RuleSpec = { ...on8000, action: 'allow' };
    expect(allowed({ order: 'union', rules: [requests, whole] })).toEqual({ must: true, may: true });
  });

  it('may pass where what is not asked for is denied behind the requests, and not at all where it is before them', () => {
    const deny: RuleSpec = { ...on8000, action: 'deny' };
    expect(allowed({ order: 'ranked', rules: [requests, deny] })).toEqual({ must: false, may: true });
    expect(allowed({ order: 'ranked', rules: [deny, requests] })).toEqual({ must: false, may: false });
  });

  it('may lead to every address outside, and to no pod', () => {
    const byName: RuleSpec = { ...on8000, action: 'allow', peers: [{ kind: 'host', host: 'api.example.com' }] };
    expect(allowed({ order: 'union', rules: [byName] }, '192.0.2.1')).toEqual({ must: false, may: true });
    expect(allowed({ order: 'union', rules: [byName] })).toEqual({ must: false, may: false });
  });
});

describe('entities', () => {
  it('are ends by themselves, and nodes are also what is on their network', () => {
    const manifests = [podOf('client'), podOf('node-agent', { hostNetwork: true })];
    const subject = { labels: { app: 'client' } };
    const toNodes: RuleSpec = {
      direction: 'egress',
      action: 'allow',
      subject,
      peers: [{ kind: 'entity', entity: 'nodes' }],
      ports: [],
    };
    const layer: LayerSpec = {
      order: 'union',
      rules: [toNodes],
      isolations: [{ direction: 'egress', subject }],
      otherwise: 'deny',
    };
    const found = judged(manifests, [layer], 'external-only');
    const allowed = (to: string) => found.allowed('x/Pod/client', to, 'TCP', 443);
    expect(allowed('nodes')).toEqual({ must: true, may: true });
    expect(allowed('x/Pod/node-agent')).toEqual({ must: true, may: true });
    expect(allowed('api-server')).toEqual({ must: false, may: true });
    expect(allowed('192.0.2.1')).toEqual({ must: false, may: false });
  });
});

describe('an explanation under layers in order', () => {
  it('comes to the verdict that connectivity comes to', () => {
    fc.assert(
      fc.property(
        podsOnly(),
        randomLayers({ hasUnknowns: true }),
        modes(),
        picks(),
        (manifests, layers, mode, pick) => {
          const { world } = readManifests(manifests);
          const plane = planeOfLayers(layers, mode);
          const { from, to, protocol, port } = questionOf(world, pick);
          expect(explain(world, plane, { from, to, protocol, port }).allowed).toEqual(
            connectivity(world, plane).allowed(from, to, protocol, port),
          );
        },
      ),
      { numRuns: 4 * RUNS },
    );
  });

  it('names changes that turn a denial for want of an allow: all of them, and none can be left out', () => {
    let denials = 0;
    fc.assert(
      fc.property(
        podsOnly(),
        randomLayers({ hasUnknowns: true }),
        modes(),
        picks(),
        (manifests, layers, mode, pick) => {
          const { world } = readManifests(manifests);
          const plane = planeOfLayers(layers, mode);
          const question = questionOf(world, pick);
          const explanation = explain(world, plane, question);
          for (const end of ['egress', 'ingress'] as const) {
            const { verdict, nearest } = explanation[end];
            expect(nearest !== undefined).toBe(verdict === 'denied');
            if (nearest === undefined || nearest.lacks.some(({ kind }) => kind === 'deny')) continue;
            denials++;
            const verdictWith = (lacks: typeof nearest.lacks) =>
              explain(world, mend(plane, nearest, lacks, explanation.connection), question)[end].verdict;
            expect(verdictWith(nearest.lacks)).not.toBe('denied');
            for (const left of nearest.lacks) {
              expect(verdictWith(nearest.lacks.filter((lack) => lack !== left))).toBe('denied');
            }
          }
        },
      ),
      { numRuns: 6 * RUNS, seed: 32 },
    );
    expect(denials).toBeGreaterThan(RUNS / 2);
  });

  it('names a rule that denies, and whatever is behind it once that is gone, until nothing denies', () => {
    let removed = 0;
    fc.assert(
      fc.property(
        podsOnly(),
        randomLayers({ hasUnknowns: true }),
        modes(),
        picks(),
        (manifests, layers, mode, pick) => {
          const { world } = readManifests(manifests);
          const { protocol, port } = pick;
          const most = layers.reduce((sum, { rules }) => sum + rules.length, 0) + 2 * layers.length;
          for (const { id: from } of world.workloads) {
            for (const { id: to } of world.workloads) {
              let plane = planeOfLayers(layers, mode);
              let explanation = explain(world, plane, { from, to, protocol, port });
              for (let step = 0; !explanation.allowed.may; step++) {
                expect(step).toBeLessThan(most);
                const nearest = explanation.egress.nearest ?? explanation.ingress.nearest;
                if (nearest === undefined) throw new Error('nothing is named');
                if (nearest.lacks[0].kind === 'deny') {
                  removed++;
                  expect(nearest.rule?.action).toBe('deny');
                }
                plane = mend(plane, nearest, nearest.lacks, explanation.connection);
                explanation = explain(world, plane, { from, to, protocol, port });
              }
            }
          }
        },
      ),
      { numRuns: 2 * RUNS, seed: 35 },
    );
    expect(removed).toBeGreaterThan(RUNS);
  });
});

/** For every workload, addresses and entities are listed with what is answered for them. */
function expectOutside(found: Connectivity, id: string): void {
  const addresses = [...found.addresses()].filter(({ workload }) => workload.id === id);
  const entities = [...found.entities()].filter(({ workload }) => workload.id === id);
  for (const direction of ['egress', 'ingress'] as const) {
    const between = (end: string) => textOf(direction === 'egress' ? found.between(id, end) : found.between(end, id));
    const own = addresses.filter((it) => it.direction === direction);
    expect(new Set(own.map(textOf)).size).toBe(own.length);
    for (const address of ADDRESSES) {
      const holding = own.filter((it) => ips.hasAddress(it.addresses, address));
      expect(holding.length === 0 ? ['- -'] : holding.map(textOf)).toEqual([between(address)]);
    }
    // The gateway of Cilium is answered for, and listed under Cilium alone.
    for (const entity of ['nodes', 'api-server'] as const) {
      const listed = entities.filter((it) => it.direction === direction && it.entity === entity).map(textOf);
      expect(listed.length === 0 ? ['- -'] : listed).toEqual([between(entity)]);
    }
  }
}

function textOf({ must, may }: { readonly must: ports.PortSet; readonly may: ports.PortSet }): string {
  return `${ports.portsText(must)} ${ports.portsText(may)}`;
}

const ANY: Circumstances = { blocksMeanPods: true, nodesRunApiServer: false, entityAddress: '10.0.0.1' };

function circumstances(): fc.Arbitrary<Circumstances> {
  return fc.record({
    blocksMeanPods: fc.boolean(),
    method: fc.constantFrom(undefined, ...METHODS),
    host: fc.constantFrom(undefined, ...HOSTS),
    nodesRunApiServer: fc.boolean(),
    entityAddress: fc.constantFrom(...ADDRESSES),
    isOneNode: fc.boolean(),
    isThere: fc.func(fc.boolean()),
  });
}

function podsOnly(): fc.Arbitrary<readonly Manifest[]> {
  return randomWorlds({ addressed: true }).map(({ manifests }) =>
    manifests.filter(({ kind }) => kind !== 'NetworkPolicy'),
  );
}

function modes() {
  return fc.constantFrom<IpBlockMode>('pods', 'external-only', 'may');
}

function judged(
  manifests: readonly Manifest[],
  layers: readonly LayerSpec[],
  mode: IpBlockMode,
  options: ConnectivityOptions = {},
  unknowns: readonly Unknowns[] = [{}],
): Connectivity {
  return connectivity(
    forgetting(readManifests(manifests).world, unknowns),
    planeOfLayers(layers, mode) satisfies Plane,
    options,
  );
}

function podOf(name: string, spec: Manifest = {}): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'x', labels: { app: name } },
    spec: { containers: [{ name: 'c' }], ...spec },
    status: { podIPs: [{ ip: '10.0.0.1' }] },
  };
}

interface Asked {
  readonly from: End;
  readonly fromId: string;
  readonly to: End;
  readonly toId: string;
  readonly protocol: Protocol;
  readonly port: number;
}

function* questions(
  manifests: readonly Manifest[],
  entities: readonly EntityName[],
  turnedOut: (pods: readonly Pod[]) => readonly Pod[] = (pods) => pods,
): Generator<Asked> {
  const ends: [string, End][] = [
    ...turnedOut(worldOf(manifests).pods).map((pod): [string, Pod] => [`${pod.namespace}/Pod/${pod.name}`, pod]),
    ...ADDRESSES.map((ip): [string, End] => [ip, { ip }]),
    ...entities.map((entity): [string, End] => [entity, { entity }]),
  ];
  for (const [fromId, from] of ends) {
    for (const [toId, to] of ends) {
      if (fromId === toId || !('labels' in from || 'labels' in to)) continue;
      for (const protocol of PROTOCOLS) for (const port of PORTS) yield { from, fromId, to, toId, protocol, port };
    }
  }
}

function picks() {
  return fc.record({
    from: fc.nat(),
    to: fc.nat(),
    outside: fc.constantFrom<'from' | 'to' | 'neither'>('from', 'to', 'neither', 'neither'),
    other: fc.constantFrom('nodes', 'api-server', 'ingress', ...ADDRESSES),
    protocol: fc.constantFrom<Protocol>('TCP', 'UDP', 'SCTP'),
    port: fc.constantFrom(...PORTS),
  });
}

type Choice = ReturnType<typeof picks> extends fc.Arbitrary<infer T> ? T : never;

function questionOf({ workloads }: World, { from, to, outside, other, protocol, port }: Choice) {
  const id = (position: number) => workloads[position % workloads.length].id;
  return { from: outside === 'from' ? other : id(from), to: outside === 'to' ? other : id(to), protocol, port };
}

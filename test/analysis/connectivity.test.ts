import * as fc from 'fast-check';
import { type Connectivity, type ConnectivityOptions, connectivity, readManifests } from '../../lib/analysis';
import { compose } from '../../lib/engines/kubernetes/compose';
import * as ips from '../../lib/model/ip-set';
import type { IpBlockMode } from '../../lib/model/layer';
import type { Protocol } from '../../lib/model/port-set';
import * as ports from '../../lib/model/port-set';
import { howMany } from '../how-many';
import { type End, mayConnect } from '../naive/evaluator';
import type { World } from '../naive/world';
import { worldOf } from '../naive/world-of';
import { ADDRESSES, type Manifest, PORTS, randomWorlds } from './random-worlds';

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];
const RUNS = howMany(150);

describe('connectivity', () => {
  it.each<[IpBlockMode & ('pods' | 'external-only'), boolean, number | undefined]>([
    ['pods', true, undefined],
    ['pods', true, 1],
    ['external-only', true, 0],
    ['external-only', false, 2],
  ])(
    'agrees with the naive evaluator on every pair, address and port (ipBlock %s, addresses known: %s, narrow up to %s)',
    (mode, addressed, mostOfNarrow) => {
      fc.assert(
        fc.property(randomWorlds({ addressed }), ({ manifests }) => {
          const found = judged(manifests, mode, { mostOfNarrow });
          const naive = { ...worldOf(manifests), ipBlockMode: mode };
          const wrong = [...questions(naive)].filter(({ from, to, protocol, port, expected, onOneNode }) => {
            const { must, may } = found.allowed(from, to, protocol, port);
            return must !== expected || may !== onOneNode;
          });
          expect(wrong).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
  );

  it('lists exactly the pairs that it answers for, in order, and counts them', () => {
    fc.assert(
      fc.property(randomWorlds({ addressed: true }), fc.constantFrom(0, 1, 64), ({ manifests }, mostOfNarrow) => {
        const { world } = readManifests(manifests);
        const found = judged(manifests, 'may', { mostOfNarrow });
        const listed = [...found.pairs()];
        const keys = listed.map(({ from, to }) => `${from.id} ${to.id}`);
        expect(keys).toEqual([...new Set(keys)].sort());
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
      }),
      { numRuns: RUNS },
    );
  });

  it('lists exactly the addresses that it answers for: one entry a verdict, apart from each other', () => {
    fc.assert(
      fc.property(randomWorlds({ addressed: false }), ({ manifests }) => {
        const { world } = readManifests(manifests);
        const found = judged(manifests, 'pods');
        const listed = [...found.addresses()];
        for (const { id } of world.workloads) {
          for (const direction of ['egress', 'ingress'] as const) {
            const own = listed.filter((it) => it.workload.id === id && it.direction === direction);
            expect(new Set(own.map(({ must, may }) => [must, may].map(ports.portsText).join())).size).toBe(own.length);
            for (const address of ADDRESSES) {
              const holding = own.filter(({ addresses }) => ips.hasAddress(addresses, address));
              const between = direction === 'egress' ? found.between(id, address) : found.between(address, id);
              expect(holding.map(({ may }) => ports.portsText(may))).toEqual(
                ports.isEmpty(between.may) ? [] : [ports.portsText(between.may)],
              );
            }
          }
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('puts what an unknown cluster may do between what the two kinds of clusters do', () => {
    fc.assert(
      fc.property(randomWorlds({ addressed: true }), ({ manifests }) => {
        const unknown = judged(manifests, 'may');
        const kinds = [judged(manifests, 'pods'), judged(manifests, 'external-only')];
        for (const { from, to, protocol, port } of questions(worldOf(manifests))) {
          const answers = kinds.map((kind) => kind.allowed(from, to, protocol, port));
          // Blocks only ever add, so that the two kinds are the bounds themselves.
          expect(unknown.allowed(from, to, protocol, port)).toEqual({
            must: answers.every(({ must }) => must),
            may: answers.some(({ may }) => may),
          });
        }
      }),
      { numRuns: howMany(30) },
    );
  });
});

describe('connectivity of pods whose addresses are not known', () => {
  const manifests = [
    pod('x', 'client'),
    pod('x', 'server'),
    policy('x', 'out', {
      podSelector: { matchLabels: { app: 'client' } },
      policyTypes: ['Egress'],
      egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }], ports: [{ port: 443 }] }],
    }),
  ];
  const ask = (options: ConnectivityOptions) =>
    judged(manifests, 'pods', options).allowed('x/Pod/client', 'x/Pod/server', 'TCP', 443);

  it('says that a block may hold them', () => {
    expect(ask({})).toEqual({ must: false, may: true });
  });

  it('says that it holds them where every address of a pod is in it', () => {
    expect(ask({ podAddresses: ips.fromBlock('10.244.0.0/16') })).toEqual({ must: true, may: true });
  });

  it('says that it does not where no address of a pod is in it', () => {
    expect(ask({ podAddresses: ips.fromBlock('172.16.0.0/16') })).toEqual({ must: false, may: false });
  });
});

describe('blocks of both families in one rule', () => {
  it('have every pod, whatever its address', () => {
    const both = policy('x', 'in', {
      podSelector: { matchLabels: { app: 'server' } },
      ingress: [{ from: [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }] }],
    });
    const ask = (...addresses: string[]) =>
      judged([pod('x', 'client', addresses), pod('x', 'server'), both], 'pods').allowed(
        'x/Pod/client',
        'x/Pod/server',
        'TCP',
        80,
      );
    expect(ask()).toEqual({ must: true, may: true });
    expect(ask('10.0.0.1', '2001:db8::1')).toEqual({ must: true, may: true });
  });
});

describe('connectivity of a pod with two addresses', () => {
  it('is certain only where both may be used', () => {
    const both = (blocks: readonly string[]) =>
      judged(
        [
          pod('x', 'client', ['10.0.0.1', '2001:db8::1']),
          pod('x', 'server', ['10.0.0.2', '2001:db8::2']),
          policy('x', 'in', {
            podSelector: { matchLabels: { app: 'server' } },
            ingress: blocks.map((cidr) => ({ from: [{ ipBlock: { cidr } }] })),
          }),
        ],
        'pods',
      ).allowed('x/Pod/client', 'x/Pod/server', 'TCP', 80);
    expect(both(['10.0.0.0/8'])).toEqual({ must: false, may: true });
    expect(both([])).toEqual({ must: false, may: false });
  });
});

describe('the ends of a question', () => {
  const found = judged([pod('x', 'a')], 'pods');

  it('are workloads and addresses, and anything else is named in the error', () => {
    expect(() => found.allowed('x/Pod/b', 'x/Pod/a', 'TCP', 80)).toThrow("There is no workload 'x/Pod/b'");
    expect(() => found.allowed('10.0.0', 'x/Pod/a', 'TCP', 80)).toThrow("'10.0.0'");
  });

  it('may be one workload twice: one of its pods to another', () => {
    const closed = judged([pod('x', 'a'), policy('x', 'deny', { podSelector: {} })], 'pods');
    expect(found.allowed('x/Pod/a', 'x/Pod/a', 'TCP', 80).must).toBe(true);
    expect(closed.allowed('x/Pod/a', 'x/Pod/a', 'TCP', 80).may).toBe(false);
    expect([...found.pairs()]).toEqual([]);
  });
});

interface Question {
  readonly from: string;
  readonly to: string;
  readonly protocol: Protocol;
  readonly port: number;
  readonly expected: boolean;
  /** Where every pod runs on the same node as those on the host network. */
  readonly onOneNode: boolean;
}

/** Every ordered pair of ends but two addresses, and but a pod with itself. */
function* questions(world: World): Generator<Question> {
  const ends: [string, End][] = [
    ...world.pods.map((it): [string, End] => [`${it.namespace}/Pod/${it.name}`, it]),
    ...ADDRESSES.map((ip): [string, End] => [ip, { ip }]),
  ];
  for (const [from, source] of ends) {
    for (const [to, destination] of ends) {
      if (from === to || ('ip' in source && 'ip' in destination)) continue;
      for (const protocol of PROTOCOLS) {
        for (const port of PORTS) {
          const expected = mayConnect(world, source, destination, protocol, port);
          const isBesideNode = [source, destination].some((end) => 'labels' in end && end.hostNetwork);
          const onOneNode =
            expected ||
            (isBesideNode && mayConnect({ ...world, isOneNode: true }, source, destination, protocol, port));
          yield { from, to, protocol, port, expected, onOneNode };
        }
      }
    }
  }
}

function judged(
  manifests: readonly Manifest[],
  ipBlockMode: IpBlockMode,
  options: ConnectivityOptions = {},
): Connectivity {
  const reading = readManifests(manifests);
  expect(reading.problems).toEqual([]);
  return connectivity(reading.world, compose(reading, { ipBlockMode }), options);
}

function pod(namespace: string, name: string, addresses: readonly string[] = []): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { app: name } },
    spec: { containers: [{ name: 'c' }] },
    status: { podIPs: addresses.map((ip) => ({ ip })) },
  };
}

function policy(namespace: string, name: string, spec: Manifest): Manifest {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name, namespace }, spec };
}

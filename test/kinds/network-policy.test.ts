import { pathText } from '../../lib/kinds/field';
import {
  memoizing,
  type NetworkPolicyReading,
  readNetworkPolicy,
  type Values,
} from '../../lib/kinds/networking.k8s.io';
import { ipsText } from '../../lib/model/ip-set';
import type { RulePeer } from '../../lib/model/layer';
import { podSetText } from '../../lib/model/pod-set';
import { portsText } from '../../lib/model/port-set';

type Json = Readonly<Record<string, unknown>>;

/** What every problem says. */
const TOLD = { rule: expect.stringMatching(/^[a-z-]+$/), what: expect.any(String), allowed: expect.any(String) };

describe('the directions of a NetworkPolicy', () => {
  it.each<[string, Json, string[]]>([
    ['nothing is said', {}, ['ingress']],
    ['the list of types is empty', { policyTypes: [] }, ['ingress']],
    ['the list of types is null', { policyTypes: null }, ['ingress']],
    ['there is an egress rule', { egress: [{}] }, ['ingress', 'egress']],
    ['egress is empty', { egress: [] }, ['ingress']],
    ['egress is null', { egress: null }, ['ingress']],
    ['only Egress is said', { policyTypes: ['Egress'] }, ['egress']],
    ['both are said, in any order', { policyTypes: ['Egress', 'Ingress'] }, ['ingress', 'egress']],
    ['one is said twice', { policyTypes: ['Ingress', 'Ingress'] }, ['ingress']],
  ])('when %s', (_, spec, directions) => {
    const { isolations, problems } = read(spec);
    expect(problems).toEqual([]);
    expect(isolations.map(({ direction }) => direction)).toEqual(directions);
  });

  it('have no rules where they are not asked for, though the rules are read as strictly', () => {
    expect(read({ policyTypes: ['Egress'], ingress: [{}] }).rules).toEqual([]);
    expect(paths(read({ policyTypes: ['Egress'], ingress: [{ from: [{}] }] }))).toEqual(['spec.ingress[0].from[0]']);
  });
});

describe('the rules of a NetworkPolicy', () => {
  it.each<[string, Json, string[]]>([
    ['an absent list isolates and allows nothing', {}, []],
    ['an empty list does the same', { ingress: [] }, []],
    ['a null list does the same', { ingress: null }, []],
    ['an empty rule allows everything', { ingress: [{}] }, ['anything on *']],
    ['a rule that is null is an empty one', { ingress: [null] }, ['anything on *']],
    ['empty peers are every source', { ingress: [{ from: [] }] }, ['anything on *']],
    ['null peers are every source', { ingress: [{ from: null, ports: null }] }, ['anything on *']],
  ])('%s', (_, spec, expected) => {
    expect(rulesText(spec)).toEqual(expected);
  });

  it.each<[string, Json, string]>([
    ['pods alone are of its own namespace', { podSelector: {} }, 'own/{*}'],
    ['pods beside an absent namespace selector too', { podSelector: {}, namespaceSelector: null }, 'own/{*}'],
    ['namespaces alone are all of their pods', { namespaceSelector: { matchLabels: { a: 'b' } } }, '{a=b}/{*}'],
    ['an empty namespace selector is every namespace', { namespaceSelector: {} }, '{*}/{*}'],
    [
      'both together are pods of these namespaces',
      {
        namespaceSelector: { matchLabels: { a: 'b' } },
        podSelector: { matchExpressions: [{ key: 'c', operator: 'Exists' }] },
      },
      '{a=b}/{c}',
    ],
    [
      'a block is its addresses without the excepted',
      { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
      '10.0.0.0/8 except 10.1.0.0/16',
    ],
    [
      'an except that is repeated says nothing more',
      { ipBlock: { cidr: '2001:db8::/32', except: ['2001:db8:1::/48', '2001:db8:1::/48'] } },
      '2001:db8::/32 except 2001:db8:1::/48',
    ],
  ])('%s', (_, peer, expected) => {
    expect(rulesText({ ingress: [{ from: [peer] }] })).toEqual([`${expected} on *`]);
  });

  it.each<[string, unknown, string]>([
    ['a number is TCP', [{ port: 80 }], 'TCP/80'],
    ['a name is TCP', [{ port: 'http' }], 'TCP/http'],
    ['a protocol alone is all its ports', [{ protocol: 'UDP' }], 'UDP/*'],
    ['an entry that is null is all of TCP', [null], 'TCP/*'],
    ['a range has both ends', [{ port: 80, endPort: 90, protocol: 'SCTP' }], 'SCTP/80-90'],
    ['a range of one is one', [{ port: 80, endPort: 80 }], 'TCP/80'],
    ['entries are joined', [{ port: 80 }, { port: 81 }, { port: 53, protocol: 'UDP' }], 'TCP/80-81 UDP/53'],
    [
      'all three protocols are less than everything',
      [{}, { protocol: 'UDP' }, { protocol: 'SCTP' }],
      'TCP/* UDP/* SCTP/*',
    ],
  ])('ports: %s', (_, ports, expected) => {
    expect(rulesText({ ingress: [{ ports }] })).toEqual([`anything on ${expected}`]);
  });

  it('keep their position, so that an explanation can point at them', () => {
    const { rules } = read({ ingress: [{ ports: [{ port: 1 }] }, { ports: [{ port: 2 }] }], egress: [{}] });
    expect(rules.map(({ direction, index }) => `${direction}[${index}]`)).toEqual([
      'ingress[0]',
      'ingress[1]',
      'egress[0]',
    ]);
  });
});

describe('what the API server refuses', () => {
  it.each<[string, Json, string]>([
    ['an unknown field of the spec', { ingres: [] }, 'spec.ingres'],
    ['a field in the wrong case', { PodSelector: {} }, 'spec.PodSelector'],
    ['an unknown field of a rule', { ingress: [{ to: [] }] }, 'spec.ingress[0].to'],
    [
      'an unknown field of a peer',
      { ingress: [{ from: [{ podSelector: {}, ports: [] }] }] },
      'spec.ingress[0].from[0].ports',
    ],
    [
      'an unknown field of a port',
      { egress: [{ ports: [{ port: 80, targetPort: 80 }] }] },
      'spec.egress[0].ports[0].targetPort',
    ],
    ['an unknown field of a selector', { podSelector: { app: 'a' } }, 'spec.podSelector'],
    [
      'an unknown field of a block',
      { ingress: [{ from: [{ ipBlock: { cidr: '10.0.0.0/8', excepts: [] } }] }] },
      'spec.ingress[0].from[0].ipBlock.excepts',
    ],
    ['a type of policy in lower case', { policyTypes: ['ingress'] }, 'spec.policyTypes[0]'],
    ['a type of policy that there is not', { policyTypes: ['Ingress', 'All'] }, 'spec.policyTypes[1]'],
    ['three types', { policyTypes: ['Ingress', 'Egress', 'Ingress'] }, 'spec.policyTypes'],
    ['types that are no list', { policyTypes: 'Ingress' }, 'spec.policyTypes'],
    ['rules that are no list', { ingress: {} }, 'spec.ingress'],
    ['a rule that is text', { ingress: ['all'] }, 'spec.ingress[0]'],
    ['a peer that names nobody', { ingress: [{ from: [{}] }] }, 'spec.ingress[0].from[0]'],
    ['a peer that is null', { ingress: [{ from: [null] }] }, 'spec.ingress[0].from[0]'],
    [
      'a block beside a selector',
      { ingress: [{ from: [{ podSelector: {}, ipBlock: { cidr: '10.0.0.0/8' } }] }] },
      'spec.ingress[0].from[0]',
    ],
    ['a block without cidr', { egress: [{ to: [{ ipBlock: {} }] }] }, 'spec.egress[0].to[0].ipBlock.cidr'],
    [
      'a block that is none',
      { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/33' } }] }] },
      'spec.egress[0].to[0].ipBlock.cidr',
    ],
    [
      'an address for a block',
      { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.1' } }] }] },
      'spec.egress[0].to[0].ipBlock.cidr',
    ],
    [
      'an except that is the block',
      { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.0.0.0/8'] } }] }] },
      'spec.egress[0].to[0].ipBlock.except[0]',
    ],
    [
      'an except outside',
      { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '11.0.0.0/16'] } }] }] },
      'spec.egress[0].to[0].ipBlock.except[1]',
    ],
    [
      'an except of the other family',
      { egress: [{ to: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['2001:db8::/48'] } }] }] },
      'spec.egress[0].to[0].ipBlock.except[0]',
    ],
    [
      'an operator that there is not',
      { podSelector: { matchExpressions: [{ key: 'a', operator: 'Equals', values: ['b'] }] } },
      'spec.podSelector',
    ],
    ['In without values', { podSelector: { matchExpressions: [{ key: 'a', operator: 'In' }] } }, 'spec.podSelector'],
    [
      'Exists with values',
      { podSelector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } },
      'spec.podSelector',
    ],
    ['a label value that is a number', { podSelector: { matchLabels: { version: 1 } } }, 'spec.podSelector'],
    ['a label value that is too long', { podSelector: { matchLabels: { a: 'b'.repeat(64) } } }, 'spec.podSelector'],
    ['a label key with two slashes', { podSelector: { matchLabels: { 'a/b/c': 'd' } } }, 'spec.podSelector'],
    ['port 0', { ingress: [{ ports: [{ port: 0 }] }] }, 'spec.ingress[0].ports[0].port'],
    ['port 65536', { ingress: [{ ports: [{ port: 65536 }] }] }, 'spec.ingress[0].ports[0].port'],
    ['a port that is no whole number', { ingress: [{ ports: [{ port: 80.5 }] }] }, 'spec.ingress[0].ports[0].port'],
    ['a port in quotes', { ingress: [{ ports: [{ port: '80' }] }] }, 'spec.ingress[0].ports[0].port'],
    ['a port name in upper case', { ingress: [{ ports: [{ port: 'HTTP' }] }] }, 'spec.ingress[0].ports[0].port'],
    ['a port that is true', { ingress: [{ ports: [{ port: true }] }] }, 'spec.ingress[0].ports[0].port'],
    ['endPort without port', { ingress: [{ ports: [{ endPort: 80 }] }] }, 'spec.ingress[0].ports[0].endPort'],
    [
      'endPort beside a name',
      { ingress: [{ ports: [{ port: 'http', endPort: 80 }] }] },
      'spec.ingress[0].ports[0].endPort',
    ],
    ['endPort below port', { ingress: [{ ports: [{ port: 81, endPort: 80 }] }] }, 'spec.ingress[0].ports[0].endPort'],
    ['a protocol in lower case', { ingress: [{ ports: [{ protocol: 'tcp' }] }] }, 'spec.ingress[0].ports[0].protocol'],
    ['ICMP', { ingress: [{ ports: [{ protocol: 'ICMP' }] }] }, 'spec.ingress[0].ports[0].protocol'],
  ])('is reported with its place, and the policy then isolates nothing: %s', (_, spec, path) => {
    const reading = read(spec);
    expect(paths(reading)).toContain(path);
    expect(reading.problems.map(({ where }) => where)).toContain(`all.yaml, document 2: NetworkPolicy own/p: ${path}`);
    for (const problem of reading.problems) expect(problem).toMatchObject(TOLD);
    expect(reading.rules).toEqual([]);
    expect(reading.isolations).toEqual([]);
  });

  it.each<[string, Json, string]>([
    ['a name that is none', { metadata: { name: 'No_Name' } }, 'metadata.name'],
    ['no name', { metadata: {} }, 'metadata.name'],
    ['a namespace that is none', { metadata: { name: 'p', namespace: 'a.b' } }, 'metadata.namespace'],
    ['a label of its own that is no text', { metadata: { name: 'p', labels: { a: true } } }, 'metadata.labels.a'],
    [
      'an annotation that is no text',
      { metadata: { name: 'p', annotations: { 'a/b': 1 } } },
      "metadata.annotations['a/b']",
    ],
    ['a field that an object does not have', { metadata: { name: 'p' }, rules: [] }, 'rules'],
    ['an API version that there is not', { apiVersion: 'networking.k8s.io/v2', metadata: { name: 'p' } }, 'apiVersion'],
    ['a spec that is a list', { metadata: { name: 'p' }, spec: [] }, 'spec'],
  ])('is reported of the object itself: %s', (_, object, path) => {
    const reading = readNetworkPolicy({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', ...object });
    expect(paths(reading)).toEqual([path]);
    for (const problem of reading.problems) expect(problem).toMatchObject(TOLD);
  });

  it.each([['text'], [['a list']], [null]])('is reported of what is no object at all: %j', (object) => {
    const reading = readNetworkPolicy(object);
    expect(reading.problems).toContainEqual(expect.objectContaining({ path: [], ...TOLD, allowed: 'an object' }));
    expect(reading.isolations).toEqual([]);
  });

  it.each<[string, Json, string]>([
    ['a block that is missing beside its excepts', { except: ['10.1.0.0/16'] }, 'cidr'],
    ['a block that is no text', { cidr: 10 }, 'cidr'],
    ['a block that is wrong, whose excepts nobody can judge', { cidr: '10.0.0.1/8', except: ['10.1.0.0/16'] }, 'cidr'],
    ['an except that is no text', { cidr: '10.0.0.0/8', except: [5] }, 'except[0]'],
    ['an except that is missing', { cidr: '10.0.0.0/8', except: [null] }, 'except[0]'],
  ])('is reported once: %s', (_, ipBlock, path) => {
    const { problems } = read({ egress: [{ to: [{ ipBlock }] }] });
    expect(problems.map((problem) => pathText(problem.path))).toEqual([`spec.egress[0].to[0].ipBlock.${path}`]);
    expect(problems[0]).toMatchObject(TOLD);
  });

  it('tells a range that has no number to begin at from one that ends before it begins', () => {
    const [nameless] = read({ ingress: [{ ports: [{ port: 'http', endPort: 80 }] }] }).problems;
    const [backwards] = read({ ingress: [{ ports: [{ port: 81, endPort: 80 }] }] }).problems;
    expect(nameless.what).toBe('endPort 80 has no number to begin at');
    expect(backwards.what).toContain('81-80 ends before it begins');
  });

  it('is reported of selectors that are no tree, or have holes', () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.matchLabels = cyclic;
    expect(paths(read({ podSelector: cyclic }))).toContain('spec.podSelector');
    expect(paths(read({ podSelector: { matchExpressions: [null] } }))).toContain('spec.podSelector');
  });

  it('is reported all at once', () => {
    const spec = { policyTypes: ['in'], ingress: [{ from: [{}], ports: [{ port: 0 }] }], egress: [{ to: [{ a: 1 }] }] };
    expect(paths(read(spec)).sort()).toEqual([
      'spec.egress[0].to[0]',
      'spec.egress[0].to[0].a',
      'spec.ingress[0].from[0]',
      'spec.ingress[0].ports[0].port',
      'spec.policyTypes[0]',
    ]);
  });
});

describe('the label of namespaces in a selector of pods', () => {
  const key = 'kubernetes.io/metadata.name';

  it.each<[string, Json, string]>([
    ['as a label of the subject', { podSelector: { matchLabels: { [key]: 'x' } } }, 'spec.podSelector'],
    [
      'as an expression about a peer',
      { ingress: [{ from: [{ podSelector: { matchExpressions: [{ key, operator: 'Exists' }] } }] }] },
      'spec.ingress[0].from[0].podSelector',
    ],
    [
      'as an expression beside another',
      {
        podSelector: {
          matchExpressions: [
            { key: 'app', operator: 'Exists' },
            { key, operator: 'Exists' },
          ],
        },
      },
      'spec.podSelector',
    ],
  ])('is reported, since pods do not carry it: %s', (_, spec, path) => {
    const reading = read(spec);
    expect(paths(reading)).toEqual([path]);
    expect(reading.problems[0]).toMatchObject(TOLD);
    expect(reading.isolations).toEqual([]);
  });
});

describe('what the API server takes', () => {
  it.each<[string, Json]>([
    ['no spec at all', { metadata: { name: 'p' } }],
    ['a spec that is null', { metadata: { name: 'p' }, spec: null }],
    ['a name that is to be generated', { metadata: { generateName: 'p-' } }],
    [
      'what a cluster adds to an object',
      {
        metadata: {
          name: 'p',
          uid: 'u',
          resourceVersion: '1',
          generation: 1,
          creationTimestamp: null,
          managedFields: [],
        },
      },
    ],
  ])('is read: %s', (_, object) => {
    const reading = readNetworkPolicy({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', ...object });
    expect(reading.problems).toEqual([]);
    expect(reading.isolations.map(({ direction, subject }) => `${direction} ${podSetText(subject)}`)).toEqual([
      'ingress default/{*}',
    ]);
  });
});

describe('the policy that a rule is of', () => {
  const object = (metadata: Json) => ({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata });

  it('is named with the file and document that it was read from, where it was', () => {
    const [isolation] = readNetworkPolicy(object({ name: 'p' }), { source: 'all.yaml, document 2' }).isolations;
    const [elsewhere] = readNetworkPolicy(object({ name: 'p' }), { defaultNamespace: 'apart' }).isolations;
    expect(isolation.policy).toStrictEqual({
      kind: 'NetworkPolicy',
      namespace: 'default',
      name: 'p',
      source: 'all.yaml, document 2',
    });
    expect(elsewhere.policy).toStrictEqual({ kind: 'NetworkPolicy', namespace: 'apart', name: 'p' });
  });
});

describe('blocks that stand in one policy', () => {
  const ipBlock = (cidr: string, ...except: string[]) => ({ ipBlock: { cidr, except } });
  const peersOf = (...to: Json[]) => read({ egress: [{ to }] }).rules.flatMap(({ peers }) => peers);

  it('are told apart by their addresses and by their excepts', () => {
    const to = [ipBlock('10.0.0.0/8'), ipBlock('192.0.2.0/24'), ipBlock('10.0.0.0/8', '10.0.0.0/28')];
    expect(peersOf(...to).map(peerText)).toEqual(['10.0.0.0/8', '192.0.2.0/24', '10.0.0.0/8 except 10.0.0.0/28']);
  });

  it('are read once where they are equal, unless they are wrong', () => {
    const [first, second] = peersOf(ipBlock('10.0.0.0/8', '10.0.0.0/28'), ipBlock('10.0.0.0/8', '10.0.0.0/28'));
    expect(first?.kind === 'addresses' && second?.kind === 'addresses' && first.addresses === second.addresses).toBe(
      true,
    );
    expect(paths(read({ egress: [{ to: [ipBlock('10.0.0.1/8'), ipBlock('10.0.0.1/8')] }] }))).toEqual([
      'spec.egress[0].to[0].ipBlock.cidr',
      'spec.egress[0].to[1].ipBlock.cidr',
    ]);
  });
});

describe('one object that stands in several policies', () => {
  it('means the own namespace of each of them, where it names none', () => {
    const peer = { podSelector: { matchLabels: { a: 'b' } } };
    expect(inTwoNamespaces(peer).map(({ rules }) => rules.map(({ peers }) => peers.map(peerText)))).toEqual([
      [['one/{a=b}']],
      [['other/{a=b}']],
    ]);
  });

  it('is reported in each of them, where it is wrong', () => {
    const wrong: readonly [Json, string][] = [
      [{ namespaceSelector: { matchLabels: { 'a b': 'c' } } }, '.namespaceSelector'],
      [{ namespaceSelector: {}, podSelector: { matchLabels: { 'a b': 'c' } } }, '.podSelector'],
      [{ ipBlock: { cidr: '10.0.0.1/8' } }, '.ipBlock.cidr'],
      [{ namespaceSelector: {}, nobody: {} }, '.nobody'],
    ];
    for (const [peer, path] of wrong) {
      const place = `spec.ingress[0].from[0]${path}`;
      expect(inTwoNamespaces(peer).map(paths)).toEqual([[place], [place]]);
    }
  });

  it('is read once, as are equal ones', () => {
    const peer = () => ({ namespaceSelector: { matchLabels: { a: 'b' } }, podSelector: { matchLabels: { c: 'd' } } });
    const same = peer();
    const values = memoizing();
    const [first, second, third] = [same, same, peer()].map((each) => peersOf(readIn('one', each, values))[0]);
    expect(second).toBe(first);
    expect(third?.kind === 'pods' && first?.kind === 'pods' && third.pods.pods === first.pods.pods).toBe(true);
  });

  function inTwoNamespaces(peer: Json): NetworkPolicyReading[] {
    const values = memoizing();
    return ['one', 'other'].map((namespace) => readIn(namespace, peer, values));
  }

  function readIn(namespace: string, peer: Json, values: Values): NetworkPolicyReading {
    return read({ ingress: [{ from: [peer] }] }, { namespace, values });
  }

  function peersOf({ rules }: NetworkPolicyReading): readonly RulePeer[] {
    return rules.flatMap(({ peers }) => peers);
  }
});

function read(spec: Json, { namespace = 'own', values }: { namespace?: string; values?: Values } = {}) {
  const object = {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'p', namespace },
    spec,
  };
  return readNetworkPolicy(object, { source: 'all.yaml, document 2', values });
}

function paths({ problems }: NetworkPolicyReading): string[] {
  return problems.map(({ path }) => pathText(path));
}

function rulesText(spec: Json): string[] {
  const { rules, problems } = read(spec);
  expect(problems).toEqual([]);
  return rules.map(({ peers, ports }) => `${peers.map(peerText).join(' or ')} on ${portsText(ports)}`);
}

function peerText(peer: RulePeer): string {
  if (peer.kind === 'pods') return podSetText(peer.pods);
  return peer.kind === 'addresses' ? ipsText(peer.addresses) : peer.kind;
}

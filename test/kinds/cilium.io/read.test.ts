import { pathText } from '../../../lib/kinds/field';
import type { PolicyReading } from '../../../lib/kinds/policy-reading';
import { policyReaderOf } from '../../../lib/kinds/readers';
import * as ips from '../../../lib/model/ip-set';
import type { RulePeer } from '../../../lib/model/layer';
import { podSetText } from '../../../lib/model/pod-set';
import * as ports from '../../../lib/model/port-set';
import { requestText } from '../../../lib/model/request-match';
import { ciliumPolicy, clusterwidePolicy, wrongCases } from '../../judges/cilium/invalid';
import type { KubernetesObject } from '../../judges/world';

type Json = Readonly<Record<string, unknown>>;

function read(object: KubernetesObject): PolicyReading {
  const reading = policyReaderOf('cilium.io', object.kind)?.read(object);
  if (reading === undefined) throw new Error(`nobody reads ${object.kind}`);
  return reading;
}

function sound(object: KubernetesObject): PolicyReading {
  const reading = read(object);
  expect(reading.problems).toEqual([]);
  return reading;
}

const ofNamespace = (spec: Json) => sound(ciliumPolicy(spec));
const ofCluster = (spec: Json) => sound(clusterwidePolicy(spec));

/** Each rule on a line: what it does, about whom, with whom, on what. */
function lines({ rules }: PolicyReading): string[] {
  return rules.map(({ action, direction, subject, peers, ports: set, requests, isUncertain }) =>
    [
      isUncertain === true ? `may ${action}` : action,
      direction,
      podSetText(subject),
      peers.map(peerText).join(' + '),
      ports.portsText(set),
      ...(requests === undefined ? [] : [requests.map(requestText).join(' | ')]),
    ].join('; '),
  );
}

function peerText(peer: RulePeer): string {
  switch (peer.kind) {
    case 'pods':
      return podSetText(peer.pods);
    case 'addresses':
      return ips.ipsText(peer.addresses);
    case 'hosts':
      return peer.patterns.map((pattern) => `${pattern.kind} ${'under' in pattern ? pattern.under : ''}`).join(', ');
    case 'entity':
      return `<${peer.entity}>`;
    case 'anything':
      return '*';
  }
}

const isolated = ({ isolations }: PolicyReading) => isolations.map(({ direction }) => direction).join(' ');
const ingress = (rule: Json) => lines(ofNamespace({ ingress: [rule] }));
const egress = (rule: Json) => lines(ofNamespace({ egress: [rule] }));
const web = { matchLabels: { app: 'web' } };
const tcp80 = [{ ports: [{ port: '80', protocol: 'TCP' }] }];

describe('what Cilium refuses, or we do not understand', () => {
  it.each(wrongCases.map((one) => [one.what, one] as const))(
    '%s is reported where it stands',
    (_, { object, path }) => {
      const { problems, rules, isolations } = read(object);
      expect([rules, isolations]).toEqual([[], []]);
      expect(problems.map((problem) => pathText(problem.path)).some((at) => at.startsWith(path))).toBe(true);
      for (const { what, allowed } of problems) {
        expect(what).not.toMatch(/[.]$/);
        expect(allowed).toBeDefined();
      }
    },
  );

  it.each<[string, Json]>([
    ['toRequires', { egress: [{ toRequires: [web] }] }],
    ['fromRequires', { ingress: [{ fromRequires: [web] }] }],
    [
      'rules of an extension of the proxy',
      { ingress: [{ toPorts: [{ ...tcp80[0], rules: { l7proto: 'x', l7: [{ a: 'b' }] } }] }] },
    ],
    ['nodes by label', { ingress: [{ fromNodes: [web] }] }],
    ['the beginning of TLS', { egress: [{ toPorts: [{ ...tcp80[0], originatingTLS: { secret: { name: 'x' } } }] }] }],
  ])('%s is no silence', (_, spec) => {
    expect(read(ciliumPolicy(spec)).problems.map(({ rule }) => rule)).toContain('unread-policy');
  });
});

describe('a policy of Cilium', () => {
  it('trap 1: denies by a rule that names nobody, which a NetworkPolicy takes for everybody', () => {
    const reading = ofNamespace({ ingress: [{}], egress: [{}] });
    expect([lines(reading), isolated(reading)]).toEqual([[], 'ingress egress']);
  });

  it('trap 1: isolates nobody by an empty list, since the agent refuses it', () => {
    const { problems, isolations } = read(ciliumPolicy({ ingress: [] }));
    expect([isolations, problems.map(({ rule }) => rule)]).toEqual([[], ['cilium-no-rules']]);
  });

  it('is about its own namespace: one in matchLabels is replaced by it, and any other way of asking for another selects nobody', () => {
    const place = { 'k8s:io.kubernetes.pod.namespace': 'other' };
    const of = (matchLabels: Json) => ofNamespace({ endpointSelector: { matchLabels }, ingress: [{}] }).isolations;
    expect(of({ app: 'web' }).map(({ subject }) => podSetText(subject))).toEqual(['shop/{app=web}']);
    expect(of(place).map(({ subject }) => podSetText(subject))).toEqual(['shop/{*}']);
    const other = { key: 'k8s:io.kubernetes.pod.namespace', operator: 'In', values: ['other'] };
    const asked = ofNamespace({ endpointSelector: { matchExpressions: [other] }, ingress: [{}] });
    expect(asked.isolations.map(({ subject }) => podSetText(subject))).toEqual(['{!*}/{*}']);
    expect(of({ 'io.kubernetes.pod.namespace': 'other' }).map(({ subject }) => podSetText(subject))).toEqual([
      '{!*}/{*}',
    ]);
  });

  it('trap 10: takes peers without a namespace for those of its own, and of any in a cluster-wide policy', () => {
    expect(ingress({ fromEndpoints: [{}, web] })).toEqual(['allow; ingress; shop/{*}; shop/{*} + shop/{app=web}; *']);
    expect(lines(ofCluster({ ingress: [{ fromEndpoints: [{}, web] }] }))).toEqual([
      'allow; ingress; {*}/{*}; {*}/{*} + {*}/{app=web}; *',
    ]);
  });

  it('knows namespaces by name and by label, with or without the source of labels', () => {
    const named = (key: string, value: string) => ingress({ fromEndpoints: [{ matchLabels: { [key]: value } }] })[0];
    for (const source of ['', 'any:', 'k8s:']) {
      expect(named(`${source}io.kubernetes.pod.namespace`, 'orders')).toContain('; orders/{*};');
      expect(named(`${source}io.cilium.k8s.namespace.labels.team`, 'red')).toContain('; {team=red}/{*};');
      expect(named(`${source}io.cilium.k8s.namespace.labels.kubernetes.io/metadata.name`, 'x')).toContain('; x/{*};');
      expect(named(`${source}app.kubernetes.io/name`, 'web')).toContain('; shop/{app.kubernetes.io/name=web};');
    }
  });

  it('knows for no pod what its cluster and service account are, and what the agent takes for its identity', () => {
    for (const key of [
      'k8s:io.cilium.k8s.policy.serviceaccount',
      'io.cilium.k8s.policy.cluster',
      'pod-template-hash',
    ]) {
      const peer = { matchLabels: { [key]: 'x', app: 'web' } };
      expect(ingress({ fromEndpoints: [peer, web] })).toEqual([
        'allow; ingress; shop/{*}; shop/{app=web}; *',
        'may allow; ingress; shop/{*}; shop/{app=web}; *',
      ]);
      const asked = ofNamespace({ endpointSelector: peer, ingress: [{}, { fromEntities: ['all'] }] });
      expect(lines(asked)).toEqual(['may allow; ingress; shop/{app=web}; *; *']);
      expect(asked.isolations.map(({ isUncertain }) => isUncertain)).toEqual([true]);
    }
  });

  it('reads spec and each of specs as a policy of its own', () => {
    const one = { endpointSelector: web, ingress: [{ fromEntities: ['all'] }] };
    const two = { endpointSelector: {}, egress: [{}] };
    const reading = sound({ ...ciliumPolicy({}), spec: one, specs: [two] } as KubernetesObject);
    expect(lines(reading)).toEqual(['allow; ingress; shop/{app=web}; *; *']);
    expect(reading.isolations.map(({ direction, subject }) => `${direction} ${podSetText(subject)}`)).toEqual([
      'ingress shop/{app=web}',
      'egress shop/{*}',
    ]);
  });

  it('about nodes is about no pod', () => {
    const reading = ofCluster({ endpointSelector: undefined, nodeSelector: {}, ingress: [{ fromEntities: ['all'] }] });
    expect([reading.rules, reading.isolations]).toEqual([[], []]);
  });
});

describe('default deny of Cilium', () => {
  it.each<[string, Json, string]>([
    ['comes with rules that allow', { ingress: [{}] }, 'ingress'],
    ['comes with rules that deny', { egressDeny: [{}] }, 'egress'],
    ['is left out where it is said', { ingress: [{}], egress: [{}], enableDefaultDeny: { ingress: false } }, 'egress'],
    [
      'is not made by saying it where there is no rule',
      { ingress: [{}], enableDefaultDeny: { egress: true } },
      'ingress',
    ],
  ])('%s', (_, spec, expected) => {
    expect(isolated(ofNamespace(spec))).toBe(expected);
  });
});

describe('peers of Cilium', () => {
  it.each<[string, Json, string]>([
    ['the world is every address', { fromEntities: ['world'] }, '0.0.0.0/0, ::/0'],
    ['all is anything', { fromEntities: ['all'] }, '*'],
    [
      'the cluster is its pods, nodes, API server and the proxies of Ingress',
      { fromEntities: ['cluster'] },
      '{*}/{*} + <nodes> + <api-server> + <ingress>',
    ],
    ['nodes are the host and the others', { fromEntities: ['remote-node', 'host'] }, '<nodes>'],
    ['the API server', { fromEntities: ['kube-apiserver'] }, '<api-server>'],
    ['the proxies of Ingress and the Gateway API', { fromEntities: ['ingress'] }, '<ingress>'],
    ['blocks', { fromCIDR: ['192.0.2.0/24', '2001:db8::/32'] }, '192.0.2.0/24, 2001:db8::/32'],
    [
      'blocks without a part',
      { fromCIDRSet: [{ cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] }] },
      '10.0.0.0/8 except 10.1.0.0/16',
    ],
  ])('%s', (_, rule, expected) => {
    expect(ingress(rule)).toEqual([`allow; ingress; shop/{*}; ${expected}; *`]);
  });

  it.each<[string, Json]>([
    ['no entity', { fromEntities: ['none'] }],
    ['an empty list of pods', { fromEndpoints: [], toPorts: tcp80 }],
    ['an empty list of blocks', { fromCIDRSet: [], toPorts: tcp80 }],
    ['messages of ICMP', { fromEndpoints: [web], icmps: [{ fields: [{ type: 8 }] }] }],
  ])('%s lets nothing through', (_, rule) => {
    expect(ingress(rule)).toEqual([]);
  });

  it('an empty list of host names is no list, so that ports without peers are for everybody', () => {
    expect(egress({ toFQDNs: [], toPorts: tcp80 })).toEqual(['allow; egress; shop/{*}; *; TCP/80']);
  });

  it('are host names in the words of the model, where there is one', () => {
    const of = (name: Json) => ofNamespace({ egress: [{ toFQDNs: [name] }] }).rules[0]?.peers[0];
    const pattern = (matchPattern: string) => of({ matchPattern });
    expect(of({ matchName: 'API.example.com.' })).toEqual(hosts({ kind: 'exact', name: 'api.example.com' }));
    expect(pattern('api.example.com')).toEqual(hosts({ kind: 'exact', name: 'api.example.com' }));
    expect(pattern('*.example.com')).toEqual(hosts({ kind: 'one-label', under: 'example.com' }));
    expect(pattern('**.example.com')).toEqual(hosts({ kind: 'any-depth', under: 'example.com' }));
    expect(pattern('*')).toEqual(hosts({ kind: 'any' }));
    for (const text of ['api*.example.com', '*example.com', 'a.*.com', '*.*.com']) {
      expect(pattern(text)).toEqual(hosts({ kind: 'opaque', text }));
    }
  });
});

function hosts(pattern: object) {
  return { kind: 'hosts', patterns: [pattern] };
}

describe('ports of Cilium', () => {
  it.each<[string, Json, string]>([
    ['a number', { port: '80', protocol: 'TCP' }, 'TCP/80'],
    ['any protocol is TCP, UDP and SCTP', { port: '80', protocol: 'ANY' }, 'TCP/80 UDP/80 SCTP/80'],
    ['no protocol is any', { port: '80' }, 'TCP/80 UDP/80 SCTP/80'],
    ['a range', { port: '80', endPort: 90, protocol: 'TCP' }, 'TCP/80-90'],
    ['a name, whatever its case', { port: 'HTTP', protocol: 'TCP' }, 'TCP/http'],
    ['0 is every port', { port: '0', protocol: 'UDP' }, 'UDP/*'],
    ['every port of any protocol is less than everything', { port: '0' }, 'TCP/* UDP/* SCTP/*'],
  ])('%s', (_, entry, expected) => {
    expect(ingress({ fromEndpoints: [{}], toPorts: [{ ports: [entry] }] })).toEqual([
      `allow; ingress; shop/{*}; shop/{*}; ${expected}`,
    ]);
  });
});

describe('requests of Cilium', () => {
  const http = (...rules: Json[]) => {
    const [rule] = ofNamespace({ ingress: [{ toPorts: [{ ...tcp80[0], rules: { http: rules } }] }] }).rules;
    return rule?.requests;
  };

  it('trap 2: an empty list limits nothing, and a rule for ports beside it stays a rule of its own', () => {
    expect(http()).toBeUndefined();
    const [one, two] = ofNamespace({
      ingress: [{ toPorts: [{ ...tcp80[0], rules: { http: [{ method: 'GET' }] } }] }, { toPorts: tcp80 }],
    }).rules;
    expect([one?.requests !== undefined, two?.requests]).toEqual([true, undefined]);
  });

  it('are every HTTP request where a rule says no more', () => {
    expect(http({})).toEqual([{ protocol: 'http' }]);
    expect(http({ path: '.*', method: '.*', host: '.*' })).toEqual([{ protocol: 'http' }]);
  });

  it('are understood where they say what the model can say', () => {
    expect(
      http({
        method: 'POST|GET',
        path: '/v1\\.0/[^/?]+(/[^?]*)?(\\?.*)?',
        host: 'a\\.b(:[0-9]+)?',
        headers: ['X-B', 'x-a'],
      }),
    ).toEqual([
      {
        protocol: 'http',
        methods: ['GET', 'POST'],
        path: { segments: ['v1.0', undefined], below: true },
        host: 'a.b',
        headers: ['x-a', 'x-b'],
      },
    ]);
  });

  it.each<[string, Json]>([
    ['a path that takes no query', { path: '/v1' }],
    ['a dot that is any character', { path: '/v1.0(\\?.*)?' }],
    ['a prefix that does not end at a segment', { path: '/v1.*' }],
    ['a class', { path: '/v[12](\\?.*)?' }],
    ['a choice', { path: '/a|/b(\\?.*)?' }],
    ['a class by a letter', { path: '/\\d(\\?.*)?' }],
    ['a part of a segment that is free', { path: '/a[^/?]+(\\?.*)?' }],
    ['a method in lower case', { method: 'get' }],
    ['a method that may be longer', { method: 'GET.*' }],
    ['a host that may be another', { host: 'a.b(:[0-9]+)?' }],
    ['a host without its port', { host: 'a\\.b' }],
    ['a header with a value', { headers: ['x-team red'] }],
    [
      'a header match, which may let through what it does not match',
      { headerMatches: [{ name: 'x', mismatch: 'LOG' }] },
    ],
  ])('are opaque with %s', (_, rule) => {
    expect(http(rule)).toEqual([expect.objectContaining({ protocol: 'opaque', text: JSON.stringify(rule) })]);
  });

  it.each<[Json, unknown]>([
    [
      { method: 'GET', path: '/v1' },
      { method: 'GET', path: '/v1', isAll: true },
    ],
    [
      { path: '/v1', host: 'a' },
      { path: '/v1', isAll: false },
    ],
    [
      { path: '/v1', headers: ['x-a'] },
      { path: '/v1', isAll: false },
    ],
  ])('keep the expressions of %j, and whether they are all', (rule, expected) => {
    expect(http(rule)?.[0]).toHaveProperty('regexes', expected);
  });

  it('keep no expression beside a header match', () => {
    expect(http({ path: '/v1', headerMatches: [{ name: 'x', mismatch: 'LOG' }] })?.[0]).not.toHaveProperty('regexes');
  });

  it('are topics of Kafka by role', () => {
    const kafka = (rule: Json) =>
      ofNamespace({ ingress: [{ toPorts: [{ ...tcp80[0], rules: { kafka: [rule] } }] }] }).rules[0]?.requests;
    expect(kafka({ role: 'produce', topic: 'orders' })).toEqual([
      { protocol: 'kafka', role: 'produce', topic: 'orders' },
    ]);
    const ofKafka = { protocol: 'opaque', of: 'kafka', text: '{"topic":"orders"}' };
    expect(kafka({ topic: 'orders' })).toEqual([ofKafka]);
  });

  it('are queries of DNS by pattern', () => {
    const dns = (...rules: Json[]) => {
      const entry = { ports: [{ port: '53', protocol: 'ANY' }], rules: { dns: rules } };
      return ofNamespace({ egress: [{ toEndpoints: [{}], toPorts: [entry] }] }).rules[0]?.requests;
    };
    expect(dns({ matchPattern: '*' })).toEqual([{ protocol: 'dns', pattern: '*' }]);
    expect(dns({ matchName: 'Example.com.' })).toEqual([{ protocol: 'dns', pattern: 'example.com' }]);
  });
});

describe('denies of Cilium', () => {
  it('are rules of their own kind', () => {
    expect(lines(ofCluster({ egressDeny: [{ toCIDR: ['169.254.169.254/32'] }] }))).toEqual([
      'deny; egress; {*}/{*}; 169.254.169.254/32; *',
    ]);
  });
});

import { podSetText } from '../../../lib/model/pod-set';
import { type Json, read, readBeside, readEgress, readGlobal, readIngress, texts } from './calico';

describe('the peers of a rule of Calico', () => {
  it.each<[string, Json, string]>([
    ['nobody named is everybody', {}, 'anything'],
    ['a selector alone means the namespace of the policy', { selector: "app == 'x'" }, 'own/{app=x}'],
    ['all() alone too', { selector: 'all()' }, 'own/{*}'],
    ['an empty selector says nothing', { selector: '' }, 'anything'],
    ['a namespaceSelector alone means all pods of these', { namespaceSelector: "team == 'ml'" }, '{team=ml}/{*}'],
    ['all() of namespaces means every pod', { namespaceSelector: 'all()' }, '{*}/{*}'],
    ['a namespace by its name', { namespaceSelector: "projectcalico.org/name == 'models'" }, 'models/{*}'],
    [
      'the label that Kubernetes gives it',
      { namespaceSelector: "kubernetes.io/metadata.name == 'models'" },
      'models/{*}',
    ],
    ['both', { namespaceSelector: 'has(team)', selector: "app != 'x'" }, '{team}/{app!=x}'],
    [
      'the namespace of a pod by its label',
      { selector: "projectcalico.org/namespace in {'a', 'b'}", namespaceSelector: 'all()' },
      '{kubernetes.io/metadata.name in (a,b)}/{*}',
    ],
    ['the label of every pod says nothing of pods', { selector: "projectcalico.org/orchestrator == 'k8s'" }, 'own/{*}'],
    ['nets', { nets: ['10.0.0.0/8', '192.0.2.0/24'] }, '10.0.0.0/8, 192.0.2.0/24'],
    ['nets but for some', { nets: ['10.0.0.0/8'], notNets: ['10.1.0.0/16'] }, '10.0.0.0/8 except 10.1.0.0/16'],
    ['notNets alone leave every other address', { notNets: ['0.0.0.0/1'] }, '128.0.0.0/1, ::/0'],
  ])('%s', (_, source, expected) => {
    expect(texts(readIngress({ action: 'Allow', source }))).toEqual([`allow own/{*} from ${expected} on *`]);
  });

  it('of a cluster-wide policy are pods where the selector only holds in a namespace', () => {
    const peers = [
      { namespaceSelector: 'all()', selector: "app == 'x'" },
      { selector: "projectcalico.org/orchestrator == 'k8s' && app == 'x'" },
      { selector: "has(projectcalico.org/namespace) && app == 'x'" },
      { selector: "!(projectcalico.org/orchestrator != 'k8s')", namespaceSelector: '!has(team)' },
    ];
    for (const source of peers.slice(0, 3)) {
      expect(texts(readGlobal({ ingress: [{ action: 'Allow', source }] }))).toEqual([
        'allow {*}/{*} from {*}/{app=x} on *',
      ]);
    }
    expect(texts(readGlobal({ ingress: [{ action: 'Allow', source: peers[3] }] }))).toEqual([
      'allow {*}/{*} from {!team}/{*} on *',
    ]);
  });

  it.each<[string, Json, string]>([
    ['any selector of a cluster-wide policy', { selector: "app == 'x'" }, '{*}/{app=x}'],
    ['namespaces without a label', { namespaceSelector: '!has(team)' }, '{!team}/{*}'],
    [
      'namespaces but for some',
      { namespaceSelector: "projectcalico.org/name != 'x'" },
      '{kubernetes.io/metadata.name!=x}/{*}',
    ],
    [
      'namespaces but for some, by the label of Kubernetes',
      { namespaceSelector: "kubernetes.io/metadata.name != 'x'" },
      '{kubernetes.io/metadata.name!=x}/{*}',
    ],
  ])('may be host endpoints beside pods: %s', (_, source, pods) => {
    expect(texts(readGlobal({ ingress: [{ action: 'Allow', source }] }))).toEqual([
      `allow {*}/{*} from ${pods} on *`,
      'may allow {*}/{*} from nodes, api-server on *',
    ]);
  });

  it('are host endpoints alone where they are in no namespace', () => {
    expect(texts(readEgress({ action: 'Allow', destination: { namespaceSelector: 'global()' } }))).toEqual([
      'may allow own/{*} to nodes, api-server on *',
    ]);
  });

  it.each<[string, Json, string[]]>([
    ['either of two selectors', { selector: "a == 'x' || b == 'y'" }, ['allow … to own/{a=x}, own/{b=y} on *']],
    ['all but a selector', { notSelector: "app == 'x'" }, ['allow … to own/{app!=x} on *']],
    ['some but for others', { selector: 'has(a)', notSelector: 'has(b)' }, ['allow … to own/{a,!b} on *']],
    [
      'the labels of the namespace of a pod',
      { selector: "pcns.team == 'x'" },
      ['allow … to {kubernetes.io/metadata.name=own,team=x}/{*} on *'],
    ],
    ['whatever a Service leads to', { services: { name: 'web' } }, ['may allow … to anything on *']],
    ['pods by their service account', { serviceAccounts: { names: ['x'] } }, ['may allow … to own/{*} on *']],
    ['the same by its label', { selector: "projectcalico.org/serviceaccount == 'x'" }, ['may allow … to own/{*} on *']],
    ['the same by its own labels', { serviceAccounts: { selector: 'has(team)' } }, ['may allow … to own/{*} on *']],
    ['pods by label and address', { selector: 'has(app)', nets: ['10.0.0.0/8'] }, ['may allow … to own/{app} on *']],
    [
      'a label that the model has of namespaces',
      { selector: 'has(kubernetes.io/metadata.name)' },
      ['may allow … to own/{*} on *'],
    ],
    ['a part of a value', { selector: "a starts with 'x'" }, ['may allow … to own/{a} on *']],
    [
      'not a part of a value',
      { selector: "!a contains 'x'" },
      ['allow … to own/{!a} on *', 'may allow … to own/{a} on *'],
    ],
    [
      'a part of values that are named',
      { selector: "a in {'xy', 'y'} && a starts with 'x'" },
      ['allow … to own/{a=xy} on *'],
    ],
  ])('are worked out as far as manifests go: %s', (_, destination, expected) => {
    expect(texts(readEgress({ action: 'Allow', destination }))).toEqual(
      expected.map((it) => it.replace('…', 'own/{*}')),
    );
  });

  it('of a cluster-wide policy are whatever is left beside a notSelector, be it no endpoint', () => {
    expect(texts(readGlobal({ ingress: [{ action: 'Deny', source: { notSelector: "app == 'x'" } }] }))).toEqual([
      'deny {*}/{*} from {*}/{app!=x} on *',
      'may deny {*}/{*} from anything on *',
    ]);
  });

  it('are not read where there are too many alternatives', () => {
    const selector = Array.from({ length: 7 }, (_, i) => `(has(a${i}) || has(b${i}))`).join(' && ');
    expect(texts(readIngress({ action: 'Allow', source: { selector } }))).toEqual([
      'unread-policy at spec.ingress[0].source',
    ]);
  });

  it('trap 12: all() is pods of the namespace, and no address outside', () => {
    expect(texts(readEgress({ action: 'Allow', destination: { selector: 'all()' } }))).toEqual([
      'allow own/{*} to own/{*} on *',
    ]);
  });
});

describe('the ports of a rule of Calico', () => {
  it.each<[string, Json, string]>([
    ['none said', {}, '*'],
    ['of a protocol', { protocol: 'SCTP' }, 'SCTP/*'],
    ['of a protocol by number', { protocol: 17 }, 'UDP/*'],
    ['of a protocol by number in quotes', { protocol: '132' }, 'SCTP/*'],
    [
      'numbers, ranges and names',
      { protocol: 'TCP', destination: { ports: [80, '443', '8000:8100', 'metrics'] } },
      'TCP/80,443,8000-8100,metrics',
    ],
    ['all but some', { protocol: 'TCP', destination: { notPorts: ['1:1023'] } }, 'TCP/1024-65535'],
    ['some but for others', { protocol: 'UDP', destination: { ports: ['10:20'], notPorts: [15] } }, 'UDP/10-14,16-20'],
    ['a name of any protocol', { destination: { ports: ['dns'] } }, 'TCP/dns UDP/dns SCTP/dns'],
  ])('%s', (_, rule, expected) => {
    expect(texts(readIngress({ action: 'Allow', ...rule }))).toEqual([`allow own/{*} from anything on ${expected}`]);
  });

  it('are nothing that is compared for ICMP, whose rules decide nothing here', () => {
    for (const protocol of ['ICMP', 'ICMPv6', 1, 58]) {
      expect(texts(readIngress({ action: 'Deny', protocol, icmp: { type: 8 } }))).toEqual([]);
    }
  });

  it.each<[string, Json, string[]]>([
    ['source ports', { protocol: 'TCP', source: { ports: [53] } }, ['may TCP/*']],
    ['source ports left out', { protocol: 'TCP', source: { notPorts: [53] } }, ['may TCP/*']],
    ['names left out', { protocol: 'TCP', destination: { notPorts: ['dns'] } }, ['may TCP/*']],
    [
      'names, which may be the numbers left out',
      { protocol: 'TCP', destination: { ports: ['http', 443], notPorts: [80] } },
      ['TCP/443', 'may TCP/http'],
    ],
    ['other protocols', { protocol: 'UDPLite' }, ['may other']],
    ['other protocols by number', { protocol: 4 }, ['may other']],
    ['all protocols but one', { notProtocol: 'TCP' }, ['UDP/* SCTP/* other']],
    ['all protocols but one that is not told apart', { notProtocol: 'ICMP' }, ['TCP/* UDP/* SCTP/*', 'may other']],
    ['all ICMP but some', { notICMP: { type: 8 } }, ['may *']],
  ])('are worked out as far as manifests go: %s', (_, rule, expected) => {
    const ports = texts(readIngress({ action: 'Allow', ...rule })).map((it) =>
      it.replace('allow own/{*} from anything on ', ''),
    );
    expect(ports).toEqual(expected);
  });
});

describe('what else a rule of Calico says', () => {
  it('is an action, of which Log decides nothing', () => {
    const rules = ['Log', 'Deny', 'Pass', 'Allow'].map((action) => ({ action }));
    const reading = readIngress(...rules);
    expect(texts(reading)).toEqual([
      'deny own/{*} from anything on *',
      'pass own/{*} from anything on *',
      'allow own/{*} from anything on *',
    ]);
    expect(reading.rules.map(({ index }) => index)).toEqual([1, 2, 3]);
  });

  it('is a family, which stands for its addresses', () => {
    expect(texts(readIngress({ action: 'Deny', ipVersion: 6 }))).toEqual(['deny own/{*} from ::/0 on *']);
    expect(texts(readIngress({ action: 'Deny', ipVersion: 4, source: { notNets: ['0.0.0.0/1'] } }))).toEqual([
      'deny own/{*} from 128.0.0.0/1 on *',
    ]);
    expect(texts(readIngress({ action: 'Allow', ipVersion: 4, source: { selector: 'has(a)' } }))).toEqual([
      'may allow own/{*} from own/{a} on *',
    ]);
  });

  it('narrows the pods that the policy is about by what it says of their end', () => {
    expect(texts(readIngress({ action: 'Allow', destination: { selector: "app == 'x'" } }))).toEqual([
      'allow own/{app=x} from anything on *',
    ]);
    expect(texts(readIngress({ action: 'Allow', destination: { nets: ['10.0.0.0/8'] } }))).toEqual([
      'may allow own/{*} from anything on *',
    ]);
    expect(
      texts(readGlobal({ selector: 'has(a)', ingress: [{ action: 'Allow', destination: { selector: 'has(b)' } }] })),
    ).toEqual(['allow {*}/{a,b} from anything on *']);
  });

  it('is notes that decide nothing', () => {
    expect(texts(readIngress({ action: 'Allow', metadata: { annotations: { why: 'users' } } }))).toHaveLength(1);
  });
});

describe('the requests of a rule of Calico', () => {
  const http = (it: Json) =>
    texts(readIngress({ action: 'Allow', protocol: 'TCP', http: it })).map((text) => text.split(' as ')[1]);

  it.each<[string, Json, string]>([
    ['every request', {}, '* *'],
    ['methods', { methods: ['POST', 'GET'] }, 'GET,POST *'],
    ['every method', { methods: ['GET', '*'] }, '* *'],
    ['a path', { methods: ['GET'], paths: [{ exact: '/v1/models' }] }, 'GET /v1/models'],
    ['the root', { paths: [{ exact: '/' }] }, '* /'],
    ['everything', { paths: [{ prefix: '/' }] }, '* /**'],
    ['a path and all below it', { paths: [{ exact: '/v1' }, { prefix: '/v1/' }] }, '* /v1/**'],
    ['the same with more', { paths: [{ prefix: '/v1/' }, { exact: '/v2' }, { exact: '/v1' }] }, '* /v1/** or * /v2'],
  ])('are understood: %s', (_, it, expected) => {
    expect(http(it)).toEqual([expected]);
  });

  it.each<[string, Json, string]>([
    ['a beginning of the text, or of segments', { paths: [{ prefix: '/v1' }] }, '* prefix /v1'],
    ['the same beside its exact path', { paths: [{ exact: '/v1' }, { prefix: '/v1' }] }, '* /v1 or * prefix /v1'],
    ['what is below, with or without the path itself', { paths: [{ prefix: '/v1/' }] }, '* prefix /v1/'],
    ['a path that is cleaned', { methods: ['GET'], paths: [{ exact: '/v1/' }] }, 'GET exact /v1/'],
    ['a path that is decoded', { paths: [{ exact: '/a%2Fb' }] }, '* exact /a%2Fb'],
    ['a path with dots', { paths: [{ exact: '/a/../b' }] }, '* exact /a/../b'],
    ['a path with parameters', { paths: [{ exact: '/a;b' }] }, '* exact /a;b'],
  ])('are opaque where releases differ: %s', (_, it, expected) => {
    expect(http(it)).toEqual([expected]);
  });

  it('let every other protocol pass where the rule names none, and leave TCP open', () => {
    expect(texts(readIngress({ action: 'Allow', http: { methods: ['GET'] } }))).toEqual([
      'allow own/{*} from anything on UDP/* SCTP/* other',
      'may allow own/{*} from anything on TCP/*',
    ]);
  });
});

describe('what a policy of Calico isolates', () => {
  it.each<[string, Json, string[]]>([
    ['by its types', { types: ['Egress', 'Ingress'] }, ['ingress', 'egress']],
    ['by one type', { types: ['Egress'], ingress: [{ action: 'Allow' }] }, ['egress']],
    ['ingress where nothing is said', {}, ['ingress']],
    ['ingress where there are such rules', { ingress: [{ action: 'Deny' }] }, ['ingress']],
    ['egress alone where there are only such rules', { egress: [{ action: 'Deny' }] }, ['egress']],
    [
      'both where there are both',
      { ingress: [{ action: 'Deny' }], egress: [{ action: 'Deny' }] },
      ['ingress', 'egress'],
    ],
  ])('%s', (_, spec, expected) => {
    const { isolations, problems, rules } = read('NetworkPolicy', spec);
    expect(problems).toEqual([]);
    expect(isolations.map(({ direction }) => direction)).toEqual(expected);
    expect(rules.every(({ direction }) => expected.includes(direction))).toBe(true);
  });

  it.each<[string, Json, string[]]>([
    ['an empty list alone', { egress: [] }, ['may ingress', 'may egress']],
    ['an empty list beside rules', { ingress: [{ action: 'Deny' }], egress: [] }, ['ingress', 'may egress']],
  ])('is what installations agree on where types is left out: %s', (_, spec, expected) => {
    const { isolations } = read('NetworkPolicy', spec);
    expect(isolations.map((it) => `${it.isUncertain === true ? 'may ' : ''}${it.direction}`).sort()).toEqual(
      [...expected].sort(),
    );
  });

  it('is each of the alternatives of its selector', () => {
    const { isolations } = readGlobal({ selector: "app == 'x' || !(has(a) && has(b))", types: ['Ingress'] });
    expect(isolations.map(({ subject }) => podSetText(subject))).toEqual(['{*}/{app=x}', '{*}/{!a}', '{*}/{!b}']);
  });

  it('is pods alone, also where the policy is cluster-wide and applies to host endpoints', () => {
    const subject = (spec: Json) => texts(readGlobal({ ...spec, ingress: [{ action: 'Deny' }] }));
    expect(subject({ selector: "app == 'x'" })).toEqual(['deny {*}/{app=x} from anything on *']);
    expect(subject({ selector: "app == 'x'", namespaceSelector: "team == 'ml'" })).toEqual([
      'deny {team=ml}/{app=x} from anything on *',
    ]);
    const hosts = readGlobal({ selector: '!has(projectcalico.org/namespace)', ingress: [{ action: 'Deny' }] });
    expect([hosts.rules, hosts.isolations, hosts.problems]).toEqual([[], [], []]);
  });

  it.each(['doNotTrack', 'preDNAT', 'applyOnForward'])('is not read with %s', (field) => {
    expect(texts(readGlobal({ [field]: true }))).toEqual([`unread-policy at spec.${field}`]);
    expect(texts(readGlobal({ [field]: false }))).toEqual([]);
  });

  it('may be fewer pods where it goes by service accounts', () => {
    const reading = read('NetworkPolicy', { serviceAccountSelector: 'has(a)', ingress: [{ action: 'Deny' }] });
    expect(texts(reading)).toEqual(['may deny own/{*} from anything on *']);
    expect(reading.isolations).toMatchObject([{ direction: 'ingress', isUncertain: true }]);
  });
});

describe('the place of a policy of Calico', () => {
  it('is its tier and order, and last in the default tier where it says neither', () => {
    expect(read('NetworkPolicy', { tier: 'security', order: -2.5 }, 'security.it').rank).toEqual({
      layer: 'security',
      order: -2.5,
    });
    expect(read('NetworkPolicy', {}).rank).toEqual({ layer: 'default', order: Number.POSITIVE_INFINITY });
  });

  it('follows from a Tier, which says what comes of whom it does not decide about', () => {
    expect(read('Tier', { order: 10, defaultAction: 'Pass' }, 'security')).toMatchObject({
      rank: { layer: 'security', order: 10 },
      otherwise: 'next',
      problems: [],
    });
    expect(read('Tier', {}, 'security')).toMatchObject({
      rank: { order: Number.POSITIVE_INFINITY },
      otherwise: 'deny',
    });
    expect(texts(read('Tier', { order: 5 }, 'default'))).toEqual(['calico-tier at spec']);
    expect(texts(read('Tier', { order: 1000 }, 'kube-admin'))).toEqual(['calico-tier at spec']);
    expect(texts(read('Tier', {}, 'a.b'))).toEqual(['object-name at spec']);
  });
});

describe('staged policies', () => {
  it.each(['StagedNetworkPolicy', 'StagedGlobalNetworkPolicy'])('of the kind %s are read, and marked', (kind) => {
    const reading = read(kind, { stagedAction: 'Set', types: ['Ingress'], ingress: [{ action: 'Deny' }] });
    expect(reading).toMatchObject({ isStaged: true, problems: [], rank: { layer: 'default' } });
    expect(reading.rules).toHaveLength(1);
  });

  it('of NetworkPolicies are read as these are', () => {
    const reading = read('StagedKubernetesNetworkPolicy', { podSelector: {}, ingress: [{}] });
    expect(reading).toMatchObject({ isStaged: true, problems: [], rank: { layer: 'default', order: 1000 } });
    expect(texts(reading)).toEqual(['allow own/{*} from anything on *']);
    expect(reading.rules[0].policy.kind).toBe('StagedKubernetesNetworkPolicy');
    expect(texts(read('StagedKubernetesNetworkPolicy', { podSelector: {}, ingress: [{ from: [{}] }] }))).toEqual([
      'peer-empty at spec.ingress[0].from[0]',
    ]);
  });

  it('that stand for a deletion say nothing else', () => {
    expect(texts(read('StagedNetworkPolicy', { stagedAction: 'Delete', tier: 'default' }))).toEqual([]);
    expect(texts(read('StagedNetworkPolicy', { stagedAction: 'Delete', order: 1 }))).toEqual([
      'unknown-field at spec.order',
    ]);
    expect(texts(read('StagedKubernetesNetworkPolicy', { stagedAction: 'Delete' }))).toEqual([]);
    expect(texts(read('StagedNetworkPolicy', { stagedAction: 'Try' }))).toEqual(['field-value at spec.stagedAction']);
  });
});

describe('other objects of Calico', () => {
  it.each(['NetworkSet', 'GlobalNetworkSet'])('a %s decides nothing by itself', (kind) => {
    expect(texts(read(kind, { nets: ['10.0.0.0/8'] }))).toEqual([]);
    expect(texts(read(kind, { nets: ['10.0.0.0/8', '10.0.0.0/8', 'x'] }))).toEqual([
      'field-repeated at spec.nets[1]',
      'cidr at spec.nets[2]',
    ]);
  });

  const net = (kind: string, labels: Json, nets: string, namespace?: string): Json => ({
    kind,
    metadata: { name: nets.replace(/[./]/g, '-'), labels, ...(namespace !== undefined && { namespace }) },
    spec: { nets: [nets] },
  });
  const sets = [
    net('GlobalNetworkSet', { app: 'x' }, '192.0.2.0/24'),
    net('GlobalNetworkSet', { app: 'y' }, '198.51.100.0/24'),
    net('NetworkSet', { app: 'x' }, '10.1.0.0/16', 'own'),
    net('NetworkSet', { app: 'x' }, '10.2.0.0/16', 'other'),
  ];
  const toSets = (kind: string, destination: Json, beside: readonly Json[] = sets) =>
    texts(readBeside(beside, kind, { types: ['Egress'], egress: [{ action: 'Allow', destination }] }));

  it('network sets are reached by selectors that hold for their labels, and for where they are', () => {
    expect(toSets('NetworkPolicy', { selector: "app == 'x'" })).toEqual([
      'allow own/{*} to own/{app=x} on *',
      'allow own/{*} to 10.1.0.0/16 on *',
    ]);
    expect(toSets('GlobalNetworkPolicy', { selector: "app == 'x'" })).toEqual([
      'allow {*}/{*} to {*}/{app=x} on *',
      'may allow {*}/{*} to nodes, api-server on *',
      'allow {*}/{*} to 10.1.0.0/16, 10.2.0.0/16, 192.0.2.0/24 on *',
    ]);
    expect(toSets('NetworkPolicy', { namespaceSelector: 'global()', selector: "app != 'y'" })).toEqual([
      'may allow own/{*} to nodes, api-server on *',
      'allow own/{*} to 192.0.2.0/24 on *',
    ]);
    expect(toSets('GlobalNetworkPolicy', { selector: "projectcalico.org/orchestrator == 'k8s'" })).toEqual([
      'allow {*}/{*} to {*}/{*} on *',
    ]);
  });

  it('network sets may be reached by labels of a namespace that no manifest shows', () => {
    const destination = { namespaceSelector: "team == 'ml'", selector: "app == 'x'" };
    expect(toSets('NetworkPolicy', destination)).toEqual([
      'allow own/{*} to {team=ml}/{app=x} on *',
      'may allow own/{*} to 10.1.0.0/16, 10.2.0.0/16 on *',
    ]);
    const namespaces = ['own', 'other'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, ...(name === 'own' && { labels: { team: 'ml' } }) },
    }));
    expect(toSets('NetworkPolicy', destination, [...sets, ...namespaces])).toEqual([
      'allow own/{*} to {team=ml}/{app=x} on *',
      'allow own/{*} to 10.1.0.0/16 on *',
    ]);
  });

  it('ports of network sets have no names, and addresses beside the selector leave some of theirs', () => {
    const egress = [
      {
        action: 'Allow',
        protocol: 'TCP',
        destination: { selector: "app == 'x'", nets: ['10.1.2.0/24'], ports: ['http', 80] },
      },
    ];
    expect(texts(readBeside(sets, 'NetworkPolicy', { types: ['Egress'], egress }))).toEqual([
      'may allow own/{*} to own/{app=x} on TCP/80,http',
      'allow own/{*} to 10.1.2.0/24 on TCP/80',
    ]);
  });

  it('a HostEndpoint decides nothing', () => {
    expect(texts(read('HostEndpoint', { node: 'n', interfaceName: '*' }))).toEqual([]);
    expect(texts(read('HostEndpoint', { node: 'n' }))).toEqual(['calico-host-endpoint at spec']);
    const ports = [{ name: 'http', port: 80, protocol: 'TCP' }];
    expect(texts(read('HostEndpoint', { node: 'n', interfaceName: '*', ports }))).toEqual([
      'unread-policy at spec.ports',
    ]);
  });
});

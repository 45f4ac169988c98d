import type { Change } from '../../../lib/analysis';
import { differences, planeOf, readText, type State } from '../../../lib/analysis';
import type { EngineName } from '../../../lib/model/engine-name';
import { hostText } from '../../../lib/model/host-pattern';
import * as ips from '../../../lib/model/ip-set';
import * as ports from '../../../lib/model/port-set';

function state(yaml: string, engine?: EngineName): State {
  const reading = readText(yaml, 'in.yaml');
  expect(reading.problems).toEqual([]);
  return { world: reading.world, plane: planeOf(reading, { engine }).plane, written: reading.written };
}

/** `kind: from -> to before => after`, ends by their names alone. */
function told({ kind, from, to, before, after }: Change): string {
  const verdict = ({ must, may }: Change['before']) =>
    ports.equal(must, may) ? ports.portsText(may) : `${ports.portsText(must)}..${ports.portsText(may)}`;
  return `${kind}: ${nameOf(from)} -> ${nameOf(to)} ${verdict(before)} => ${verdict(after)}`;
}

function nameOf(end: Change['from']): string {
  switch (end.kind) {
    case 'workloads':
      return end.workloads.join('+');
    case 'addresses':
      return ips.ipsText(end.addresses);
    case 'entity':
      return end.entity;
    case 'host':
      return hostText(end.host);
  }
}

const pod = (name: string, labels = `{ app: ${name} }`, namespace = 'x') => `
---
apiVersion: v1
kind: Pod
metadata: { name: ${name}, namespace: ${namespace}, labels: ${labels} }
spec: { containers: [{ name: c }] }
`;

const policy = (name: string, spec: string, annotations = '') => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: x${annotations} }
spec: ${spec}
`;

const deny = policy('deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }');
const into = (name: string, peers: string, port: number, annotations = '') =>
  policy(
    `in-${name}`,
    `{ podSelector: { matchLabels: { app: ${name} } }, policyTypes: [Ingress],
  ingress: [{ from: [${peers}], ports: [{ port: ${port} }] }] }`,
    annotations,
  );
const out = (name: string, peers: string, port: number) =>
  policy(
    `out-${name}`,
    `{ podSelector: { matchLabels: { app: ${name} } }, policyTypes: [Egress],
  egress: [{ to: [${peers}], ports: [{ port: ${port} }] }] }`,
  );
const app = (name: string) => `{ podSelector: { matchLabels: { app: ${name} } } }`;

describe('a change of one rule', () => {
  const base = pod('a') + pod('b') + deny + out('a', app('b'), 80);

  it('is one path, with the policy that made it and the reason that it gives', () => {
    const annotations = ', annotations: { cdk8s-zero-trust/flows: "in TCP/80 from x/a: looks up passages\\n" }';
    const found = differences(state(base), state(base + into('b', app('a'), 80, annotations)));
    expect(found.changes.map(told)).toEqual(['added: x/Pod/a -> x/Pod/b - => TCP/80']);
    const [{ causes, reasons, presence, paths }] = found.changes;
    expect(causes).toEqual([
      { kind: 'policy', change: 'added', policy: expect.objectContaining({ namespace: 'x', name: 'in-b' }) },
    ]);
    expect({ reasons, presence, paths }).toEqual({ reasons: ['looks up passages'], presence: 'stayed', paths: 1 });
  });

  it('is lost the other way round', () => {
    const found = differences(state(base + into('b', app('a'), 80)), state(base));
    expect(found.changes.map(told)).toEqual(['removed: x/Pod/a -> x/Pod/b TCP/80 => -']);
    expect(found.changes[0].causes).toMatchObject([{ change: 'removed', policy: { name: 'in-b' } }]);
  });

  it('changes a policy and no path where the other end still keeps it out', () => {
    const found = differences(state(pod('a') + pod('b') + deny), state(base));
    expect(found.changes).toEqual([]);
    expect(found.policies).toMatchObject([{ change: 'added', policy: { name: 'out-a' } }]);
  });

  it('changes nothing where it is said in other words', () => {
    const other = into('b', app('a'), 80).replace(
      'matchLabels: { app: a }',
      'matchExpressions: [{ key: app, operator: In, values: [a] }]',
    );
    const found = differences(state(base + into('b', app('a'), 80)), state(base + other));
    expect([found.changes, found.policies]).toEqual([[], []]);
  });

  it('is told by ports where one goes and another comes', () => {
    const open = pod('a') + pod('b') + policy('in', '{ podSelector: {}, policyTypes: [Ingress] }');
    const found = differences(state(open + into('b', app('a'), 80)), state(open + into('b', app('a'), 81)));
    expect(found.changes.map(told)).toEqual(['changed: x/Pod/a -> x/Pod/b TCP/80 => TCP/81']);
  });
});

describe('workloads that are there on one side only', () => {
  it('are told apart from those that stayed', () => {
    const world = pod('a') + deny;
    const found = differences(
      state(world + out('a', '{ podSelector: {} }', 80)),
      state(`${world}${pod('b')}
${out('a', '{ podSelector: {} }', 80)}${into('b', app('a'), 80)}`),
    );
    expect(found.workloads).toEqual({ added: ['x/Pod/b'], removed: [] });
    expect(found.changes.map((change) => [told(change), change.presence])).toEqual([
      ['added: x/Pod/a -> x/Pod/b - => TCP/80', 'came'],
    ]);
    expect(found.changes[0].causes).toMatchObject([
      { kind: 'workload', change: 'added', id: 'x/Pod/b' },
      { kind: 'policy', change: 'added' },
    ]);
  });
});

describe('a label that changes', () => {
  it('is the cause of the paths that it opens', () => {
    const world = (label: string) => pod('a', `{ app: ${label} }`) + pod('b') + deny + into('b', app('a'), 80);
    const opened = (label: string) =>
      state(world(label) + policy('out', '{ podSelector: {}, policyTypes: [Egress], egress: [{}] }'));
    const found = differences(opened('z'), opened('a'));
    expect(found.changes.map(told)).toEqual(['added: x/Pod/a -> x/Pod/b - => TCP/80']);
    expect(found.changes[0].causes).toEqual([{ kind: 'workload', change: 'changed', id: 'x/Pod/a' }]);
  });
});

describe('five hundred pairs that one rule opens', () => {
  it('are one change', () => {
    const clients = Array.from({ length: 500 }, (_, i) => pod(`c${i}`, `{ app: c${i}, role: client }`)).join('');
    const world = clients + pod('b') + policy('in', '{ podSelector: {}, policyTypes: [Ingress] }');
    const found = differences(
      state(world),
      state(world + into('b', '{ podSelector: { matchLabels: { role: client } } }', 80)),
    );
    expect(found.changes).toHaveLength(1);
    expect(found.changes[0]).toMatchObject({ kind: 'added', paths: 500 });
    expect(found.paths.added).toBe(500);
  });
});

describe('the internet', () => {
  it('is marked where an end of the change is in it', () => {
    const world = pod('a') + deny;
    const found = differences(state(world), state(world + out('a', '{ ipBlock: { cidr: 203.0.113.0/24 } }', 443)));
    const outside = found.changes.filter(({ to }) => to.kind === 'addresses');
    expect(outside.map((change) => [told(change), change.internet])).toEqual([
      ['added: x/Pod/a -> 203.0.113.0/24 - => TCP/443', 'to'],
    ]);
  });
});

describe('names', () => {
  const named = (host: string) => `${pod('a')}
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: out, namespace: x }
spec:
  endpointSelector: { matchLabels: { app: a } }
  egress:
    - toFQDNs: [{ matchName: ${host} }]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }] }]
    - toEndpoints: [{ matchLabels: { k8s:io.kubernetes.pod.namespace: kube-system, k8s-app: kube-dns } }]
      toPorts: [{ ports: [{ port: "53", protocol: ANY }], rules: { dns: [{ matchPattern: "*" }] } }]
`;

  it('are told apart: one that goes and one that comes', () => {
    const found = differences(state(named('api.example.com')), state(named('other.example.com')));
    expect(found.changes.map(told)).toEqual([
      'added: x/Pod/a -> other.example.com - => TCP/443',
      'removed: x/Pod/a -> api.example.com TCP/443 => -',
    ]);
    expect(found.changes[0].causes).toMatchObject([{ kind: 'policy', change: 'changed', policy: { name: 'out' } }]);
  });

  it('add nothing to a workload that every address is open to', () => {
    const found = differences(state(pod('a')), state(named('api.example.com')));
    expect(found.changes.filter(({ kind }) => kind !== 'removed' && kind !== 'narrowed').map(told)).toEqual([
      'added: x/Pod/a -> api.example.com - => TCP/443',
    ]);
  });
});

describe('requests', () => {
  it('are no paths, and are told', () => {
    const http = (path: string) => `${pod('a')}
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: in, namespace: x }
spec:
  endpointSelector: { matchLabels: { app: a } }
  ingress: [{ fromEndpoints: [{}], toPorts: [{ ports: [{ port: "80", protocol: TCP }], rules: { http: [{ method: GET, path: ${path} }] } }] }]
`;
    const found = differences(state(http('/a')), state(http('/b')));
    expect(found.changes).toEqual([]);
    expect(found.requests).toMatchObject([
      { policy: { name: 'in' }, gone: [expect.stringContaining('/a')], come: [expect.stringContaining('/b')] },
    ]);
  });
});

describe('another engine', () => {
  it('is a cause where no policy changed: a block that may have pods there, and has none here', () => {
    const yaml =
      pod('a') + pod('b') + deny + into('b', app('a'), 80) + out('a', '{ ipBlock: { cidr: 10.0.0.0/8 } }', 80);
    const found = differences(state(yaml, 'kubernetes'), state(yaml, 'cilium'));
    expect(found.changes.map(told)).toContain('removed: x/Pod/a -> x/Pod/b -..TCP/80 => -');
    expect(found.changes[0].causes).toEqual([{ kind: 'engine' }]);
    expect(found.engine).toBeDefined();
  });

  it('makes a path surer or less sure, which is no wider', () => {
    const yaml =
      pod('a') +
      pod('b') +
      deny +
      into('b', app('a'), 80) +
      out('a', '{ ipBlock: { cidr: 0.0.0.0/0 } }, { ipBlock: { cidr: "::/0" } }', 80);
    const found = differences(state(yaml, 'kubernetes'), state(yaml, 'calico'));
    expect(found.changes.filter(({ to }) => to.kind === 'workloads').map(told)).toEqual([
      'surer: x/Pod/a -> x/Pod/b -..TCP/80 => TCP/80',
    ]);
  });
});

describe('causes', () => {
  const open = pod('a') + pod('b') + out('a', app('b'), 80);

  it('are the policies that are about what changed: its ends, its direction and its ports', () => {
    const elsewhere = into('b', app('a'), 80).replace('namespace: x', 'namespace: other');
    const found = differences(
      state(open + deny + into('b', app('a'), 81)),
      state(
        open +
          deny +
          into('b', `${app('a')}, ${app('c')}`, 81) +
          into('a', app('b'), 80) +
          policy(
            'more',
            '{ podSelector: { matchLabels: { app: b } }, policyTypes: [Ingress], ingress: [{ from: [{ podSelector: { matchLabels: { app: a } } }], ports: [{ port: 80 }] }] }',
          ) +
          elsewhere,
      ),
    );
    expect(found.policies.map(({ policy: { name, namespace } }) => `${namespace}/${name}`)).toEqual([
      'other/in-b',
      'x/in-a',
      'x/in-b',
      'x/more',
    ]);
    const [change, ...others] = found.changes.filter(({ to }) => nameOf(to).startsWith('x/'));
    expect([told(change), others]).toEqual(['added: x/Pod/a -> x/Pod/b - => TCP/80', []]);
    expect(change.causes).toMatchObject([{ kind: 'policy', change: 'added', policy: { name: 'more' } }]);
  });

  it('are the isolation that came, where nothing is let in any more', () => {
    const found = differences(state(pod('a') + pod('b')), state(pod('a') + pod('b') + into('b', app('a'), 80)));
    const [pair] = found.changes.filter(({ from, to }) => from.kind === 'workloads' && to.kind === 'workloads');
    expect([pair.kind, pair.causes]).toMatchObject(['narrowed', [{ change: 'added', policy: { name: 'in-b' } }]]);
  });

  it('are the namespace, where its labels changed', () => {
    const namespace = (team: string) => `
---
apiVersion: v1
kind: Namespace
metadata: { name: z, labels: { team: ${team} } }
`;
    const fixed = pod('a', '{ app: a }', 'z') + pod('b') + deny;
    const rule = into('b', '{ namespaceSelector: { matchLabels: { team: ml } } }', 80);
    const found = differences(state(fixed + rule + namespace('web')), state(fixed + rule + namespace('ml')));
    expect(found.changes.filter(({ from }) => from.kind === 'workloads').map(told)).toEqual([
      'added: z/Pod/a -> x/Pod/b - => TCP/80',
    ]);
    expect(found.changes[0].causes).toEqual([{ kind: 'namespace', name: 'z' }]);
  });

  it('are the workload that went', () => {
    const found = differences(state(open + into('b', app('a'), 80)), state(pod('b') + into('b', app('a'), 80)));
    const [pair] = found.changes.filter(({ from, to }) => from.kind === 'workloads' && to.kind === 'workloads');
    expect([told(pair), pair.presence]).toEqual(['removed: x/Pod/a -> x/Pod/b TCP/80 => -', 'went']);
    expect(pair.causes[0]).toEqual({ kind: 'workload', change: 'removed', id: 'x/Pod/a' });
    expect(found.workloads).toEqual({ added: [], removed: ['x/Pod/a'] });
  });

  it('are the order of a layer, where its policies are asked in another', () => {
    const ordered = (name: string, order: number, action: string) => `
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: ${name}, namespace: x }
spec: { order: ${order}, selector: "app == 'b'", types: [Ingress], ingress: [{ action: ${action}, protocol: TCP, destination: { ports: [80] } }] }
`;
    const both = (allow: number, deny: number) =>
      state(pod('a') + pod('b') + ordered('allow', allow, 'Allow') + ordered('deny', deny, 'Deny'));
    const found = differences(both(1, 2), both(2, 1));
    const [pair] = found.changes.filter(({ from, to }) => from.kind === 'workloads' && to.kind === 'workloads');
    expect([told(pair), pair.causes]).toEqual([
      'removed: x/Pod/a -> x/Pod/b TCP/80 => -',
      [{ kind: 'order', layer: expect.any(String) }],
    ]);
    expect(found.policies).toEqual([]);
  });
});

describe('the order of changes', () => {
  it('is that of their kinds; then the internet, then what stayed, then by name', () => {
    const denied = ['x', 'other'].map((name) => deny.replace('namespace: x', `namespace: ${name}`)).join('');
    const before = pod('a') + pod('d') + pod('b', '{ app: b }', 'other') + denied;
    const after =
      before.replace(denied, '') +
      pod('c') +
      policy('out', '{ podSelector: { matchLabels: { app: d } }, policyTypes: [Egress] }');
    const { changes } = differences(state(before), state(after));
    const keyOf = ({ kind, internet, presence, from }: Change) => [
      ['added', 'widened', 'changed', 'surer', 'narrowed', 'removed'].indexOf(kind),
      internet === undefined ? 1 : 0,
      presence === 'stayed' ? 0 : 1,
      nameOf(from).replaceAll('+', ' '),
    ];
    const keys = changes.filter(({ kind }) => kind === 'added').map(keyOf);
    expect(new Set(keys.map(([, internet, presence]) => `${internet} ${presence}`))).toEqual(
      new Set(['0 0', '0 1', '1 0', '1 1']),
    );
    const sorted = [...keys].sort((one, other) => {
      const at = one.findIndex((part, i) => part !== other[i]);
      return at === -1 ? 0 : one[at] < other[at] ? -1 : 1;
    });
    expect(keys).toEqual(sorted);
  });
});

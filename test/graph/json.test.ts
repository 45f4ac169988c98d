import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import fc from 'fast-check';
import { toJson } from '../../lib/graph/json';
import { fromJson } from '../../lib/graph/json-read';
import { ZeroTrustError } from '../../lib/model/problem';
import { graphs, mesh } from './graphs';

const docs = join(__dirname, '../../docs');
const schema = JSON.parse(readFileSync(join(docs, 'schemas/graph.schema.json'), 'utf8'));
const conforms = new Ajv({ strict: true, strictRequired: false }).compile(schema);

type Json = { [key: string]: Json } & Json[];

/** The mesh as JSON, with one thing changed. */
function damaged(change: (json: Json) => void): string {
  const json = JSON.parse(toJson(mesh())) as Json;
  change(json);
  return JSON.stringify(json);
}

function problemOf(json: string): { where?: string; what: string } {
  try {
    fromJson(json);
  } catch (error) {
    if (error instanceof ZeroTrustError && error.problems[0]) return error.problems[0];
    throw error;
  }
  throw new Error('it was read');
}

describe('the JSON form', () => {
  it.each([
    ['[', ']'],
    ['{"a":', '}'],
  ])('is refused in words, however deep: %s', (open, close) => {
    const deep = `${open.repeat(50_000)}1${close.repeat(50_000)}`;
    expect(problemOf(deep).what.length).toBeLessThan(400);
    for (const field of ['flows', 'schema', 'cluster', 'tiers']) {
      const json = JSON.stringify({ ...JSON.parse(toJson(mesh())), [field]: 0 }).replace(
        `"${field}":0`,
        `"${field}":${deep}`,
      );
      expect(problemOf(json).what.length).toBeLessThan(400);
    }
  });

  it('is read back as the same graph, indented or not', () => {
    fc.assert(
      fc.property(graphs, (data) => {
        expect(fromJson(toJson(data))).toEqual(data);
        expect(fromJson(JSON.stringify(JSON.parse(toJson(data))))).toEqual(data);
      }),
    );
  });

  it('conforms to its published schema', () => {
    fc.assert(
      fc.property(graphs, (data) => {
        conforms(JSON.parse(toJson(data)));
        expect(conforms.errors ?? []).toEqual([]);
      }),
    );
  });

  it('gives programs selectors, ports and blocks as Kubernetes writes them', () => {
    const { flows } = JSON.parse(toJson(mesh()));
    const byReason = (because: string) => flows.find((one: { because: string[] }) => one.because.includes(because));
    expect(byReason('agents call the tool APIs')).toEqual({
      from: { kind: 'tier', namespace: 'ai-agents', name: 'agent' },
      to: { kind: 'addresses', blocks: [{ cidr: '10.0.0.0/8', except: ['10.0.0.0/28'] }] },
      traffic: { kind: 'ports', ports: [{ protocol: 'TCP', port: 443 }] },
      because: ['agents call the tool APIs'],
      excepted: [{ blocks: [{ cidr: '10.0.0.0/28' }], because: 'the metadata service' }],
      acknowledged: [{ rule: 'wide-egress', because: 'the tools are everywhere' }],
    });
    expect(byReason('latency is watched')).toMatchObject({
      from: {
        kind: 'pods',
        pods: {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } },
          podSelector: { matchLabels: { app: 'prometheus' } },
        },
        owner: 'platform team',
      },
      traffic: { kind: 'ports', ports: [{ protocol: 'TCP', port: 'metrics' }] },
    });
  });

  it('has every field of it documented', () => {
    const documentation = readFileSync(join(docs, 'policy-graph.md'), 'utf8');
    const names = new Set<string>();
    const collect = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, value] of Object.entries(node)) {
        if (key === 'properties') for (const name of Object.keys(value)) names.add(name);
        collect(value);
      }
    };
    collect(schema);
    expect(names.size).toBeGreaterThan(25);
    expect([...names].filter((name) => !documentation.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('reading JSON that is not a graph', () => {
  it('refuses a field that is missing or unknown, wherever it is, and so does the schema', () => {
    const keys = [
      'app',
      'job',
      'team',
      'k8s-app',
      'dns.operator.openshift.io/daemonset-dns',
      'kubernetes.io/metadata.name',
    ];
    const optional = [
      'version',
      'name',
      'matchLabels',
      'matchExpressions',
      'values',
      'port',
      'endPort',
      'acknowledged',
      'excepted',
      'notes',
      'except',
      'platform',
      'testedVersions',
      'encryption',
      'endPort',
      'podRanges',
      'serviceRanges',
      'nodeRanges',
      'apiServer',
      'warnings',
      'labels',
      'foreign',
      ...keys,
    ];
    const objects = (node: unknown): Json[] =>
      typeof node === 'object' && node !== null
        ? [...(Array.isArray(node) ? [] : [node as Json]), ...Object.values(node).flatMap(objects)]
        : [];
    const labels = (object: Json) => Object.keys(object).every((key) => keys.includes(key) || key === 'purpose');
    let tried = 0;
    fc.assert(
      fc.property(graphs, fc.nat(), fc.nat(), fc.boolean(), (data, which, field, add) => {
        const json = JSON.parse(toJson(data));
        const candidates = objects(json).filter((object) => !labels(object));
        const object = candidates[which % candidates.length] as Json;
        const required = Object.keys(object).filter((key) => !optional.includes(key));
        const name = required[field % required.length];
        if (add) (object as Record<string, unknown>).surprise = 1;
        else if (name !== undefined) delete (object as Record<string, unknown>)[name];
        else return;
        tried++;
        expect(() => fromJson(JSON.stringify(json))).toThrow(ZeroTrustError);
        expect(conforms(json)).toBe(false);
      }),
      { numRuns: 300, seed: 37 },
    );
    expect(tried).toBeGreaterThan(150);
  });

  const cases: [string, string, string | undefined, RegExp][] = [
    ['text that is not JSON', '{', undefined, /not JSON/],
    ['a list', '[]', '$', /is a list/],
    ['null', 'null', '$', /is null/],
    [
      'another version',
      damaged((json) => Object.assign(json, { schema: 'cdk8s-zero-trust/policy-graph/v1', more: 1 })),
      '$.schema',
      /policy graph in the schema "cdk8s-zero-trust\/policy-graph\/v1", and another version of cdk8s-zero-trust wrote it/,
    ],
    [
      'another schema',
      damaged((json) => Object.assign(json, { schema: 'cdk8s-zero-trust/findings/v1' })),
      '$.schema',
      /findings\/v1" is not known/,
    ],
    ['a cluster without DNS', damaged((json) => delete json['cluster']?.['dns']), '$.cluster', /"dns" is missing/],
    [
      'a name server that is a host',
      damaged((json) => {
        (json['cluster']?.['dns']?.['servers']?.[0] as Json)['to'] = {
          kind: 'hosts',
          hosts: [{ exact: 'a.b' }],
        } as never;
      }),
      '$.cluster.dns.servers[0].to.kind',
      /name server is no hosts/,
    ],
    [
      'what is declared of others about a tier that is not there',
      damaged((json) => {
        const { from, to, traffic, because } = (json['flows'] as Json)[0] as Json;
        Object.assign(json, { foreign: [{ from, to: { ...to, name: 'gone' }, traffic, because }] });
      }),
      '$.foreign[0].to',
      /there is no tier/,
    ],
    [
      'an unknown field',
      damaged((json) => Object.assign(json['flows']?.[0] ?? {}, { http: [] })),
      '$.flows[0]',
      /no field "http"/,
    ],
    [
      'a field that hides in the prototype',
      damaged((json) => delete json['tiers']).replace('{', '{"__proto__":{"tiers":[]},'),
      '$',
      /"tiers" is missing/,
    ],
    [
      'a wrong type',
      damaged((json) => Object.assign(json['flows']?.[1] ?? {}, { because: 'x' })),
      '$.flows[1].because',
      /is a string/,
    ],
    [
      'a wrong type in a list',
      damaged((json) => Object.assign(json['flows']?.[1] ?? {}, { because: [1] })),
      '$.flows[1].because[0]',
      /is a number/,
    ],
    [
      'an unknown kind of end',
      damaged((json) => Object.assign(json['flows']?.[0]?.['to'] ?? {}, { kind: 'dns' })),
      '$.flows[0].to.kind',
      /no "dns" here/,
    ],
    [
      'an unknown role',
      damaged((json) => Object.assign(json['tiers']?.[0] ?? {}, { role: 'x' })),
      '$.tiers[0].role',
      /no "x" here/,
    ],
    [
      'an unknown engine',
      damaged((json) => Object.assign(json['cluster'] ?? {}, { engine: 'iptables' })),
      '$.cluster.engine',
      /no "iptables"/,
    ],
    [
      'a tier that is nowhere',
      damaged((json) => Object.assign(json['flows']?.[0]?.['from'] ?? {}, { name: 'x' })),
      '$.flows[0].from',
      /no tier ai-agents\/x/,
    ],
    [
      'a name that Kubernetes rejects',
      damaged((json) => Object.assign(json['namespaces']?.[0] ?? {}, { name: 'A' })),
      '$.namespaces[0].name',
      /"A"|'A'|A/,
    ],
    [
      'a label that Kubernetes rejects',
      damaged((json) =>
        Object.assign(json['tiers']?.[0]?.['pods'] ?? {}, { podSelector: { matchLabels: { app: '-' } } }),
      ),
      '$.tiers[0].pods.podSelector',
      /-/,
    ],
    [
      'labels that are null',
      damaged((json) => Object.assign(json['tiers']?.[0]?.['pods'] ?? {}, { podSelector: { matchLabels: null } })),
      '$.tiers[0].pods.podSelector.matchLabels',
      /is null/,
    ],
    [
      'an unknown operator',
      damaged((json) =>
        Object.assign(json['tiers']?.[0]?.['pods'] ?? {}, {
          podSelector: { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] },
        }),
      ),
      '$.tiers[0].pods.podSelector.matchExpressions[0].operator',
      /no "Gt" here/,
    ],
    [
      'a port out of range',
      damaged((json) =>
        Object.assign(json['flows']?.[0]?.['traffic'] ?? {}, { ports: [{ protocol: 'TCP', port: 65536 }] }),
      ),
      '$.flows[0].traffic.ports[0].port',
      /65536/,
    ],
    [
      'an endPort alone',
      damaged((json) =>
        Object.assign(json['flows']?.[0]?.['traffic'] ?? {}, { ports: [{ protocol: 'TCP', endPort: 5 }] }),
      ),
      '$.flows[0].traffic.ports[0]',
      /endPort without/,
    ],
    [
      'an endPort after a name',
      damaged((json) =>
        Object.assign(json['flows']?.[0]?.['traffic'] ?? {}, { ports: [{ protocol: 'TCP', port: 'a', endPort: 5 }] }),
      ),
      '$.flows[0].traffic.ports[0].port',
      /not a number/,
    ],
    [
      'a block that is none',
      damaged((json) =>
        Object.assign(json['flows']?.[0]?.['to'] ?? {}, {
          kind: 'addresses',
          blocks: [{ cidr: '10.0.0.1/8', except: [] }],
          namespace: undefined,
          name: undefined,
        }),
      ),
      '$.flows[0].to.blocks[0]',
      /10\.0\.0\.1\/8/,
    ],
    ['no reason', damaged((json) => Object.assign(json['flows']?.[0] ?? {}, { because: [] })), '$', /has no reason/],
  ];
  it.each(cases)('refuses %s and says where', (_title, json, where, what) => {
    const problem = problemOf(json);
    expect(problem.what).toMatch(what);
    expect(problem.where).toBe(where);
  });
});

describe('every graph that is rendered here', () => {
  const dist = join(__dirname, '../../dist');
  const files = readdirSync(dist)
    .map((app) => join(dist, app, 'graph.json'))
    .filter((file) => existsSync(file));

  it('conforms to the schema, is read, and is written as it was', () => {
    expect(files.length).toBeGreaterThan(8);
    for (const file of files) {
      const text = readFileSync(file, 'utf8');
      conforms(JSON.parse(text));
      expect(conforms.errors ?? []).toEqual([]);
      expect(toJson(fromJson(text))).toBe(text);
    }
  });

  it('says the ranges, the labels and the DNS that its proof takes for granted', () => {
    const { cluster, namespaces } = JSON.parse(readFileSync(join(dist, 'sovereign-tenants/graph.json'), 'utf8'));
    expect(cluster).toMatchObject({ ipBlockMode: 'may', podRanges: [{ cidr: '10.244.0.0/16' }] });
    expect(cluster.dns.servers).toHaveLength(1);
    expect(namespaces.map(({ labels }: { labels?: object }) => labels)).toContainEqual(
      expect.objectContaining({ tenant: 'tenant-a' }),
    );
  });
});

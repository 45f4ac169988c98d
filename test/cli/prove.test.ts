import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, run } from './run';

const dist = join(__dirname, '../../dist');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prove-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const MANIFESTS = 'ai-service-mesh.k8s.yaml';

/** A copy of what is rendered, in a folder of that name, with other text in its manifests. */
function rendered(app = 'portable-kubernetes', change = (text: string) => text): void {
  cpSync(join(dist, app), join(folder, app), { recursive: true });
  edit(join(app, MANIFESTS), change);
}

function edit(file: string, change: (text: string) => string): void {
  const path = join(folder, file);
  if (existsSync(path)) writeFileSync(path, change(readFileSync(path, 'utf8')));
}

function remove(...files: string[]): void {
  for (const file of files) rmSync(join(folder, file));
}

function prove(...argv: string[]): Promise<Ended> {
  return run(['prove', ...argv], { cwd: folder });
}

/** Port 8080 of the vector store becomes every port from there on, at the end of the store. */
function widened(text: string): string {
  const at = text.indexOf('name: weaviate\n');
  return text.slice(0, at) + text.slice(at).replace('port: 8080', 'port: 8080\n          endPort: 9090');
}

describe('proving manifests against the graph beside them', () => {
  it('says of every folder with a graph that it is proved, and how much was asked', async () => {
    cpSync(dist, join(folder, 'dist'), { recursive: true });
    const folders = readdirSync(dist).filter((name) => existsSync(join(dist, name, 'graph.json'))).length;
    const { code, out, err } = await prove('dist');
    expect(code).toBe(0);
    // What a user of EKS should know, once for each of its clusters, and nothing else.
    expect(
      new Set(
        err
          .trim()
          .split('\n')
          .map((line) => line.split(' ').slice(0, 3).join(' ')),
      ),
    ).toEqual(new Set(['EKS enforces NetworkPolicy', 'The VPC CNI']));
    expect(out.match(/: Proved/g)).toHaveLength(folders);
    expect(out).toMatch(/printed with --verbose\.\n$/);
    expect((await prove('dist', '--verbose')).out.match(/Outside the proof/g)).toHaveLength(folders);
    expect(out).toContain(
      'dist/portable-cilium: Proved: the manifests allow exactly what ' +
        `${join(folder, 'dist/portable-cilium/graph.json')} declares (4 namespaces, 11 rules, 8 flows, 31 cells).`,
    );
  });

  it('names what the proof leaves out, and what only the cluster can show', async () => {
    rendered();
    const { code, out } = await prove('portable-kubernetes');
    expect(code).toBe(0);
    expect(out).toMatch(
      /Outside the proof:\n- enforcement: [\s\S]*To verify in the live cluster:\n- The network plugin/,
    );
  });

  it('shows who gets in by which rule of which policy, with file and line, where a policy is wider', async () => {
    rendered('portable-kubernetes', widened);
    const { code, out } = await prove('portable-kubernetes');
    expect(code).toBe(1);
    expect(out).toMatch(/^.*portable-kubernetes: Not proved: the manifests do not allow exactly what/);
    expect(out).toMatch(
      /ingress rule 0 of NetworkPolicy ai-data\/weaviate .* lets in what no flow declares: from pod \{.*\}/,
    );
    const [, line] = /\n {2}at .*portable-kubernetes\/ai-service-mesh\.k8s\.yaml:(\d+)\n/.exec(out) ?? [];
    const lines = readFileSync(join(folder, 'portable-kubernetes', MANIFESTS), 'utf8').split('\n');
    expect(lines[Number(line) - 1]).toMatch(/^ {4}- from:/);
    expect(lines.indexOf('          endPort: 9090')).toBeGreaterThan(Number(line));
  });

  it('takes a graph that is kept elsewhere, files one by one, and standard input', async () => {
    rendered();
    cpSync(join(folder, 'portable-kubernetes/graph.json'), join(folder, 'kept.json'));
    remove('portable-kubernetes/graph.json');
    const file = `portable-kubernetes/${MANIFESTS}`;
    expect((await prove('portable-kubernetes', '--graph', 'kept.json')).out).toContain('Proved');
    expect((await prove(file, '--graph', 'kept.json')).out).toContain('Proved');
    const stdin = readFileSync(join(folder, file), 'utf8');
    const piped = await run(['prove', '-', '--graph', 'kept.json'], { cwd: folder, stdin });
    expect([piped.code, piped.out.split(':')[1]]).toEqual([0, ' Proved']);
  });

  it('names what lies beside the folders that have a graph', async () => {
    rendered();
    const object = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings', namespace: 'shop' } };
    writeFileSync(join(folder, 'other.yaml'), JSON.stringify(object));
    const { code, out, err } = await prove();
    expect([code, out.match(/: (Proved|Undecided|Consistent)/g)]).toEqual([0, [': Proved']]);
    expect(err).toBe('What is in no folder with a graph says nothing of flows, and was not proved.\n');
    expect(await prove('--quiet')).toEqual({ code, out, err: '' });
  });

  it('says the same as JSON and as Markdown', async () => {
    rendered('portable-kubernetes', widened);
    const json = JSON.parse((await prove('portable-kubernetes', '--format', 'json')).out);
    expect(json).toMatchObject({
      schema: 'cdk8s-zero-trust/proof/v1',
      results: [{ conclusion: 'not-proved', against: [{ rule: 'proof-undeclared', places: [expect.any(String)] }] }],
    });
    const markdown = (await prove('portable-kubernetes', '--format', 'md')).out;
    expect(markdown).toMatch(/^\*\*.*portable\\-kubernetes\*\*: Not proved|^\*\*.*portable-kubernetes\*\*: Not proved/);
    expect(markdown).toMatch(/```text\n.*lets in what no flow declares/);
  });
});

describe('without a graph', () => {
  it('manifests are consistent with their annotations and never proved, and it says why', async () => {
    rendered();
    remove('portable-kubernetes/graph.json');
    const { code, out } = await prove('portable-kubernetes');
    expect(code).toBe(0);
    expect(out).toMatch(/^portable-kubernetes: Consistent: the manifests allow exactly what their annotations say/);
    expect(out).toContain('This is no proof, since whoever edits a policy can edit its annotation');
    expect(out).not.toMatch(/Proved/);
    expect(out).toMatch(/Noted:\n\n?- internet is taken for the addresses that the policies have/);
  });

  it('a policy that allows more than its annotation is found', async () => {
    rendered('portable-kubernetes', widened);
    remove('portable-kubernetes/graph.json');
    const { code, out } = await prove('portable-kubernetes');
    expect(code).toBe(1);
    expect(out).toMatch(/^portable-kubernetes: Not consistent: /);
    expect(out).toMatch(/rule 0 of NetworkPolicy ai-data\/weaviate/);
  });

  it('a line that says more than its policy is found, and one that is no line', async () => {
    const change = (text: string) =>
      text
        .replace('out TCP/8080 to ai-data/weaviate: ', 'out TCP/8080-9090 to ai-data/weaviate: ')
        .replace('out TCP/443 to ai-data/model-storage: ', 'out TCP/443 to ai-data/elsewhere: ');
    rendered('portable-kubernetes', change);
    remove('portable-kubernetes/graph.json');
    const { code, out } = await prove('portable-kubernetes');
    expect(code).toBe(1);
    expect(out).toMatch(/its egress half is stopped by/);
    expect(out).toMatch(/ai-data\/elsewhere.*is about a peer of which its policy does not speak/);
  });

  it('nothing is decided where no policy says what it is to allow', async () => {
    rendered('portable-kubernetes', (text) => text.replaceAll('cdk8s-zero-trust/flows', 'example.com/flows'));
    remove('portable-kubernetes/graph.json');
    const { code, out } = await prove('portable-kubernetes');
    expect(code).toBe(2);
    expect(out).toMatch(/^portable-kubernetes: Undecided: [\s\S]*No policy here says what it is to allow/);
  });
});

describe('the record of a proof', () => {
  const record = 'portable-kubernetes/proof.json';

  it('is written as rendering writes it', async () => {
    rendered();
    remove(record);
    expect((await prove('portable-kubernetes', '--record', record)).code).toBe(0);
    expect(readFileSync(join(folder, record), 'utf8')).toBe(readFileSync(join(dist, record), 'utf8'));
  });

  it('is not written where something speaks against it', async () => {
    rendered('portable-kubernetes', widened);
    remove(record);
    const { code, out } = await prove('portable-kubernetes', '--record', record);
    expect([code, existsSync(join(folder, record))]).toEqual([1, false]);
    expect(out).toContain(`${record} was not written, since there is nothing to record.`);
  });

  it('is verified by proving anew, wherever the folder lies', async () => {
    rendered();
    const { code, out } = await prove('--verify', record);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^portable-kubernetes\/proof.json: Verified: the one file is as recorded, and what the record says/,
    );
  });

  it('does not hold where a file has changed, and says which, even if it is proved all the same', async () => {
    rendered('portable-kubernetes', (text) => `# a comment\n${text}`);
    const { code, out } = await prove('--verify', record);
    expect(code).toBe(1);
    expect(out).toMatch(
      /Not verified: ai-service-mesh\.k8s\.yaml has changed: its SHA-256 was [0-9a-f]{64}, and is [0-9a-f]{64}\./,
    );
  });

  it('does not hold where a file came, or where it is not proved any more', async () => {
    rendered('portable-kubernetes', widened);
    writeFileSync(
      join(folder, 'portable-kubernetes/more.yaml'),
      JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more', namespace: 'ai-data' } }),
    );
    const { code, out } = await prove('--verify', record);
    expect(code).toBe(1);
    expect(out).toMatch(/more\.yaml is there, and is not in the record; it says that this is proved, and it is not/);
    expect(out).toMatch(/ingress rule 0 of NetworkPolicy ai-data\/weaviate/);
  });

  it('does not hold where it says something else than what is found', async () => {
    rendered();
    edit(record, (text) => text.replace('"cells": 31', '"cells": 32').replace(/"ICMP: [^"]*"/, '"nothing"'));
    const { code, out } = await prove('--verify', record);
    expect(code).toBe(1);
    expect(out).toMatch(/its counts was .*"cells":32.*, and is .*"cells":31/);
    expect(out).toMatch(
      /its assumptions had "nothing", which is gone; its assumptions has "ICMP: .*", which is not recorded/,
    );
  });

  it('of another version of the tool holds where the conclusion does', async () => {
    rendered();
    edit(record, (text) =>
      text.replace(/"version": "\d[^"]*"/, '"version": "0.0.1"').replace('"cells": 31', '"cells": 30'),
    );
    const { code, out } = await prove('--verify', record);
    expect(code).toBe(0);
    expect(out).toMatch(/Verified: [\s\S]*the record was made by version 0\.0\.1, and this is/);
  });
});

describe('what cannot be read', () => {
  const cases: [string, string[], () => void, RegExp][] = [
    ['a path that is not there', ['nowhere'], () => {}, /nowhere/],
    [
      'a graph that is not there',
      ['portable-kubernetes', '--graph', 'none.json'],
      rendered,
      /there is no policy graph to read/,
    ],
    [
      'the graph of another folder',
      ['portable-kubernetes', '--graph', join(dist, 'sovereign-tenants/graph.json')],
      rendered,
      /This graph is about the namespaces .*tenant-a.*, and none of the manifests is/,
    ],
    [
      'a graph of the first version',
      ['portable-kubernetes'],
      () => {
        rendered();
        edit('portable-kubernetes/graph.json', (text) => text.replace('policy-graph/v2', 'policy-graph/v1'));
      },
      /graph\.json: \$\.schema: this is a policy graph in the schema .*v1[\s\S]*Render the app again with this version/,
    ],
    [
      'a graph that is cut off',
      ['portable-kubernetes'],
      () => {
        rendered();
        edit('portable-kubernetes/graph.json', (text) => text.slice(0, 400));
      },
      /graph\.json: this is not JSON/,
    ],
    ['a record that is not there', ['--verify', 'proof.json'], rendered, /proof\.json: It is not there/],
    [
      'a record that is cut off',
      ['--verify', 'portable-kubernetes/proof.json'],
      () => {
        rendered();
        edit('portable-kubernetes/proof.json', (text) => text.slice(0, 200));
      },
      /proof\.json: This is not JSON/,
    ],
    [
      'a record of another version',
      ['--verify', 'portable-kubernetes/proof.json'],
      () => {
        rendered();
        edit('portable-kubernetes/proof.json', (text) => text.replace('proof-record/v1', 'proof-record/v7'));
      },
      /This record is of another version/,
    ],
    [
      'another statement of in-toto',
      ['--verify', 'portable-kubernetes/proof.json'],
      () => {
        rendered();
        edit('portable-kubernetes/proof.json', (text) =>
          text.replace(/"predicateType": ".*"/, '"predicateType": "https://slsa.dev/provenance/v1"'),
        );
      },
      /This statement is no record of a proof/,
    ],
    [
      'a record without its files',
      ['--verify', 'portable-kubernetes/proof.json'],
      () => {
        rendered();
        remove(`portable-kubernetes/${MANIFESTS}`);
      },
      /Of what it is about, ai-service-mesh\.k8s\.yaml is not there/,
    ],
    [
      'an engine beside a graph',
      ['portable-kubernetes', '--engine', 'calico'],
      rendered,
      /so --engine has no place here/,
    ],
    ['writing and verifying at once', ['--record', 'a.json', '--verify', 'b.json'], rendered, /not both at once/],
    [
      'a record of two folders',
      ['portable-kubernetes', 'portable-calico', '--record', 'a.json'],
      () => {
        rendered();
        rendered('portable-calico');
      },
      /A record is of one set of files and its graph/,
    ],
    [
      'YAML that is broken',
      ['portable-kubernetes'],
      () => rendered('portable-kubernetes', (text) => `${text}\n---\na: [`),
      /This is not YAML that can be read/,
    ],
  ];

  it.each(cases)('%s ends with 3, and says what and where', async (_, argv, make, message) => {
    make();
    const { code, out, err } = await prove(...argv);
    expect([code, out]).toEqual([3, '']);
    expect(err).toMatch(message);
  });
});

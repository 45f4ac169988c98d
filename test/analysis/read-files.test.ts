import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { dump, loadAll } from 'js-yaml';
import { type FileReading, readFiles, readText } from '../../lib/analysis';
import { failureProblem } from '../../lib/analysis/files/file-problems';
import { FINDINGS_SCHEMA as FINDINGS } from '../../lib/findings/finding';
import { SCHEMA as GRAPH } from '../../lib/graph/json';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [] }\n';
const OTHER = POD.replace('name: a', 'name: b');

describe('reading text', () => {
  it('tells file, document and line of a field', () => {
    const text = [
      '# written by hand',
      '---',
      POD,
      '---',
      'apiVersion: networking.k8s.io/v1',
      'kind: NetworkPolicy',
      'metadata: { name: p }',
      'spec:',
      '  podSelector: {}',
      '  ingress:',
      '    - from:',
      '        - ipBlock:',
      '            cidr: 10.0.0.0/33',
      '      ports: [{ endPort: 80 }]',
    ].join('\n');
    const { problems } = readText(text, 'all.yaml');
    const lineOf = (part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;
    expect(problems.map(({ where }) => where)).toEqual([
      `all.yaml, document 2, line ${lineOf('cidr:')}: NetworkPolicy default/p: spec.ingress[0].from[0].ipBlock.cidr`,
      `all.yaml, document 2, line ${lineOf('endPort')}: NetworkPolicy default/p: spec.ingress[0].ports[0].endPort`,
    ]);
  });

  it('tells the line of a field by its key, of an entry of a list by itself, and of a document by where it begins', () => {
    const text = [
      '# by hand',
      'apiVersion: networking.k8s.io/v1',
      'kind: NetworkPolicy',
      'metadata: { name: p }',
      'spec:',
      '  podSelector: {}',
      '  policyTypes:',
      '    - Ingress',
      '    - Egres',
      '  ingress:',
      '    a: b',
      '---',
      '# by somebody else',
      'no object',
    ].join('\n');
    expect(lines(text)).toEqual(['1, line 9', '1, line 10', '2, line 14']);
  });

  it.each<[string, string, string]>([
    ['an empty one between others', 'a: 1\n---\n# nothing\n---\nx\n', '3, line 5'],
    ['a comment before the first marker', '  # nothing\n---\nx\n', '1, line 3'],
    ['an object before the first marker, also where it stands to the right', '  a: 1\n---\nx\n', '2, line 3'],
    ['a comment behind a marker', 'a: 1\n--- # next\nx\n', '2, line 3'],
    ['no marker', '\n\nx\n', '1, line 3'],
  ])('counts the documents of a file with %s', (_, text, place) => {
    expect(lines(text)).toEqual([place]);
  });

  it('does not look for the line in a document that is too long for that', () => {
    expect(lines(`# ${'-'.repeat(1_000_000)}\nx\n`)).toEqual(['1']);
  });

  it('tells for each object the place of its fields, in Lists too', () => {
    const item = '- apiVersion: v1\n  kind: Pod\n  metadata: { name: a }\n';
    const { written } = readText(`apiVersion: v1\nkind: List\nitems:\n${item}${item}---\n${POD}`, 'all.yaml');
    expect(
      written.map(({ sourceOf, lineOf, file }) => [sourceOf(['metadata', 'name']), lineOf(['kind']), file]),
    ).toEqual([
      ['all.yaml, document 1, line 6', 5, 'all.yaml'],
      ['all.yaml, document 1, line 9', 8, 'all.yaml'],
      ['all.yaml, document 2, line 13', 12, 'all.yaml'],
    ]);
  });

  it('points at the nearest field above where one is missing', () => {
    const { problems } = readText(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: d }\nspec:\n  replicas: 1\n',
      'd.yaml',
    );
    expect(problems.map(({ where }) => where)).toEqual([
      'd.yaml, document 1, line 4: Deployment default/d: spec.template',
    ]);
  });

  it.each<[string, string, string, number]>([
    ['broken YAML', 'a: [1', 'yaml', 5],
    ['a key that stands twice', 'a: 1\nb: 2\na: 3', 'duplicate-key', 7],
    ['a tab where YAML has none', 'a:\n\tb: 1', 'yaml', 6],
    ['an alias bomb', bomb(9), 'yaml', 5],
    [
      'an alias bomb with names that hardly look like names',
      bomb(9).replaceAll('&l', '&&').replaceAll('*l', '*&'),
      'yaml',
      5,
    ],
    ['an alias of nothing', 'a: &x 1\nb: *y', 'yaml', 6],
    ['broken YAML with an alias', 'a: &x 1\nb: [*x', 'yaml', 6],
    ['a key that stands twice beside an alias', 'a: &x 1\nb: *x\na: 3', 'duplicate-key', 7],
    ['a key that stands twice beside a merge', '<<: { c: 1 }\na: 1\na: 3', 'duplicate-key', 7],
    ['text that is not Kubernetes', 'package', 'not-kubernetes', 5],
    ['a list', '- kind: Pod\n- b', 'not-kubernetes', 5],
  ])('reports %s, and reads the documents beside it', (_, text, rule, line) => {
    const reading = readText(`${POD}---\n${text}\n---\n${OTHER}`, 'all.yaml');
    expect(reading.problems).toHaveLength(1);
    expect(reading.problems[0].rule).toBe(rule);
    // The document begins on the line of its marker, which is the fifth.
    expect(reading.problems[0].where).toMatch(/^all\.yaml, document 2, line \d+/);
    expect(Number(/line (\d+)/.exec(String(reading.problems[0].where))?.[1])).toBeGreaterThanOrEqual(line);
    expect(ids(reading)).toEqual(['default/Pod/a', 'default/Pod/b']);
  });

  it.each<[string, string, number, string]>([
    ['what is not closed', 'a: 1\nb: [1', 8, 'unexpected end'],
    ['what is not closed beside an alias', 'a: &x 1\nb: *x\nc: [1', 9, 'Flow sequence'],
    ['an alias before its anchor', 'a: *x\nb: &x 1', 6, "the alias '*x' has no anchor before it"],
    ['the first alias of nothing', 'a: &x 1\nb: *y\nc: *z', 7, "the alias '*y' has no anchor before it"],
    ['a key that stands twice', 'a: 1\na: 1', 7, 'A key stands twice'],
  ])('says where it is and what, of %s', (_, text, line, what) => {
    const { problems } = readText(`${POD}---\n${text}\n---\n# nothing\n---\n${OTHER}`, 'all.yaml');
    expect(problems.map(({ where }) => where)).toEqual([`all.yaml, document 2, line ${line}`]);
    expect(problems[0].what).toContain(what);
  });

  it('reads scalars as kubectl does beside a document that cannot be read', () => {
    const pod = POD.replace('containers', 'hostNetwork: yes, containers');
    const { world } = readText(`${pod}---\na: [1\n`, 'all.yaml');
    expect(world.workloads.map(({ hostNetwork }) => hostNetwork)).toEqual([true]);
  });

  it('says of a template how to read what it makes', () => {
    const template = `{{- if .Values.isolated }}\n${POD}{{- end }}\n`;
    const { problems } = readText(template, 'templates/pod.yaml');
    expect(problems).toEqual([
      expect.objectContaining({
        rule: 'yaml',
        what: expect.stringMatching(/^This is a template/),
        fix: 'Read what it makes: helm template . > manifests.yaml',
      }),
    ]);
    expect(readText('a: [1 # not {{ a template', 'a.yaml').problems[0].what).toMatch(/^This is not YAML/);
  });

  const POLICY = (name: string) => `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  # Not {{ this }}.
  name: ${name}
  namespace: models
spec: { podSelector: {} }
`;

  it.each([
    '{{ .Values.name }}',
    '{{- include "chart.name" . }}',
    '{{ .Values.name }}\n  labels: &x { a: b }\n  annotations: *x',
  ])('says the same of a template that happens to be YAML: %s', (name) => {
    const { problems, isolations } = readText(`${POD}---\n${POLICY(name)}`, 'all.yaml');
    expect(problems).toMatchObject([
      { rule: 'yaml', where: 'all.yaml, document 2, line 10', what: expect.stringMatching(/^This is a template/) },
    ]);
    expect(isolations).toEqual([]);
  });

  it('tells where a name in quotes is still to be rendered, and takes text with braces for text', () => {
    const { problems } = readText(POLICY('"{{ .Values.name }}"'), 'all.yaml');
    expect(problems).toMatchObject([
      { rule: 'object-name', fix: 'Read what it makes: helm template . > manifests.yaml' },
    ]);
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndata:\n  a: "{{ .Labels.pod }}"\n  b: |\n    c: {{ x }}\n';
    expect(readText(text, 'all.yaml').problems).toEqual([]);
  });

  it('tells of objects that run into one another that the separator is missing', () => {
    const missing = "Write '---' on a line of its own before this line: here another object begins.";
    const two = POLICY('a') + POLICY('b');
    expect(readText(two, 'all.yaml').problems).toMatchObject([
      { rule: 'duplicate-key', where: 'all.yaml, document 1, line 8', fix: missing },
    ]);
    const anchored = POLICY('a').replace('{}', '&x {}, ingress: [*x]') + POLICY('b');
    expect(readText(anchored, 'all.yaml').problems).toMatchObject([{ rule: 'duplicate-key', fix: missing }]);
    const once = POLICY('a').replace('kind:', 'kind: Pod\nkind:');
    expect(readText(once, 'all.yaml').problems).toMatchObject([{ fix: 'Take one of the two out.' }]);
  });

  it('does not print the file in the message of broken YAML', () => {
    const [problem] = readText(`secret: hunter2\nb: [`, 'all.yaml').problems;
    expect(JSON.stringify(problem)).not.toContain('hunter2');
  });

  it('reads anchors and merge keys as the tools of Kubernetes do', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels: &own { app: a, tier: x }\nspec: {}\n---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n  labels: &more\n    <<: { app: b }\n    tier: z\nspec: {}\n';
    const reading = readText(text, 'all.yaml');
    expect(reading.problems).toEqual([]);
    expect(reading.world.workloads.map(({ labels }) => labels)).toEqual([
      { app: 'a', tier: 'x' },
      { app: 'b', tier: 'z' },
    ]);
  });

  it.each(['<<: { app: b }', '<< : { app: b }', 'tier: x\n    <<: { app: b, tier: y }'])(
    'reads the merge key of %j',
    (labels) => {
      const text = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: b\n  labels:\n    ${labels}\nspec: {}\n`;
      const [{ labels: read }] = readText(text, 'a.yaml').world.workloads;
      expect(read).toEqual(labels.includes('tier') ? { app: 'b', tier: 'x' } : { app: 'b' });
    },
  );

  it.each<[string, string]>([
    ['JSON', JSON.stringify({ apiVersion: 'v1', kind: 'List', items: loadAll(`${POD}---\n${OTHER}`) }, undefined, 2)],
    ['documents that are empty or only comments', `---\n---\n# nothing\n---\n${POD}---\n${OTHER}---\n`],
    ['lines that end as on Windows', `${POD}---\n${OTHER}`.replaceAll('\n', '\r\n')],
    ['a marker with a comment, and the end of a document', `--- # first\n${POD}...\n---\n${OTHER}...\n`],
    ['a directive', `%YAML 1.2\n---\n${POD}---\n${OTHER}`],
    [
      'a scalar with a marker in it',
      `${POD}  # no marker: ---\n---\n${OTHER}---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata:\n  a: |\n    ---\n    b\n`,
    ],
    ['what js-yaml writes', `---\n${dump(loadAll(POD)[0])}---\n${dump(loadAll(OTHER)[0])}`],
  ])('reads %s', (_, text) => {
    const reading = readText(text, 'all.yaml');
    expect(reading.problems).toEqual([]);
    expect(ids(reading)).toEqual(['default/Pod/a', 'default/Pod/b']);
  });

  it('warns of scalars that readers of YAML 1.1 and 1.2 take for different values, except in free text', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  annotations:\n    a: 010\n    b: on\n    c: "yes"\n    d: 10\nspec: {}\n';
    const { warnings } = readText(`${text}---\n${text.replace('Pod', 'ConfigMap')}`, 'all.yaml');
    expect(warnings.map(({ where, value }) => [where, value])).toEqual([
      ['all.yaml, document 1, line 6', '010'],
      ['all.yaml, document 1, line 7', 'on'],
    ]);
  });
});

describe('reading files', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'read-files-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  function write(path: string, content: string | Buffer): string {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  it('goes through folders at any depth, and passes over what is no YAML or JSON there', () => {
    write('a.yaml', POD);
    write('deep/er/b.yml', OTHER);
    write('deep/c.json', JSON.stringify({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'c' }, spec: {} }));
    write('README.md', '# not read');
    const reading = readFiles([folder]);
    expect(reading.problems).toEqual([]);
    expect(ids(reading)).toEqual(['default/Pod/a', 'default/Pod/b', 'default/Pod/c']);
    expect(reading.files).toBe(3);
  });

  it('reads what is named whatever its ending, and once', () => {
    const file = write('rendered.txt', POD);
    symlinkSync(file, join(folder, 'again.yaml'));
    const reading = readFiles([file, folder, file]);
    expect(reading.problems).toEqual([]);
    expect(reading.files).toBe(1);
  });

  it('reports a link that leads back, and reads the rest', () => {
    write('in/a.yaml', POD);
    symlinkSync(folder, join(folder, 'in', 'loop'));
    symlinkSync(join(folder, 'self'), join(folder, 'self'));
    symlinkSync(join(folder, 'gone'), join(folder, 'broken.yaml'));
    const reading = readFiles([folder]);
    expect(reading.problems.map(({ rule, where }) => [rule, where])).toEqual([
      ['unreadable-file', join(folder, 'broken.yaml')],
      ['symlink-loop', join(folder, 'in', 'loop')],
      ['unreadable-file', join(folder, 'self')],
    ]);
    expect(ids(reading)).toEqual(['default/Pod/a']);
  });

  it('reports what is not there, and a folder that has nothing to read', () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    const reading = readFiles([join(folder, 'none'), empty]);
    expect(rules(reading)).toEqual(['unreadable-file', 'no-manifests']);
    expect(reading.problems[0].what).toMatch(/not there/);
    write('deep/er/README.md', '# not read');
    expect(rules(readFiles([join(folder, 'deep')]))).toEqual(['no-manifests']);
  });

  // Who runs as root may read everything.
  (process.getuid?.() === 0 ? it.skip : it)('reports what may not be read', () => {
    const file = write('a.yaml', POD);
    chmodSync(file, 0);
    expect(rules(readFiles([file]))).toEqual(['unreadable-file']);
  });

  it('reports a file that is too large, and does not read it', () => {
    write('large.yaml', Buffer.alloc(50_000_000, '# '));
    write('b.yaml', OTHER);
    const reading = readFiles([folder]);
    expect(reading.problems).toMatchObject([{ rule: 'file-too-large', where: join(folder, 'large.yaml') }]);
    expect(reading.problems[0].what).toContain('50.0 MB');
    expect(ids(reading)).toEqual(['default/Pod/b']);
  });

  it('reads a file that is as large as it may be, and says of a larger one how large it may be', () => {
    const file = write('a.yaml', POD);
    expect(ids(readFiles([file], { largestFile: POD.length }))).toEqual(['default/Pod/a']);
    const { problems } = readFiles([file], { largestFile: POD.length - 1 });
    expect(problems).toMatchObject([
      { rule: 'file-too-large', value: String(POD.length), allowed: 'files of at most 0.0 MB' },
    ]);
  });

  it('reports what is no text', () => {
    write('a.yaml', Buffer.from([0x6b, 0xff, 0xfe, 0x00]));
    write('b.yaml', Buffer.from('a: \0'));
    write('c.yaml', Buffer.from([0x61, 0x3a, 0x20, 0xff]));
    expect(rules(readFiles([folder]))).toEqual(['not-text', 'not-text', 'not-text']);
  });

  it('reports what is neither a file nor a folder, and does not wait for it', () => {
    const { problems } = readFiles(['/dev/null']);
    expect(problems).toMatchObject([{ rule: 'unreadable-file', where: '/dev/null' }]);
    expect(problems[0].what).toMatch(/neither a file nor a folder/);
  });

  // A file of Linux that anybody may open and nobody may read from its beginning.
  (process.platform === 'linux' ? it : it.skip)('reports a file that cannot be read, and reads the rest', () => {
    const reading = readFiles(['/proc/self/mem', write('a.yaml', POD)]);
    expect(reading.problems).toMatchObject([{ rule: 'unreadable-file', where: '/proc/self/mem' }]);
    expect(ids(reading)).toEqual(['default/Pod/a']);
  });

  it('reads text with a byte order mark', () => {
    expect(ids(readFiles([write('a.yaml', `\uFEFF${POD}`)]))).toEqual(['default/Pod/a']);
  });

  it('passes over the graph and the findings that lie beside manifests, and nothing that has a kind', () => {
    write('a.yaml', POD);
    write('graph.json', JSON.stringify({ schema: GRAPH, tiers: ['not read'] }));
    write('findings.json', JSON.stringify({ schema: FINDINGS }));
    write('pod.json', JSON.stringify({ ...(loadAll(OTHER)[0] as object), schema: GRAPH }));
    write('other.yaml', 'schema: other');
    const { written } = readFiles([folder]);
    expect(written.map(({ file }) => basename(file))).toEqual(['a.yaml', 'other.yaml', 'pod.json']);
  });

  it.each([new TypeError('a mistake'), null, undefined, 'a mistake'])(
    'passes on %p, which no file is at fault for',
    (mistake) => {
      let thrown: unknown = 'nothing';
      try {
        failureProblem('a.yaml', mistake);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBe(mistake);
    },
  );

  it('finds objects that are in two files', () => {
    write('a.yaml', POD);
    write('b.yaml', POD.replace('spec: {', 'spec: { hostNetwork: true,'));
    const [problem] = readFiles([folder]).problems;
    expect(problem).toMatchObject({ rule: 'duplicate-object' });
    expect(problem.what).toContain(join(folder, 'a.yaml'));
    expect(problem.where).toContain(join(folder, 'b.yaml'));
  });
});

/** Each line ten times the one before. */
function bomb(levels: number): string {
  const lines = Array.from(
    { length: levels },
    (_, i) => `l${i + 1}: &l${i + 1} [${Array(10).fill(`*l${i}`).join(', ')}]`,
  );
  return ['l0: &l0 x', ...lines].join('\n');
}

/** Of each problem, the number of the document, and the line. */
function lines(text: string): string[] {
  return readText(text, 'all.yaml').problems.map(({ where }) => `${where}`.replace(/^all.yaml, document |:.*/g, ''));
}

function ids({ world }: FileReading): string[] {
  return world.workloads.map(({ id }) => id);
}

function rules({ problems }: FileReading): string[] {
  return problems.map(({ rule }) => rule);
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readFiles } from '../../lib/analysis';
import { run } from '../cli/run';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kustomize-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function written(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const object = (kind: string, name: string, more = '') =>
  `apiVersion: ${kind === 'Deployment' ? 'apps/v1' : 'v1'}\nkind: ${kind}\nmetadata: { name: ${name}${more} }\n`;
const web = `${object('Deployment', 'web', ', namespace: a')}spec: { selector: { matchLabels: { app: web } }, template: { metadata: { labels: { app: web } } } }\n`;

/** What is said of the kustomization at the top, beside web.yaml: its rule, and each thing that it does. */
function saidOf(kustomization: string, files: Readonly<Record<string, string>> = {}) {
  written({ 'web.yaml': web, 'kustomization.yaml': kustomization, ...files });
  const { problems, warnings, world } = readFiles([folder]);
  const said = [...problems, ...warnings].map(({ rule, what }) => `${rule}: ${what.split('what was read: ')[1]}`);
  return { said, workloads: world.workloads.map(({ id }) => id) };
}

describe('a kustomization that nobody built', () => {
  it.each<[string, string, string]>([
    ['another namespace', 'namespace: prod', 'it puts everything into the namespace prod'],
    ['patches in files', 'patches: [{ path: p.yaml }]', 'it patches p.yaml'],
    ['patches with a target', 'patches: [{ path: p.yaml, target: { kind: Deployment } }]', 'it patches Deployment'],
    ['old patches in files', 'patchesStrategicMerge: [p.yaml]', 'it patches p.yaml'],
    [
      'patches in itself',
      `patches: [{ patch: "kind: Deployment\\nmetadata:\\n  name: web\\n" }]`,
      'it patches Deployment web',
    ],
    ['patches by JSON', 'patchesJson6902: [{ path: p.yaml, target: { kind: A, name: b } }]', 'it patches A b'],
    ['labels everywhere', 'commonLabels: { team: a }', 'it adds labels to selectors and pods: team'],
    [
      'labels of pods',
      'labels: [{ pairs: { team: a }, includeTemplates: true }]',
      'it adds labels to selectors and pods: team',
    ],
    [
      'labels in fields of its own choice',
      'labels: [{ pairs: { team: a }, fields: [{ path: spec/podSelector/matchLabels, kind: NetworkPolicy }] }]',
      'it adds labels to selectors and pods: team',
    ],
    [
      'annotations that make hooks',
      'commonAnnotations: { helm.sh/hook: test, note: mine }',
      'it adds annotations that are read: helm.sh/hook',
    ],
    ['components', 'components: [../c]', 'it adds the components ../c'],
    ['replacements', 'replacements: [{ source: { kind: A } }]', 'it replaces values by others'],
    ['transformers', 'transformers: [t.yaml]', 'it runs the transformers t.yaml'],
  ])('is refused where it changes what was read: %s', (_, field, what) => {
    expect(saidOf(`resources: [web.yaml]\n${field}\n`).said).toEqual([`kustomization-unbuilt: ${what}`]);
  });

  it.each<[string, string, string]>([
    ['other names', 'resources: [web.yaml]\nnamePrefix: new-\nnameSuffix: -b', 'it calls objects new-…-b'],
    ['a file that is not there', 'resources: [web.yaml, x.yaml]', 'it applies x.yaml as well, which was not read'],
    [
      'a folder and an address',
      'resources: [web.yaml, ../base, "https://example.com/x?ref=1"]',
      'it applies ../base, https://example.com/x?ref=1 as well, which was not read',
    ],
    [
      'a chart',
      'resources: [web.yaml]\nhelmCharts: [{ name: qdrant }]',
      'it applies the chart qdrant as well, which was not read',
    ],
  ])('is a warning where it is more than was read, or called otherwise: %s', (_, text, what) => {
    expect(saidOf(text).said).toEqual([`kustomization-differs: ${what}`]);
  });

  it('is a warning where it leaves out a manifest that was read', () => {
    const { said, workloads } = saidOf('resources: [web.yaml]', {
      'more.yaml': web.replaceAll('web', 'more'),
      'notes.yaml': 'a: 1',
    });
    expect(said).toEqual(['kustomization-differs: it does not apply more.yaml, which was read']);
    expect(workloads).toEqual(['a/Deployment/more', 'a/Deployment/web']);
  });

  it.each<[string, string, string]>([
    [
      'a policy of Kubernetes',
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: a }\nspec: { podSelector: {} }\n',
      'NetworkPolicy a/deny',
    ],
    [
      'a policy of another engine',
      'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: deny, namespace: a }\nspec: { endpointSelector: {}, ingress: [{}] }\n',
      'CiliumNetworkPolicy a/deny',
    ],
    ['a Namespace', object('Namespace', 'a', ', labels: { team: a }'), 'Namespace a'],
  ])('is refused where it leaves out what answers about others hang on: %s', (_, text, what) => {
    const files = { 'more.yaml': text, 'other.yaml': web.replaceAll('web', 'other') };
    expect(saidOf('resources: [web.yaml]', files).said).toEqual([
      `kustomization-unbuilt: it does not apply more.yaml, which has ${what}; it does not apply other.yaml, which was read`,
    ]);
    expect(saidOf('resources: [web.yaml, more.yaml, other.yaml]').said).toEqual([]);
  });

  describe('with policies in folders below it that no kustomization lists', () => {
    const deny =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: a }\nspec: { podSelector: {} }\n';
    const warningsOf = (kustomization: string, files: Readonly<Record<string, string>>) => {
      written({ 'web.yaml': web, 'kustomization.yaml': kustomization, ...files });
      const { warnings, problems } = readFiles([folder]);
      expect(problems).toEqual([]);
      return warnings.flatMap(({ rule, what, where }) =>
        rule === 'kustomization-differs' ? [`${where?.slice(folder.length + 1)}: ${what}`] : [],
      );
    };
    const NEITHER = 'Neither this kustomization nor another one that was read applies what was read below its folder: ';

    it('is a warning that names them', () => {
      const files = {
        'policies/deep/deny.yaml': deny,
        'policies/ns.yaml': object('Namespace', 'b'),
        'more/w.yaml': web,
      };
      expect(warningsOf('resources: [web.yaml]', files)).toEqual([
        `kustomization.yaml, document 1, line 1: ${NEITHER}policies/deep/deny.yaml (NetworkPolicy a/deny), policies/ns.yaml (Namespace b)`,
      ]);
    });

    it('is a warning of the kustomization that is nearest to them', () => {
      const files = { 'prod/kustomization.yaml': 'resources: [../web.yaml]', 'prod/policies/deny.yaml': deny };
      expect(warningsOf('resources: [prod]', files)).toEqual([
        `prod/kustomization.yaml, document 1, line 1: ${NEITHER}policies/deny.yaml (NetworkPolicy a/deny)`,
      ]);
    });

    it.each<[string, string, Readonly<Record<string, string>>]>([
      ['it lists them', 'resources: [web.yaml, policies/deny.yaml]', {}],
      [
        'another one does',
        'resources: [web.yaml]',
        { 'prod/kustomization.yaml': 'resources: [../policies/deny.yaml]' },
      ],
      ['their folder has one', 'resources: [web.yaml]', { 'policies/kustomization.yaml': 'resources: [deny.yaml]' }],
      ['it applies nothing', 'images: []', {}],
    ])('is none where %s', (_, kustomization, files) => {
      expect(warningsOf(kustomization, { 'policies/deny.yaml': deny, ...files })).toEqual([]);
    });
  });

  it.each<[string, string]>([
    ['a list of what is there', ''],
    ['the namespace that all are in', 'namespace: a'],
    ['images', 'images: [{ name: x, newTag: v2 }]'],
    ['a ConfigMap', 'configMapGenerator: [{ name: c, files: [c.yaml] }]'],
    ['labels that no selector asks', 'labels: [{ pairs: { team: a } }]'],
    ['annotations', 'commonAnnotations: { a: b }'],
  ])('says nothing where it changes nothing that bears on connections: %s', (_, field) => {
    expect(saidOf(`resources: [./web.yaml]\n${field}\n`).said).toEqual([]);
  });

  it('is none where kustomize would not look for it', () => {
    const { said } = saidOf('resources: [web.yaml, other.yaml]', {
      'other.yaml':
        'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: prod\nresources: [web.yaml]\n',
    });
    expect(said).toEqual([]);
  });

  it("changes pods that are no workload's by labels of metadata, and does not change others", () => {
    const pod = `${object('Pod', 'agent', ', namespace: a')}spec: { containers: [{ name: a }] }\n`;
    const labels = 'labels: [{ pairs: { team: a } }]';
    expect(saidOf(`resources: [web.yaml, pod.yaml]\n${labels}`, { 'pod.yaml': pod }).said).toEqual([
      'kustomization-unbuilt: it labels objects that policies select (Pod): team',
    ]);
  });

  it('changes namespaces by labels that no selector of its own has', () => {
    const { said } = saidOf('resources: [web.yaml, ns.yaml]\nlabels: [{ pairs: { team: a } }]', {
      'ns.yaml': object('Namespace', 'a'),
    });
    expect(said).toEqual(['kustomization-unbuilt: it labels objects that policies select (Namespace): team']);
  });

  it('renames a Namespace that is another than the one of everything', () => {
    const { said } = saidOf('resources: [ns.yaml, web.yaml]\nnamespace: a', { 'ns.yaml': object('Namespace', 'b') });
    expect(said).toEqual(['kustomization-unbuilt: it puts everything into the namespace a']);
  });

  it('changes no namespace where the one that objects without any go to is told', () => {
    written({
      'web.yaml': web.replace(', namespace: a', ''),
      'kustomization.yaml': 'resources: [web.yaml]\nnamespace: a',
    });
    const rules = (defaultNamespace?: string) =>
      readFiles([folder], { ...(defaultNamespace && { defaultNamespace }) }).problems.map(({ rule }) => rule);
    expect([rules(), rules('a'), rules('b')]).toEqual([['kustomization-unbuilt'], [], ['kustomization-unbuilt']]);
  });

  it('is read in a revision as in a folder', () => {
    const texts = Object.entries({
      'kustomization.yaml': 'resources: [./base]\nnamespace: b',
      'base/kustomization.yaml': 'resources: [web.yaml]',
      'base/web.yaml': web,
      'prod/kustomization.yaml': 'resources: [../base]\npatches: [{ path: p.yaml }]',
      'prod/p.yaml': web,
    }).map(([name, text]) => ({ name: `main:${name}`, text }));
    const { problems, warnings, world } = readFiles([], { texts });
    expect(world.workloads.map(({ id }) => id)).toEqual(['a/Deployment/web']);
    expect([problems.map(({ where, what }) => `${where}: ${what.split('read: ')[1]}`), warnings]).toEqual([
      [
        'main:kustomization.yaml, document 1, line 1: it puts everything into the namespace b',
        'main:prod/kustomization.yaml, document 1, line 1: it patches p.yaml',
      ],
      [],
    ]);
  });

  it('is known by its apiVersion, by its file, and by the file without an ending', () => {
    written({ Kustomization: 'namespace: prod\nresources: [web.yaml]', 'web.yaml': web });
    expect(readFiles([folder]).problems).toMatchObject([
      { rule: 'kustomization-unbuilt', where: `${join(folder, 'Kustomization')}, document 1, line 1` },
    ]);
  });

  it('names the folder that is to be built, of a file in a folder, of one here, and of one of a revision', () => {
    const texts = ['k/base/kustomization.yaml', 'kustomization.yaml', 'main:prod/kustomization.yaml'];
    const { notes } = readFiles([], { texts: texts.map((name) => ({ name, text: 'resources: []' })) });
    expect(notes.map(({ fix }) => fix?.split(': ')[1])).toEqual([
      'kustomize build k/base > manifests.yaml',
      'kustomize build . > manifests.yaml',
      'kustomize build prod > manifests.yaml',
    ]);
  });

  it('is none by its file where Flux has an object of that name', () => {
    const flux =
      'apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: { name: apps }\nspec: {}\n';
    expect(saidOf(flux).said).toEqual([]);
  });
});

describe('files that kustomize makes others of', () => {
  const overlay = {
    'base/kustomization.yaml': 'resources: [web.yaml]',
    'base/web.yaml': web,
    'prod/kustomization.yaml': 'resources: [../base]\npatches: [{ path: patch.yaml }]',
    'prod/patch.yaml': `${object('Deployment', 'web', ', namespace: a')}spec: { template: { spec: { hostNetwork: true } } }\n`,
  };

  it('are passed over with a note, so that a patch is no second object', () => {
    written(overlay);
    const { problems, notes, world } = readFiles([folder]);
    expect(problems.map(({ rule }) => rule)).toEqual(['kustomization-unbuilt']);
    expect(world.workloads).toMatchObject([{ id: 'a/Deployment/web' }]);
    expect(world.workloads[0]).not.toMatchObject({ isHostNetwork: true });
    expect(notes.map(({ what }) => what).join()).toContain(
      'does not apply it by itself, so that Deployment a/web was passed over',
    );
  });

  it('are no object alone either, with the base elsewhere', () => {
    written(overlay);
    const { problems, world } = readFiles([join(folder, 'prod')]);
    expect(world.workloads).toEqual([]);
    expect(problems[0].what).toMatch(/it patches patch[.]yaml; it applies [.][.]\/base as well, which was not read$/);
  });

  it('are read where another kustomization applies them', () => {
    written({ ...overlay, 'prod/kustomization.yaml': 'resources: [patch.yaml]\nreplacements: [{ path: patch.yaml }]' });
    expect(readFiles([join(folder, 'prod')]).world.workloads).toHaveLength(1);
  });

  it('are read where they are asked for by name, as they are', () => {
    written(overlay);
    const { problems, world } = readFiles([join(folder, 'base/web.yaml')]);
    expect([problems, world.workloads.length]).toEqual([[], 1]);
  });
});

describe('commands on a folder whose kustomization is not built', () => {
  const files = { 'k/kustomization.yaml': 'resources: [web.yaml]\npatches: [{ path: p.yaml }]', 'k/web.yaml': web };

  it.each([['list k'], ['can a/web internet -f k'], ['diff k k'], ['compare k k'], ['prove k']])(
    '%s refuses it, and says how to read what it builds',
    async (line) => {
      written(files);
      const { code, out, err } = await run(line.split(' '), { cwd: folder });
      expect([code, out]).toEqual([3, '']);
      expect(err).toContain('it patches p.yaml');
      expect(err).toMatch(/kustomize build \S*k (?:[|] npx cdk8s-zero-trust (?:list|can|prove) |> manifests[.]yaml)/);
    },
  );

  it('can refuses to answer by a policy that it leaves out', async () => {
    const deny =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: a }\nspec: { podSelector: {}, policyTypes: [Egress] }\n';
    written({ 'k/kustomization.yaml': 'resources: [web.yaml]', 'k/web.yaml': web, 'k/policies.yaml': deny });
    const { code, out, err } = await run(['can', 'a/web', 'internet', '-f', 'k'], { cwd: folder });
    expect([code, out]).toEqual([3, '']);
    expect(err).toContain('it does not apply policies.yaml, which has NetworkPolicy a/deny');
  });

  it.each([['can a/web internet -f k'], ['explain a/web internet -f k'], ['list k']])(
    '%s says beside the answer which policies in folders below nobody applies',
    async (line) => {
      const deny =
        'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny, namespace: a }\nspec: { podSelector: {}, policyTypes: [Egress] }\n';
      written({ 'k/kustomization.yaml': 'resources: [web.yaml]', 'k/web.yaml': web, 'k/sub/policies.yaml': deny });
      const { err } = await run(line.split(' '), { cwd: folder });
      expect(err).toContain('applies what was read below its folder: sub/policies.yaml (NetworkPolicy a/deny)');
    },
  );

  it('list of a kustomization alone says how to read what it builds', async () => {
    written({ 'overlay/kustomization.yaml': 'resources: [../base]' });
    const { code, err } = await run(['list', 'overlay'], { cwd: folder });
    expect(code).toBe(3);
    expect(err).toContain('There is no object of Kubernetes here');
    expect(err).toMatch(/kustomize build \S*overlay/);
  });

  it('check reports it as an error, and ends as where something could not be read', async () => {
    written(files);
    const { code, out } = await run(['check', 'k'], { cwd: folder });
    expect(code).toBe(3);
    expect(out).toMatch(/^error {2}kustomization-unbuilt {2}\S*k\/kustomization[.]yaml:1$/m);
    expect(out).toContain('default-deny-missing');
  });

  it('list and diff answer, and say it, where only names and what is beside differ', async () => {
    written({ ...files, 'k/kustomization.yaml': 'resources: [web.yaml]\nnamePrefix: new-' });
    for (const line of ['list k', 'diff k k']) {
      const { code, err } = await run(line.split(' '), { cwd: folder });
      expect([line, code, err]).toEqual([line, 0, expect.stringContaining('it calls objects new-…')]);
    }
    expect((await run(['list', 'k', '--quiet'], { cwd: folder })).err).toBe('');
  });
});

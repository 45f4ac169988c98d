import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, loadAll } from 'js-yaml';
import { commandLinesIn, parsedName } from './command-lines';

const root = join(__dirname, '../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const { version, bin, files } = JSON.parse(text('package.json'));

type Yaml = Readonly<Record<string, never>>;

/** What users say of values that are known when a job runs, as a value that is right. */
const filledIn = (source: string) =>
  source
    .replaceAll('"$FAIL_ON"', 'error')
    .replaceAll('"$FAIL_ON_CHANGE"', 'none')
    .replaceAll('$[[ inputs.fail-on ]]', 'error')
    .replaceAll('$[[ inputs.fail-on-change ]]', 'none')
    .replaceAll(/\$\[\[ inputs\.([\w-]+) \]\]/g, 'given');

describe('command lines that others copy', () => {
  it.each([
    ['docs/ci.md', 5],
    ['ci/github/judge.sh', 4],
    ['ci/gitlab.yml', 4],
    ['examples/argocd-presync/prove.yaml', 2],
    ['krew/zero-trust.yaml', 1],
  ])('are ones that the tool takes: %s', (path, count) => {
    const lines = commandLinesIn(filledIn(text(path)));
    expect(lines).toHaveLength(count);
    for (const words of lines) expect(parsedName(words)).toBe(words[0]);
  });

  it('would not pass with an option that is none', () => {
    const [words = []] = commandLinesIn('cdk8s-zero-trust check dist --fail-at error');
    expect(() => parsedName(words)).toThrow();
  });

  it('are ones that the tool takes: hooks of pre-commit', () => {
    const hooks = load(text('.pre-commit-hooks.yaml')) as { id: string; entry: string; args: string[] }[];
    expect(hooks.map(({ id }) => id)).toEqual(['zero-trust-check', 'zero-trust-prove', 'zero-trust-diff']);
    for (const { entry, args } of hooks) {
      const [words = []] = commandLinesIn(`${entry} `);
      expect(parsedName([...words, ...args])).toBe(words[0]);
    }
    const used = /```yaml\n(repos:[\s\S]*?)```/.exec(text('docs/ci.md'))?.[1] ?? '';
    const { repos } = load(used) as { repos: { hooks: { id: string; args: string[] }[] }[] };
    for (const { id, args } of repos.flatMap((repo) => repo.hooks)) {
      const [words = []] = commandLinesIn(`${hooks.find((hook) => hook.id === id)?.entry} `);
      expect(parsedName([...words, ...args])).toBe(words[0]);
    }
  });
});

describe('the action', () => {
  const action = load(text('action.yml')) as {
    readonly inputs: Readonly<Record<string, { description: string; default: string }>>;
    readonly outputs: Readonly<Record<string, { value: string }>>;
    readonly runs: { using: string; steps: { run?: string; shell?: string; uses?: string; env?: Yaml; id?: string }[] };
  };

  it('describes every input, and gives it a default', () => {
    for (const input of Object.values(action.inputs))
      expect(input).toEqual({ description: expect.any(String), default: expect.any(String) });
    expect(action.inputs['version']?.default).toBe(version);
  });

  it('uses every input, and none that it has not', () => {
    const used = [...text('action.yml').matchAll(/inputs\.([\w-]+)/g)].map(([, name]) => name);
    expect([...new Set(used)].sort()).toEqual(Object.keys(action.inputs).sort());
  });

  it('hands what users say over in the environment, and never as part of a script', () => {
    expect(action.runs.using).toBe('composite');
    for (const { run, shell } of action.runs.steps.filter((step) => step.run !== undefined)) {
      expect(run).not.toContain('${{');
      expect(shell).toBe('bash');
    }
  });

  it('runs scripts that are there, each given what it reads', () => {
    const steps = action.runs.steps.flatMap(({ run = '', env = {} }) => {
      const [, script] = /\$GITHUB_ACTION_PATH\/(\S+?)"/.exec(run) ?? [];
      return script === undefined ? [] : [{ script, given: Object.keys(env) }];
    });
    expect(steps).toHaveLength(3);
    for (const { script, given } of steps) {
      expect(existsSync(join(root, script))).toBe(true);
      for (const name of given) expect(text(script)).toContain(name);
    }
  });

  it('has outputs that the script writes', () => {
    for (const name of Object.keys(action.outputs))
      expect(text('ci/github/judge.sh')).toMatch(new RegExp(`(output|ended) ${name} `));
  });
});

it.each(readdirSync(join(root, 'ci/github')).filter((name) => name.endsWith('.sh')))('bash reads %s', (name) => {
  execFileSync('bash', ['-n', join(root, 'ci/github', name)]);
});

it('the include of GitLab has jobs with scripts, of this version', () => {
  const [header, jobs] = loadAll(text('ci/gitlab.yml')) as [
    { spec: { inputs: Readonly<Record<string, { default: string }>> } },
    Readonly<Record<string, { extends?: string; script?: string[] }>>,
  ];
  expect(header.spec.inputs['version']?.default).toBe(version);
  const used = [...text('ci/gitlab.yml').matchAll(/\$\[\[ inputs\.([\w-]+) \]\]/g)].map(([, name]) => name);
  expect([...new Set(used)].sort()).toEqual(Object.keys(header.spec.inputs).sort());
  expect(Object.keys(jobs)).toEqual(['.zero-trust', 'zero-trust-check', 'zero-trust-diff', 'zero-trust-prove']);
  for (const [name, job] of Object.entries(jobs))
    if (!name.startsWith('.')) expect(job.script).toEqual(expect.any(Array));
});

it('the Job of Argo CD is a hook before the sync, of this version, and what isolates it is none', () => {
  const job = load(text('examples/argocd-presync/prove.yaml')) as { kind: string; metadata: { annotations: Yaml } };
  expect(job).toMatchObject({
    kind: 'Job',
    metadata: {
      annotations: {
        'argocd.argoproj.io/hook': 'PreSync',
        'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
      },
    },
  });
  expect(text('examples/argocd-presync/prove.yaml')).toContain(`cdk8s-zero-trust@${version} prove`);
  expect(text('examples/argocd-presync/policies.yaml')).not.toContain('argocd.argoproj.io/hook');
});

it('the template of krew becomes a manifest with a binary that the package has', () => {
  const filled = text('krew/zero-trust.yaml')
    .replace(/\{\{addURIAndSha "([^"]*)" [.]TagName \}\}/, (_, uri) => `uri: ${uri}\n    sha256: ${'0'.repeat(64)}`)
    .replaceAll('{{ .TagName }}', `v${version}`);
  const { kind, metadata, spec } = load(filled) as {
    kind: string;
    metadata: { name: string };
    spec: { version: string; shortDescription: string; platforms: { bin: string; uri: string; sha256: string }[] };
  };
  expect([kind, metadata.name, spec.version]).toEqual(['Plugin', 'zero-trust', `v${version}`]);
  // krew's own limit.
  expect(spec.shortDescription.length).toBeLessThanOrEqual(50);
  expect(bin['kubectl-zero_trust']).toBe(spec.platforms[0]?.bin);
  expect(files.filter((path: string) => spec.platforms[0]?.bin.startsWith(`${path}/`))).toEqual(['build/lib']);
});

it('what the page says of cdk8s.yaml is YAML, and names every property', () => {
  const page = text('docs/ci.md');
  const [, source = ''] = /```yaml\n(language:[\s\S]*?)```/.exec(page) ?? [];
  const { validations } = load(source) as { validations: readonly unknown[] };
  expect(validations).toEqual([
    { package: 'cdk8s-zero-trust', version, class: 'ZeroTrustValidation', properties: { failOn: 'warning' } },
  ]);
  const struct = /interface ZeroTrustValidationProps \{([\s\S]*?)^\}/m.exec(
    text('lib/validation/zero-trust-validation.ts'),
  )?.[1];
  const names = [...(struct ?? '').matchAll(/readonly (\w+)\?:/g)].map(([, name]) => name);
  const rows = [...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name);
  expect(rows).toEqual(names);
});

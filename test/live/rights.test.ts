import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { LIVE_RESOURCES } from '../../lib/live/resources';
import { run } from '../cli/run';
import { common } from './engines';
import { FakeCluster } from './fake-cluster';
import { agentsAndModels } from './objects';

// The ready ClusterRole of docs/live.md grants what live commands ask for, and nothing else.

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly verbs: readonly string[];
}

interface Role {
  readonly kind: 'ClusterRole' | 'Role';
  readonly metadata: { readonly namespace?: string };
  readonly rules: readonly Rule[];
}

const page = readFileSync('docs/live.md', 'utf8');
const roles = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].flatMap(([, text]) => loadAll(text) as Role[]);

/** `list pods of `, `get configmaps of  cilium-config in kube-system`: of the whole cluster where no namespace is named. */
function grants(): string[] {
  return roles.flatMap(({ kind, metadata, rules }) =>
    rules.flatMap(({ apiGroups, resources, resourceNames = [''], verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) =>
          resourceNames.flatMap((name) =>
            verbs.map((verb) =>
              grantText(verb, resource, group, name, kind === 'Role' ? metadata.namespace : undefined),
            ),
          ),
        ),
      ),
    ),
  );
}

function grantText(verb: string, resource: string, group: string, name: string, namespace: string | undefined): string {
  return `${verb} ${resource} of '${group}'${name === '' ? '' : ` ${name}`}${namespace === undefined ? '' : ` in ${namespace}`}`;
}

/** What a request needs; undefined for discovery. A list in one namespace is granted by that of the whole cluster too. */
function needed(path: string): readonly string[] | undefined {
  const [bare] = path.split('?');
  const parts = bare.split('/').filter((part) => part !== '');
  const isCore = parts[0] === 'api';
  const below = parts.slice(isCore ? 2 : 3);
  if (below.length === 0) return undefined;
  const group = isCore ? '' : parts[1];
  const namespace = below[0] === 'namespaces' && below.length > 2 ? below[1] : undefined;
  const [resource, name = ''] = namespace === undefined ? below : below.slice(2);
  const verb = name === '' ? 'list' : 'get';
  // A get of a namespace is granted for all of them: which one is asked for is not known before.
  const named = resource === 'namespaces' ? '' : name;
  return [undefined, namespace].map((where) => grantText(verb, resource, group, named, where));
}

/** Every kind is installed; Calico's only in one of its two forms, as either is. */
function installed(without: string): string[] {
  return LIVE_RESOURCES.filter(({ group }) => group.includes('.') && !CORE.includes(group) && group !== without).map(
    ({ group, resource, kind, isNamespaced }) =>
      `${group}/${VERSIONS[group] ?? 'v1'} ${resource} ${kind} ${isNamespaced ? 'N' : 'C'}`,
  );
}

const CORE = ['networking.k8s.io', 'discovery.k8s.io'];
const VERSIONS: Readonly<Record<string, string>> = {
  'cilium.io': 'v2',
  'crd.antrea.io': 'v1beta1',
  'policy.networking.k8s.io': 'v1alpha2',
};

async function asked(): Promise<ReadonlySet<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'rights-'));
  const paths = new Set<string>();
  try {
    writeFileSync(join(folder, 'a.json'), JSON.stringify({ kind: 'List', items: agentsAndModels() }));
    writeFileSync(join(folder, 'flows.jsonl'), `${JSON.stringify(FLOW)}\n`);
    for (const without of ['projectcalico.org', 'crd.projectcalico.org']) {
      for (const argv of COMMANDS) {
        const fake = new FakeCluster([...common(), ...agentsAndModels()], { installed: installed(without) });
        const { code, err } = await run(argv, { cwd: folder, cluster: fake.reached() });
        if (code === 3) throw new Error(`${argv.join(' ')}: ${err}`);
        for (const path of fake.asked) paths.add(path);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return paths;
}

const FLOW = {
  source: { address: '10.244.0.5' },
  destination: { address: '10.244.1.7' },
  protocol: 'TCP',
  port: 22,
  verdict: 'passed',
};

const COMMANDS: readonly (readonly string[])[] = [
  ['list', '--live', '--summary'],
  ['graph', '--live'],
  ['can', 'agents/agent', 'models/vllm', '--live'],
  ['explain', 'agents/agent', 'models/vllm', '--live'],
  ['reach', 'agents/agent', '--live'],
  ['check', '--live', '--rule', 'dangling-peer'],
  ['prove', '--live'],
  ['flows', 'flows.jsonl', '--live'],
  ['diff', 'a.json', 'live:'],
  ['compare', 'a.json', 'live:'],
  ['list', '--live', '--summary', '--only-namespace', 'models'],
  ['drift', 'a.json'],
  ['cluster', 'facts'],
  ['cluster', 'verify', 'a.json'],
];

describe('the rights of docs/live.md', () => {
  let requests: ReadonlySet<string>;
  beforeAll(async () => {
    requests = await asked();
  });

  it('are enough for every request of every live command', () => {
    const granted = new Set(grants());
    const lacking = [...requests].filter((path) => {
      const any = needed(path);
      return any !== undefined && !any.some((right) => granted.has(right));
    });
    expect(lacking).toEqual([]);
  });

  it('are each used', () => {
    const used = new Set([...requests].flatMap((path) => needed(path) ?? []));
    expect(grants().filter((grant) => !used.has(grant))).toEqual([]);
  });

  it('have no verb but get and list, and nothing of Secrets', () => {
    const all = roles.flatMap(({ rules }) => rules);
    expect([...new Set(all.flatMap(({ verbs }) => verbs))].sort()).toEqual(['get', 'list']);
    expect(all.flatMap(({ resources }) => resources)).not.toContain('secrets');
  });

  it('leave discovery to what every user has', () => {
    const besides = [...requests].filter((path) => needed(path) === undefined);
    expect(besides.filter((path) => !/^\/(version|api\/v1|apis(\/[^/]+\/[^/]+)?)$/.test(path))).toEqual([]);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { ZeroTrust } from '../../lib';
import type { Kubectl } from '../../lib/cli/kubectl-run';
import { FakeCluster } from '../probes/fake-cluster';
import { platform } from '../probes/scenario';
import { run } from './run';

// The ready ClusterRole of docs/probes.md grants what the command asks for, and nothing else.

interface Role {
  readonly rules: readonly Record<'apiGroups' | 'resources' | 'verbs', readonly string[]>[];
}

function granted(): string[] {
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/probes.md', 'utf8')) ?? [];
  return loadAll(text)
    .flatMap((role) => (role as Role).rules)
    .flatMap(({ apiGroups, resources, verbs }) =>
      apiGroups.flatMap((group) =>
        resources.flatMap((resource) => verbs.map((verb) => `${verb} ${resource} ${group}`)),
      ),
    );
}

const RESOURCES: Readonly<Record<string, string>> = {
  'v1 Namespace': 'namespaces ',
  'batch/v1 Job': 'jobs batch',
  'networking.k8s.io/v1 NetworkPolicy': 'networkpolicies networking.k8s.io',
};

/** What a call of kubectl asks the API server for: `logs` was seen to do these (kubectl 1.32, `-v=6`). */
function needed([verb, what]: readonly string[], input = ''): readonly string[] {
  if (verb === 'logs') return ['get jobs batch', 'list pods ', 'watch pods ', 'get pods/log '];
  if (verb === 'get') return [`get ${what}s batch`];
  const { apiVersion, kind } = JSON.parse(input);
  return [`${verb} ${RESOURCES[`${apiVersion} ${kind}`]}`];
}

async function asked(): Promise<ReadonlySet<string>> {
  const folder = mkdtempSync(join(tmpdir(), 'probe-rights-'));
  const rights = new Set<string>();
  try {
    ZeroTrust.render(platform().app, { folder });
    for (const argv of [['--load', '7'], ['--live']]) {
      const fake = new FakeCluster();
      const kubectl: Kubectl = (args, input) => {
        for (const right of needed(args, input)) rights.add(right);
        return fake.kubectl(args, input);
      };
      const get = async (path: string) => {
        rights.add(`list ${/\/(\w+)\?/.exec(path)?.[1]} `);
        return { status: 200, body: JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [] }) };
      };
      const { code, err } = await run(['probe', folder, ...argv], {
        cluster: async () => ({ name: 'fake', get }),
        more: { kubectl, pause: () => Promise.resolve() },
      });
      if (code === 3) throw new Error(err);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rights;
}

it('the rights of docs/probes.md are those that the command uses, and no others', async () => {
  expect(granted().sort()).toEqual([...(await asked())].sort());
});

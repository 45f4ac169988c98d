import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { abilities, describeUnless } from './support/abilities';
import { ApiServer } from './support/api-server';
import { defineKindsOf } from './support/definitions';
import { foldersIn, inWaveOrder, type Manifest, manifestsIn } from './support/manifests';

const { programs, noServer } = abilities();
const root = resolve(__dirname, '../..');
const fixtures = join(__dirname, 'fixtures/acceptance');
const rendered = foldersIn(join(root, 'dist')).map((name) => join(root, 'dist', name));

/** CRDs by API group: where one is found, its kinds are tried too; without it they are skipped by name. */
const definitions: Readonly<Record<string, string>> = {
  'argoproj.io': 'argocd.yaml',
  'cilium.io': 'cilium.yaml',
  'projectcalico.org': 'calico.yaml',
  'crd.antrea.io': 'antrea.yaml',
  'policy.networking.k8s.io': 'network-policy-api.yaml',
};
const definitionsFolder = resolve(root, '../shared/crds');

describeUnless(noServer, 'a real API server, with strict field validation', () => {
  it.each(rendered.map((folder) => [`dist/${folder.split('/').pop()}`, folder]))(
    'takes every object of %s, on trial and then really, in the order of their waves',
    async (title, folder) => {
      const outcome = await offer(manifestsIn(folder));
      report(title, outcome);
      expect(outcome.refused).toEqual([]);
      expect(outcome.accepted.length).toBeGreaterThan(0);
    },
  );

  it('needs the waves: in the order of the file, the policy would come before its namespace', async () => {
    const manifests = manifestsIn(fixtures);
    const inOrder = await offer(manifests);
    expect(inOrder.refused).toEqual([]);
    expect(inOrder.accepted).toEqual(['Namespace waves', 'NetworkPolicy waves/default-deny']);
    expect(inOrder.skipped).toEqual(['Widget waves/unknown: the server knows no Widget of widgets.example/v1']);
    const server = await ApiServer.start(programs ?? '');
    try {
      const policyFirst = await server.create((manifests[0] as Manifest).object);
      expect(policyFirst).toMatchObject({ status: 404, body: { message: 'namespaces "waves" not found' } });
    } finally {
      await server.stop();
    }
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ['an unknown field', { podSelector: {}, ingres: [] }, /unknown field "spec.ingres"/],
    ['a block with host bits', { podSelector: {}, ingress: [{ from: [{ ipBlock: { cidr: '10.1.2.3/8' } }] }] }, /cidr/],
    ['a peer without anything', { podSelector: {}, ingress: [{ from: [{}] }] }, /must specify a peer/],
  ])('refuses a policy with %s', async (_, spec, message) => {
    const policy = { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'wrong' }, spec };
    const outcome = await offer([{ file: 'wrong.yaml', object: policy }]);
    expect(outcome.accepted).toEqual([]);
    expect(outcome.refused.join()).toMatch(message);
  });
});

interface Outcome {
  readonly accepted: string[];
  readonly refused: string[];
  readonly skipped: string[];
}

/** What a new server says to the objects. Namespaces that others are to own are there before. */
async function offer(manifests: readonly Manifest[]): Promise<Outcome> {
  const server = await ApiServer.start(programs ?? '');
  try {
    await defineKinds(server, manifests);
    for (const name of namespacesOfOthers(manifests)) await server.ensureNamespace(name);
    const outcome: Outcome = { accepted: [], refused: [], skipped: [] };
    for (const manifest of inWaveOrder(manifests)) await offerOne(server, manifest, outcome);
    return outcome;
  } finally {
    await server.stop();
  }
}

async function offerOne(server: ApiServer, { file, object }: Manifest, outcome: Outcome): Promise<void> {
  const name = [object.metadata.namespace, object.metadata.name].filter((part) => part !== undefined).join('/');
  if (!(await server.knows(object))) {
    outcome.skipped.push(`${object.kind} ${name}: the server knows no ${object.kind} of ${object.apiVersion}`);
    return;
  }
  for (const dryRun of [true, false]) {
    const { status, body } = await server.create(object, { dryRun });
    if (status === 201) continue;
    outcome.refused.push(`${file}: ${object.kind} ${name}: ${status} ${body.message}${dryRun ? ' (dry run)' : ''}`);
    return;
  }
  outcome.accepted.push(`${object.kind} ${name}`);
}

function namespacesOfOthers(manifests: readonly Manifest[]): string[] {
  const declared = manifests
    .filter(({ object }) => object.kind === 'Namespace')
    .map(({ object }) => object.metadata.name);
  const used = manifests.map(({ object }) => object.metadata.namespace ?? 'default');
  return [...new Set(used)].filter((name) => name !== 'default' && !declared.includes(name)).sort();
}

async function defineKinds(server: ApiServer, manifests: readonly Manifest[]): Promise<void> {
  const groups = new Set(manifests.map(({ object }) => object.apiVersion.split('/')[0] as string));
  for (const [group, name] of Object.entries(definitions)) {
    const file = join(definitionsFolder, name);
    if (groups.has(group) && existsSync(file)) await defineKindsOf(server, file);
  }
}

function report(title: string, { accepted, skipped }: Outcome): void {
  process.stdout.write(`${title}: ${accepted.length} objects accepted\n`);
  for (const line of skipped) process.stdout.write(`SKIPPED: ${title}: ${line}\n`);
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { run } from './run';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-compare-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function written(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Files are called by where they are, which is another folder each time. */
async function compare(...argv: string[]) {
  const result = await run(['compare', ...argv], { cwd: folder, env: process.env });
  return { ...result, out: result.out.replaceAll(`${folder}/`, '') };
}

const policy = (from: string, ports: string, name = 'in') => `
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: x }
spec:
  podSelector: { matchLabels: { app: db } }
  policyTypes: [Ingress]
  ingress: [{ from: [${from}], ports: [${ports}] }]
---
`;
const toApp = (app: string) => `{ podSelector: { matchLabels: { app: ${app} } } }`;

describe('compare of two sets of policies', () => {
  it('ends with 0 where both allow the same, however it is written', async () => {
    written({
      'one.yaml': policy(toApp('a'), '{ port: 80 }, { port: 81 }'),
      'two.yaml': policy(toApp('a'), '{ port: 80 }', 'p') + policy(toApp('a'), '{ port: 81 }', 'q'),
    });
    expect(await compare('one.yaml', 'two.yaml')).toEqual({
      code: 0,
      out: 'Equivalent: one.yaml and two.yaml allow the same.\n',
      err: '',
    });
  });

  it('shows what one allows beyond the other, and whose rule does it', async () => {
    written({
      'narrow.yaml': policy(toApp('a'), '{ port: 80 }'),
      'wide.yaml': policy('{ namespaceSelector: {} }', '{ port: 80 }'),
    });
    const { code, out } = await compare('narrow.yaml', 'wide.yaml');
    expect([code, out]).toEqual([
      1,
      [
        'narrow.yaml implies wide.yaml: it allows nothing that wide.yaml does not, and wide.yaml allows more.',
        '',
        'wide.yaml allows what narrow.yaml does not:',
        '  from pod {} of other to pod {app=db} of x on TCP 80',
        '    narrow.yaml: isolated by NetworkPolicy x/in (narrow.yaml:4), and no rule allows it',
        '    wide.yaml: allowed by ingress rule 0 of NetworkPolicy x/in (wide.yaml:8)',
        '',
      ].join('\n'),
    ]);
    expect((await compare('narrow.yaml', 'wide.yaml', '--expect', 'implies')).code).toBe(0);
    expect((await compare('wide.yaml', 'narrow.yaml', '--expect', 'implies')).code).toBe(1);
  });

  it('calls them disjoint where nothing that one of them isolates passes in both', async () => {
    written({ 'a.yaml': policy(toApp('a'), '{ port: 80 }'), 'b.yaml': policy(toApp('b'), '{ port: 80 }') });
    const { code, out } = await compare('a.yaml', 'b.yaml', '--expect', 'disjoint');
    expect([code, out.split('\n')[0]]).toEqual([
      0,
      'Disjoint: nothing that either of a.yaml and b.yaml restricts is allowed by both.',
    ]);
    expect((await compare('a.yaml', 'b.yaml')).code).toBe(1);
  });

  it('knows the labels that a Namespace among the manifests has, and of no other', async () => {
    const namespace = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: web, labels: { team: t } }\n---\n';
    const byTeam = policy('{ namespaceSelector: { matchLabels: { team: t, kubernetes.io/metadata.name: web } } }', '');
    const byName = policy('{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: web } } }', '');
    written({ 'team.yaml': namespace + byTeam, 'name.yaml': byName, 'alone.yaml': byTeam });
    expect((await compare('team.yaml', 'name.yaml')).code).toBe(0);
    expect((await compare('alone.yaml', 'name.yaml')).code).toBe(1);
  });

  it('compares policies of two engines, and says what blocks mean in each', async () => {
    const cilium = (rule: string) => `
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: in, namespace: x }
spec:
  endpointSelector: { matchLabels: { app: db } }
  ingress: [${rule}]
`;
    written({
      'pods.yaml': policy(toApp('a'), '{ port: 80 }'),
      'cilium-pods.yaml': cilium(
        '{ fromEndpoints: [{ matchLabels: { app: a } }], toPorts: [{ ports: [{ port: "80", protocol: TCP }] }] }',
      ),
      'block.yaml': policy('{ ipBlock: { cidr: 10.0.0.0/8 } }', ''),
      'cilium-block.yaml': cilium('{ fromCIDR: [10.0.0.0/8] }'),
    });
    expect((await compare('pods.yaml', 'cilium-pods.yaml')).code).toBe(0);
    expect((await compare('block.yaml', 'block.yaml')).code).toBe(0);
    expect((await compare('cilium-block.yaml', 'cilium-block.yaml')).code).toBe(0);
    const { code, out } = await compare('block.yaml', 'cilium-block.yaml');
    expect(code).toBe(2);
    expect(out).toContain('it depends on what blocks of addresses match, which the engine leaves open');
    expect(out).toContain('In cilium-block.yaml, a block of addresses never matches pods or nodes.');
    expect((await compare('block.yaml', 'cilium-block.yaml', '--engine', 'cilium')).code).toBe(0);
  });

  it('prints the same for programs and for a comment', async () => {
    written({ 'a.yaml': policy(toApp('a'), '{ port: 80 }'), 'b.yaml': policy(toApp('b'), '{ port: 80 }') });
    const json = JSON.parse((await compare('a.yaml', 'b.yaml', '--format', 'json')).out);
    expect(json).toMatchObject({
      schema: 'cdk8s-zero-trust/comparison/v1',
      relation: 'disjoint',
      implies: {
        holds: 'no',
        counterexample: {
          direction: 'ingress',
          subject: { namespace: { 'kubernetes.io/metadata.name': 'x' }, labels: { app: 'db' } },
          peer: { kind: 'pod', labels: { app: 'a' } },
          protocol: 'TCP',
          port: 80,
          a: { admitted: true, decidedBy: [{ name: 'in', rule: 0, file: 'a.yaml', line: 8 }] },
          b: { admitted: false },
        },
      },
      disjoint: { holds: 'yes' },
    });
    expect((await compare('a.yaml', 'b.yaml', '--format', 'md')).out).toContain('**Disjoint: nothing');
  });

  it('refuses what is no question', async () => {
    written({ 'a.yaml': policy(toApp('a'), '') });
    for (const argv of [['a.yaml'], ['a.yaml', 'a.yaml', '--redundant'], ['-', '-'], ['a.yaml', 'nowhere']])
      expect((await compare(...argv)).code).toBe(3);
  });
});

describe('compare of one set with itself', () => {
  it('tells what is redundant, and what of it can go together', async () => {
    written({
      'a.yaml': policy(toApp('a'), '{ port: 80 }', 'p') + policy(`${toApp('a')}, ${toApp('b')}`, '{ port: 80 }', 'q'),
      'b.yaml': policy(toApp('a'), '{ port: 80 }', 'p') + policy(toApp('a'), '{ port: 80 }', 'q'),
      'c.yaml': policy(toApp('a'), '{ port: 80 }'),
    });
    const { code, out } = await compare('a.yaml', '--redundant');
    expect([code, out]).toEqual([
      1,
      [
        '1 policy and 0 rules of a.yaml change nothing (2 policies and 2 rules were asked about).',
        '',
        'redundant while all others stay:',
        '  NetworkPolicy x/p (a.yaml:4)',
        '',
        'can go together:',
        '  NetworkPolicy x/p (a.yaml:4)',
        '',
      ].join('\n'),
    ]);
    const twins = JSON.parse((await compare('b.yaml', '--redundant', '--format', 'json')).out);
    expect([twins.policies.length, twins.together.map(({ name }: { name: string }) => name)]).toEqual([2, ['q']]);
    expect((await compare('c.yaml', '--redundant')).code).toBe(0);
  });
});

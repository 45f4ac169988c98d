import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'adopt-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const deployment = (namespace: string, name: string, labels = `{ app: ${name} }`) => `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  selector: { matchLabels: ${labels} }
  template: { metadata: { labels: ${labels} }, spec: { containers: [{ name: c, image: image }] } }
`;

const policy = (namespace: string, name: string, spec: string) => `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec: ${spec}
`;

const from = (namespace: string, app: string, port: number) =>
  `[{ from: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: ${namespace} } }, podSelector: { matchLabels: { app: ${app} } } }], ports: [{ port: ${port} }] }]`;
const to = (namespace: string, app: string, port: number) => from(namespace, app, port).replace('from:', 'to:');

/** An agent that reaches a database; both are isolated both ways. */
const closed = [
  deployment('agents', 'agent'),
  deployment('data', 'db'),
  policy(
    'agents',
    'agent-out',
    `{ podSelector: { matchLabels: { app: agent } }, policyTypes: [Ingress, Egress], egress: ${to('data', 'db', 5432)} }`,
  ),
  policy(
    'data',
    'db-in',
    `{ podSelector: { matchLabels: { app: db } }, policyTypes: [Ingress, Egress], ingress: ${from('agents', 'agent', 5432)} }`,
  ),
].join('');

const adopt = (argv: readonly string[] = [], stdin = closed) => run(['adopt', '-', ...argv], { stdin, cwd: folder });

describe('adopt', () => {
  it('declares what passes, proves it, and says that nothing changes', async () => {
    const { code, out } = await adopt();
    expect(out.split('\n')[0]).toBe('2 namespaces, 2 tiers, 1 flow; proved: the policies allow exactly that');
    expect(out).toContain('No path changed');
    expect(code).toBe(0);
  });

  it('writes a project with the reason that is known of each flow', async () => {
    expect((await adopt(['--output-dir', 'app', '--quiet'])).code).toBe(0);
    expect(readdirSync(join(folder, 'app')).sort()).toEqual([
      '.github',
      '.gitignore',
      'README.md',
      'cdk8s.yaml',
      'flows',
      'main.ts',
      'package.json',
      'platform.test.ts',
      'platform.ts',
      'tiers.ts',
      'tsconfig.json',
    ]);
    expect(readFileSync(join(folder, 'app/flows/data.ts'), 'utf8')).toContain(
      `  t.dataDb.connections.allowFrom(t.agentsAgent, {
    ports: [Port.tcp(5432)],
    because: 'allowed by NetworkPolicy agents/agent-out and NetworkPolicy data/db-in',
  });`,
    );
    expect(readdirSync(folder)).toEqual(['app']);
  });

  it('says what is half open, with the call that would allow it', async () => {
    const half = `${closed.replace(/ingress: \[\{ from.*$/m, '}')}${policy('data', 'db-out', `{ podSelector: {}, policyTypes: [Egress], egress: [{}] }`)}`;
    const { out } = await adopt([], half);
    expect(out).toContain(
      'agents/agent: half open today: NetworkPolicy agents/agent-out lets agents/agent -> data/db TCP/5432 out, and no policy of data/db lets it in',
    );
    expect(out).toContain("to allow it: allowTo(<data/db>, { ports: [Port.tcp(5432)], because: '…' })");
  });

  describe('with ports by name at one end, and by number at the other', () => {
    const ported = (name: string, number: number, more = '') =>
      closed
        .replace(
          deployment('data', 'db'),
          deployment('data', 'db').replace(
            'image: image }',
            `image: image, ports: [{ name: ${name}, containerPort: ${number} }] }`,
          ),
        )
        .replace(/(ingress: .*)port: 5432/, `$1port: ${more === '' ? 'pg' : `pg }, { port: ${more}`}`);

    it.each<[string, string]>([
      ['of the same number', ported('pg', 5432)],
      ['that no container has, so that the rule lets nothing in', ported('other', 5432)],
    ])('is no half open flow: a name %s', async (_, text) => {
      expect((await adopt([], text)).out).not.toContain('no policy of agents/agent lets it out');
    });

    it('is half open where the name is another number', async () => {
      // Something passes, or nothing would be adopted.
      const besides = policy('data', 'db-out', '{ podSelector: {}, policyTypes: [Egress], egress: [{}] }');
      expect((await adopt([], ported('pg', 5433) + besides)).out).toContain(
        'NetworkPolicy data/db-in lets agents/agent -> data/db TCP/pg in, and no policy of agents/agent lets it out',
      );
    });

    it('is half open by what the number leaves over', async () => {
      expect((await adopt([], ported('pg', 5432, '9000'))).out).toContain(
        'NetworkPolicy data/db-in lets agents/agent -> data/db TCP/9000 in, and no policy of agents/agent lets it out',
      );
    });
  });

  it('does not take over what is open because no policy says anything, and lists it', async () => {
    const open = closed + deployment('data', 'cache');
    const { code, out } = await adopt([], open);
    expect(out).toContain('data/cache: no policy isolates it on its way in: everybody reaches it');
    expect(out).toContain('lost');
    expect(code).toBe(1);
  });

  it('leaves namespaces of the platform alone', async () => {
    const { out } = await adopt(['--format', 'json'], closed + deployment('kube-system', 'coredns'));
    expect(JSON.parse(out).namespaces).toEqual(['agents', 'data']);
  });

  it('names a tier otherwise where a policy of today has its name', async () => {
    const { out } = await adopt(['--format', 'json'], closed.replaceAll('db-in', 'db'));
    expect(JSON.parse(out).tiers.map(({ tier }: { tier: string }) => tier)).toEqual([
      'agents/agent',
      'data/db-deployment',
    ]);
  });

  it('takes from logs what is used of what is open, how often the rest is, and what nobody uses', async () => {
    const hubble = (from: string, to: string, port: number, time: string) =>
      JSON.stringify({
        flow: {
          time,
          verdict: 'FORWARDED',
          l4: { TCP: { source_port: 40000, destination_port: port, flags: { SYN: true } } },
          source: {
            namespace: from.split('/')[0],
            labels: [`k8s:app=${from.split('/')[1]}`],
            pod_name: `${from.split('/')[1]}-1`,
          },
          destination: {
            namespace: to.split('/')[0],
            labels: [`k8s:app=${to.split('/')[1]}`],
            pod_name: `${to.split('/')[1]}-1`,
          },
          Type: 'L3_L4',
          event_type: { type: 5 },
          traffic_direction: 'EGRESS',
          is_reply: false,
        },
        time,
      });
    const log = [
      hubble('agents/agent', 'data/db', 5432, '2026-11-19T10:00:00Z'),
      hubble('agents/agent', 'data/db', 5432, '2026-11-20T10:00:00Z'),
      hubble('web/page', 'web/api', 8080, '2026-11-20T10:00:00Z'),
    ];
    writeFileSync(join(folder, 'log.jsonl'), `${log.join('\n')}\n`);
    const world =
      closed +
      deployment('web', 'page') +
      deployment('web', 'api') +
      policy('data', 'db-old', `{ podSelector: { matchLabels: { app: db } }, ingress: ${from('web', 'api', 5432)} }`) +
      policy(
        'web',
        'api-out',
        `{ podSelector: { matchLabels: { app: api } }, policyTypes: [Egress], egress: ${to('data', 'db', 5432)} }`,
      );
    const { out, err } = await adopt(['--flows', 'log.jsonl', '--output-dir', 'app'], world);
    const written = (name: string) => readFileSync(join(folder, `app/flows/${name}.ts`), 'utf8');
    expect(written('data')).toContain(
      "because: 'allowed by NetworkPolicy agents/agent-out and NetworkPolicy data/db-in; seen 2 times until 2026-11-20',",
    );
    expect(written('web')).toContain("because: 'seen 1 time until 2026-11-20, and no policy says anything of it' }");
    expect(out).toContain(
      'data/db: nobody used this in the time of the log: allowed by NetworkPolicy data/db-old and NetworkPolicy web/api-out',
    );
    expect(err).toContain('The logs show 2 flows of tiers. What they do not show may still be needed');
  });

  it('refuses a folder that has something in it, and leaves it as it is', async () => {
    mkdirSync(join(folder, 'app'));
    writeFileSync(join(folder, 'app/mine.txt'), 'mine');
    const { code, err } = await adopt(['--output-dir', 'app']);
    expect(code).toBe(3);
    expect(err).toContain('app has something in it, and nothing is written over');
    expect(readdirSync(join(folder, 'app'))).toEqual(['mine.txt']);
  });

  it('refuses a namespace that is not there', async () => {
    const { code, err } = await adopt(['--namespaces', 'dat']);
    expect(code).toBe(3);
    expect(err).toContain("There is no namespace in these manifests 'dat'; did you mean 'data'");
  });

  it('refuses manifests without workloads, and says what to give', async () => {
    const { code, err } = await adopt(['--output-dir', 'app'], policy('data', 'deny', '{ podSelector: {} }'));
    expect(code).toBe(3);
    expect(err).toContain('There is no workload in these manifests that a tier could be made of');
    expect(existsSync(join(folder, 'app'))).toBe(false);
  });

  it('refuses manifests in which nothing passes', async () => {
    const { code, err } = await adopt(
      [],
      deployment('data', 'db') + policy('data', 'deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }'),
    );
    expect(code).toBe(3);
    expect(err).toContain('nothing passes today that a declaration could allow');
  });

  it('says what was left out where that is all', async () => {
    const { code, err } = await adopt(
      [],
      deployment('agents', 'agent') +
        deployment('data', 'db') +
        policy('agents', 'deny', '{ podSelector: {}, policyTypes: [Ingress, Egress] }') +
        policy(
          'data',
          'db-in',
          `{ podSelector: {}, ingress: ${from('agents', 'agent', 5432)}, policyTypes: [Ingress, Egress] }`,
        ),
    );
    expect(code).toBe(3);
    expect(err).toContain('nothing passes today that a declaration could allow');
    expect(err).toContain('; data/db: ');
  });
});

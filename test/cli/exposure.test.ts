import { run } from './run';

const pod = `
apiVersion: v1
kind: Pod
metadata: { name: a, namespace: x, labels: { app: a } }
spec: { containers: [{ name: c }] }
`;

const list = (...argv: string[]) => run(['list', '-', '--exposure', ...argv], { stdin: pod });

describe('list --exposure', () => {
  it('says what could reach workloads although no manifest shows it', async () => {
    const { code, out } = await list();
    expect([code, out]).toEqual([
      0,
      'x/Pod/a\n  from a pod without labels in a new namespace of any name: everything\n  from internet: everything\n',
    ]);
    expect(JSON.parse((await list('--format', 'json')).out).schema).toBe('cdk8s-zero-trust/exposure/v1');
  });

  it('is a question of its own, without a table', async () => {
    expect(await list('--format', 'csv')).toMatchObject({ code: 3, out: '' });
    expect((await list('--summary')).err).toContain('--exposure and --summary are two questions');
  });
});

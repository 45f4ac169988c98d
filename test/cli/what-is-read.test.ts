import { folder, RETRIEVAL } from './worlds';

describe('manifests with nothing in them to judge', () => {
  const EMPTY = { comments: '# nothing\n', separators: '---\n---\n', 'an empty list': '[]\n', nothing: '' };

  it.each(Object.entries(EMPTY))('are refused: %s, in a folder and in a pipe', async (_, text) => {
    const here = folder();
    here.write('dist/a.yaml', text);
    for (const command of ['list', 'check', 'graph']) {
      const [file, pipe] = [await here.run([command, 'dist']), await here.run([command, '-'], { stdin: text })];
      expect([file.code, pipe.code]).toEqual([3, 3]);
      for (const { out, err } of [file, pipe]) expect(out + err).toContain('There is no object of Kubernetes here');
    }
    expect((await here.run(['compare', 'dist', 'dist'])).code).toBe(3);
    here.remove();
  });

  it('are refused as a pipe beside a folder that has some', async () => {
    const here = folder();
    here.write('dist/a.yaml', RETRIEVAL);
    const { code, err } = await here.run(['list', 'dist', '-'], { stdin: '' });
    expect(code).toBe(3);
    expect(err).toContain('standard input: There is no object of Kubernetes here');
    here.remove();
  });
});

describe('manifests that cannot be read whole', () => {
  it('are answered about where two ConfigMaps of one name differ', async () => {
    const here = folder();
    const config = (data: string) => `---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings, namespace: data }
data: { a: ${data} }
`;
    here.write('a.yaml', `${RETRIEVAL}${config('x')}${config('y')}`);
    expect((await here.run(['list', 'a.yaml'])).code).toBe(0);
    expect((await here.run(['can', 'agents/agent', 'data/weaviate', '8080', '-f', 'a.yaml'])).code).toBe(0);
    expect((await here.run(['diff', 'a.yaml', 'a.yaml'])).code).toBe(0);
    expect((await here.run(['check', 'a.yaml', '--verbose'])).out).toContain('note  duplicate-object');
    here.remove();
  });

  it('name the policies of kinds that nobody reads, in every command', async () => {
    const here = folder();
    here.write(
      'a.yaml',
      `${RETRIEVAL}---
apiVersion: vpcresources.k8s.aws/v1beta1
kind: SecurityGroupPolicy
metadata: { name: group, namespace: data }
spec: { podSelector: {} }
`,
    );
    for (const command of ['list', 'check']) {
      const { err } = await here.run([command, 'a.yaml']);
      expect(err).toContain('not read: what SecurityGroupPolicy data/group decide about connections');
    }
    const { out } = await here.run(['check', 'a.yaml', '--verbose']);
    expect(out).toMatch(/note {2}unread-policy {2}\S*a.yaml:\d+ {2}SecurityGroupPolicy data\/group/);
    here.remove();
  });

  it('are told of a file that is given as a folder', async () => {
    const here = folder();
    here.write('a.yaml', RETRIEVAL);
    const { code, err } = await here.run(['list', 'a.yaml/']);
    expect([code, err]).toEqual([3, expect.stringContaining('Its path goes through a file as if that were a folder')]);
    here.remove();
  });
});

import { isHelmTest } from '../../lib/kinds/helm-test';

const hooked = (hook: unknown, labels = {}) => ({
  kind: 'Pod',
  metadata: { annotations: { 'helm.sh/hook': hook }, labels },
});

describe('a test that helm runs', () => {
  it.each(['test', 'test-success', 'test-failure', 'post-install, test'])('is known by the hook %s', (hook) => {
    expect(isHelmTest(hooked(hook))).toBe(true);
  });

  it.each([
    ['another hook', hooked('post-install')],
    ['a hook of another name', hooked('testing')],
    ['no text', hooked(true)],
    ['no annotations', { kind: 'Pod', metadata: {} }],
    ['no object', 'test'],
    ['a probe of ours', hooked('test', { 'cdk8s-zero-trust/prober': 'p1' })],
  ])('is not %s', (_, object) => {
    expect(isHelmTest(object)).toBe(false);
  });
});

import { ApiObject, App, Chart } from 'cdk8s';
import { Pods, PolicyQuestions, Port, Purpose, Tier, ZeroTrust, ZeroTrustNamespace } from '../../lib';
import { ZeroTrustError } from '../../lib/model/problem';
import { zeroTrustMatchers } from '../../lib/testing';

/** An app whose two tiers have the same pods. */
function overlapping() {
  const app = new App();
  const chart = new Chart(app, 'chart');
  const namespace = new ZeroTrustNamespace(chart, 'ns', { purpose: Purpose.DATA });
  const [tier] = ['a', 'b'].map(
    (id) => new Tier(namespace, id, { pods: Pods.labeled({ app: 'it' }), ports: [Port.tcp(80)] }),
  );
  return { app, chart, namespace, tier };
}

/** What is thrown. */
function thrownBy(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('an app that is refused', () => {
  it.each(['app', 'chart', 'namespace', 'tier'] as const)('is refused to questions about its %s in fields', (of) => {
    const error = thrownBy(() => PolicyQuestions.of(overlapping()[of]));
    expect(error).toBeInstanceOf(ZeroTrustError);
    expect((error as ZeroTrustError).problems).toMatchObject([{ rule: 'overlapping-tiers', where: 'chart/ns/b' }]);
    expect((error as ZeroTrustError).message).not.toContain('Validation failed');
  });

  it.each([
    [
      'toAllow',
      (app: App) =>
        zeroTrustMatchers.toAllow(app, Pods.all().inNamespace('ns'), Pods.all().inNamespace('ns'), Port.tcp(80)),
    ],
    ['toIsolate', (app: App) => zeroTrustMatchers.toIsolate(app, 'ns')],
    ['render', (app: App) => ZeroTrust.render(app)],
  ])('is refused so to %s as well', (_, act) => {
    const error = thrownBy(() => act(overlapping().app));
    expect((error as ZeroTrustError).problems).toMatchObject([{ rule: 'overlapping-tiers' }]);
  });

  it('is refused in fields for what is not proved, too', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    const namespace = new ZeroTrustNamespace(chart, 'ns', { purpose: Purpose.DATA });
    new Tier(namespace, 'a', { pods: Pods.labeled({ app: 'it' }), ports: [Port.tcp(80)] });
    new ApiObject(chart, 'open', {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'NetworkPolicy',
      metadata: { name: 'open', namespace: 'ns' },
      spec: { podSelector: {}, ingress: [{}] },
    });
    const error = thrownBy(() => PolicyQuestions.of(app));
    expect((error as ZeroTrustError).problems?.length).toBeGreaterThan(0);
  });

  it('says what its own validations say where nothing of ours is wrong', () => {
    const app = new App();
    const chart = new Chart(app, 'chart');
    chart.node.addValidation({ validate: () => ['this chart wants a team'] });
    const error = thrownBy(() => PolicyQuestions.of(app));
    expect(error).not.toBeInstanceOf(ZeroTrustError);
    expect((error as Error).message).toContain('this chart wants a team');
  });
});

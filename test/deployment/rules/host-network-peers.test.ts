import { App, Chart } from 'cdk8s';
import { DataTier, Pods, Port, ZeroTrustNamespace } from '../../../lib';
import { Deployment } from '../../../lib/deployment/deployment';
import { EmittedObject } from '../../../lib/deployment/emission/emitted-object';

afterEach(() => jest.restoreAllMocks());

/** Each of them asks for the state, so that rendering one while the state is worked out would begin it anew, over and over. */
it('renders none of our own policies to see whether they have pods on the host network', () => {
  const app = new App();
  const models = new ZeroTrustNamespace(new Chart(app, 'chart'), 'models', { purpose: 'inference' });
  const tier = new DataTier(models, 'vectors', { pods: Pods.labeled({ app: 'vectors' }), ports: [Port.tcp(8080)] });
  const own = Pods.labeled({ app: 'prometheus' }).inNamespace('models').ownedBy('platform team');
  tier.connections.allowFrom(own, { because: 'it is scraped' });
  const rendered = jest.spyOn(EmittedObject.prototype, 'toJson');
  expect(Deployment.of(app).state().problems).toMatchObject([
    { problem: { what: expect.stringContaining('the namespace models belongs to this app') } },
  ]);
  // What labels a Namespace has is asked of itself, and takes no state.
  expect(rendered.mock.contexts.map((object) => (object as EmittedObject).kind)).toEqual(['Namespace']);
});

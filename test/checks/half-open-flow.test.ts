import { halfOpenFlow as check } from '../../lib/checks/half-open-flow';
import { app, denyAll, found, named, pod, policy, service } from './manifests';

const agent = pod('agents', 'agent');
const weaviate = pod('data', 'weaviate', { http: 8080 });
const out = (port: unknown = 8080, namespace = 'data') =>
  policy('agents', 'agent', {
    podSelector: app('agent'),
    policyTypes: ['Egress'],
    egress: [{ to: [{ namespaceSelector: named(namespace) }], ports: [{ port }] }],
  });
const into = (port: unknown = 8080, from = 'agents') =>
  policy('data', 'weaviate', {
    podSelector: app('weaviate'),
    policyTypes: ['Ingress'],
    ingress: [{ from: [{ namespaceSelector: named(from) }], ports: [{ port }] }],
  });

it('finds both halves: who may leave and is not let in, and who is let in and may not leave', () => {
  expect(found(check, agent, weaviate, denyAll('data'), out()).map(({ place }) => place?.object)).toEqual([
    'NetworkPolicy agents/agent',
  ]);
  expect(found(check, agent, weaviate, denyAll('agents'), into())).toMatchObject([
    {
      what: 'the rule allows Pod agents/agent -> Pod data/weaviate TCP/8080, and no policy allows the egress of Pod agents/agent, which is isolated, so that nothing passes',
      place: { object: 'NetworkPolicy data/weaviate', field: 'spec.ingress[0].from' },
    },
  ]);
});

it('finds ends that allow different ports, at each of them', () => {
  expect(found(check, agent, weaviate, out(8080), into(9090))).toHaveLength(2);
  expect(found(check, agent, weaviate, out('http'), into(8080))).toEqual([]);
});

it('says nothing where the other end is open, in another repository, or lets some of them through', () => {
  expect(found(check, agent, weaviate, out())).toEqual([]);
  expect(found(check, agent, denyAll('data'), out())).toEqual([]);
  expect(found(check, agent, weaviate, pod('data', 'open'), denyAll('data'), out(), into())).toEqual([]);
});

it('says nothing where labels of the other end are not known', () => {
  const unknown = { matchLabels: { 'pod-template-hash': 'abc' } };
  const deployment = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'weaviate', namespace: 'data' },
    spec: {
      selector: app('weaviate'),
      template: { metadata: { labels: { app: 'weaviate' } }, spec: { containers: [{ name: 'a' }] } },
    },
  };
  const perhaps = policy('data', 'in', { podSelector: unknown, policyTypes: ['Ingress'], ingress: [{}] });
  expect(found(check, agent, deployment, denyAll('data'), perhaps, out())).toEqual([]);
});

it('is silent about its own end where an engine denies there', () => {
  const deny = {
    apiVersion: 'cilium.io/v2',
    kind: 'CiliumNetworkPolicy',
    metadata: { name: 'deny', namespace: 'agents' },
    spec: { endpointSelector: {}, egressDeny: [{ toEntities: ['all'] }] },
  };
  expect(found(check, agent, weaviate, denyAll('data'), into(), out(), deny).map(({ place }) => place?.object)).toEqual(
    ['NetworkPolicy data/weaviate'],
  );
});

it('is known by the same fingerprint when another pod comes to the namespace', () => {
  const [before] = found(check, agent, weaviate, denyAll('data'), out());
  const [after] = found(check, agent, weaviate, pod('data', 'qdrant'), denyAll('data'), out());
  expect(after.what).not.toBe(before.what);
  expect(after.fingerprint).toBe(before.fingerprint);
});

it('leaves out ports on which the destination does not listen, where port-not-served tells of them', () => {
  const behind = service('data', 'weaviate', 80, 'http');
  expect(found(check, agent, weaviate, behind, denyAll('data'), out(80))).toEqual([]);
  expect(found(check, agent, weaviate, behind, denyAll('agents'), into(80))).toEqual([]);
  expect(found(check, agent, weaviate, denyAll('data'), out(80))).toHaveLength(1);
  expect(found(check, agent, weaviate, behind, denyAll('data'), out(8080))).toHaveLength(1);
  const both = policy('agents', 'agent', {
    podSelector: app('agent'),
    policyTypes: ['Egress'],
    egress: [{ to: [{ namespaceSelector: named('data') }], ports: [{ port: 80 }, { port: 8080 }] }],
  });
  expect(found(check, agent, weaviate, behind, denyAll('data'), both)).toHaveLength(1);
});

import { ApiObject, App, Chart } from 'cdk8s';
import { Deployment } from 'cdk8s-plus-28';
import { Cluster, DataTier, IsolationTest, Pods, Port, ZeroTrustNamespace } from '../../lib';
import type { BadInputs } from '../tiers/bad-input/refusal';
import { refusalOf } from '../tiers/bad-input/refusal';
import { platform } from './scenario';

const make = (props: object) => () => platform(props).test.toText();

function service(publishNotReadyAddresses: boolean, selector: object) {
  const { chart, test } = platform();
  new ApiObject(chart, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'peers', namespace: 'ai-inference' },
    spec: { clusterIP: 'None', publishNotReadyAddresses, selector, ports: [{ port: 1 }] },
  } as never);
  return test.toText();
}

function workload(name: string) {
  const { chart, test } = platform();
  const deployment = new Deployment(chart, 'workload', { metadata: { name, namespace: 'elsewhere' } });
  deployment.addContainer({ image: 'image' });
  return test.toText();
}

const REFUSED: BadInputs = {
  'an empty list of tiers': { rule: 'probe-tiers', make: make({ tiers: [] }), says: /would show nothing and succeed/ },
  'a tier of another app': {
    rule: 'probe-tiers',
    make: make({ tiers: [platform().vllm] }),
    says: /tiers\[0\] is a tier of another app/,
  },
  'what is no tier': { rule: 'probe-tiers', make: make({ tiers: ['vllm'] }), says: /tiers\[0\] is no tier/ },
  'an app without tiers': {
    rule: 'probe-tiers',
    make: () => {
      const chart = new Chart(new App(), 'chart');
      Cluster.use(chart, Cluster.kubernetes());
      return new IsolationTest(chart, 'isolation').toText();
    },
    says: /the app has no tier/,
  },
  'a name that is none': {
    rule: 'probe-name',
    make: make({ name: 'Isolation' }),
    value: 'Isolation',
    says: /cannot be the name of a test/,
  },
  'a name that is too long': {
    rule: 'probe-name',
    make: make({ name: 'isolation-of-everything' }),
    says: /would be longer than Kubernetes takes/,
  },
  'a name that a workload begins with': {
    rule: 'probe-name',
    make: () => workload('isolation-gateway'),
    says: /the name of Deployment isolation-gateway begins as those of the test do/,
  },
  'a name that a workload has': {
    rule: 'probe-name',
    make: () => workload('isolation'),
    says: /Deployment isolation /,
  },
  'a namespace that is no name': {
    rule: 'probe-namespace',
    make: make({ elsewhere: 'a.b' }),
    says: /cannot be the name of a namespace/,
  },
  'a namespace with policies': {
    rule: 'probe-namespace',
    make: make({ elsewhere: 'ai-data' }),
    says: /ai-data is a zero-trust namespace/,
  },
  'an image that is none': {
    rule: 'probe-image',
    make: make({ image: 'ag host' }),
    value: 'ag host',
    says: /is not the reference of an image/,
  },
  'an empty image': { rule: 'probe-image', make: make({ image: '' }), says: /is not the reference of an image/ },
  'an image and a registry': {
    rule: 'probe-image',
    make: make({ image: 'a/agnhost:1', registry: 'b' }),
    says: /both an image and a registry/,
  },
  'a registry that is a URL': {
    rule: 'probe-image',
    make: make({ registry: 'https://registry.example' }),
    says: /is not a registry/,
  },
  'an address without a port': {
    rule: 'probe-address',
    make: make({ addresses: { 'ai-inference/vllm': 'vllm.ai-inference.svc' } }),
    says: /addresses\['ai-inference\/vllm'\] is "vllm\.ai-inference\.svc", which cannot be dialled/,
  },
  'an address with a comma': {
    rule: 'probe-address',
    make: make({ internetAddress: '1.1.1.1,deny:443' }),
    says: /internetAddress is/,
  },
  'an address of no tier': {
    rule: 'probe-address',
    make: make({ addresses: { 'ai-inference/vlm': 'vllm.ai-inference.svc:80' } }),
    value: 'ai-inference/vlm',
    says: /there is no such tier/,
  },
  'half a second': {
    rule: 'probe-seconds',
    make: make({ settleSeconds: 0.5 }),
    value: '0.5',
    says: /settleSeconds is 0\.5/,
  },
  'less than no time': { rule: 'probe-seconds', make: make({ keepSeconds: -1 }), says: /keepSeconds is -1/ },
  'what stays untested without a reason': {
    rule: 'probe-not-tested',
    make: make({ untested: undefined }),
    says: /would leave a question open[\s\S]*what keeps strangers out of ai-agents\/agent: no flow leads to it/,
  },
  'a Service that publishes pods that are not ready': {
    rule: 'probe-in-service',
    make: () => service(true, { app: 'vllm' }),
    value: 'peers',
    says: /would send clients to the prober member-ai-inference-vllm/,
  },
  'a runner that nobody knows': { rule: 'wrong-kind', make: make({ runner: 'flux' }), says: /runner/ },
  'two tests of one name': {
    rule: 'duplicate-name',
    make: () => new IsolationTest(platform().chart, 'again', { name: 'isolation' }),
    says: /the isolation test isolation is declared already/,
  },
  'a tier on the host network': {
    rule: 'host-network',
    make: () => {
      const { chart, data, test } = platform();
      const pods = new ApiObject(chart, 'agent-of-nodes', {
        apiVersion: 'apps/v1',
        kind: 'DaemonSet',
        metadata: { name: 'node-cache', namespace: 'ai-data' },
        spec: { template: { spec: { hostNetwork: true, containers: [{ name: 'cache', image: 'cache' }] } } },
      } as never);
      new DataTier(data, 'node-cache', { pods: Pods.of(pods), ports: [Port.tcp(80)] });
      return test.toText();
    },
    says: /on the host network/,
  },
};

const TAKEN: Readonly<Record<string, () => unknown>> = {
  'one tier': () => {
    const { chart, vllm } = platform();
    return new IsolationTest(chart, 'one', { tiers: [vllm], untested: 'no Service is known' }).toText();
  },
  'a name of 20 characters': make({ name: 'isolation-of-platfor' }),
  'a workload of a name that only looks alike': () => workload('isolations'),
  'a Service that publishes other pods that are not ready': () => service(true, { app: 'vllm', component: 'server' }),
  'a Service that publishes ready pods only': () => service(false, { app: 'vllm' }),
  'a Service without a selector that publishes all': () => service(true, {}),
  'an image by digest': make({ image: `registry.example:5000/a/agnhost@sha256:${'0'.repeat(64)}` }),
  'an address in brackets': make({ internetAddress: '[2606:4700:4700::1111]:443' }),
  'no time at all': make({ settleSeconds: 0, keepSeconds: 0 }),
  'a namespace of another name': make({ elsewhere: 'probes' }),
};

describe('a test of isolation is refused for', () => {
  it.each(Object.entries(REFUSED))('%s', (_, { rule, make: making, value, says }) => {
    const problem = refusalOf({ make: making, rule });
    if (value !== undefined) expect(problem.value).toBe(value);
    expect(problem.message).toMatch(says);
    expect(problem.message).not.toMatch(/undefined|\[object/);
    expect(problem.allowed ?? problem.fix).toBeDefined();
  });
});

describe('a test of isolation is taken with', () => {
  it.each(Object.entries(TAKEN))('%s', (_, making) => {
    expect(making()).toMatch(/^allow /m);
  });
});

it('is refused in every synthesis where something of it is wrong, at its own path', () => {
  const { app } = platform({ untested: undefined });
  expect(() => app.synthYaml()).toThrow(/\[chart\/isolation\].*would leave a question open/);
});

it('says nothing of a namespace that it does not need', () => {
  const chart = new Chart(new App(), 'chart');
  expect(new IsolationTest(new ZeroTrustNamespace(chart, 'ns', { purpose: 'p' }), 'i').elsewhere).toBe('i-elsewhere');
});

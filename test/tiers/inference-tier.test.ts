import { ApiObject } from 'cdk8s';
import {
  Cidr,
  Cluster,
  DataTier,
  InferenceTier,
  type InferenceTierProps,
  Internet,
  type IPeer,
  Pods,
  PolicyGraph,
  Port,
  Tier,
} from '../../lib';
import { asked, messageOf, namespace, namespaces, policyOf } from './scenario';

const because = 'users ask the model';
const vllmPods = Pods.labeled({ app: 'vllm' });

function modelMesh(props: Partial<InferenceTierProps> = {}) {
  const { edge, models, data } = namespaces(['edge', 'models', 'data']);
  const gateway = new Tier(edge, 'gateway', { pods: Pods.labeled({ app: 'gateway' }) });
  const weights = new DataTier(data, 'weights', { pods: Pods.labeled({ app: 'minio' }), ports: [Port.tcp(9000)] });
  const vllm = new InferenceTier(models, 'vllm', { pods: vllmPods, modelStorage: [{ peer: weights }], ...props });
  vllm.connections.allowFrom(gateway, { because });
  return { vllm, gateway, weights };
}

describe('a model server', () => {
  it('is reached on 8000 by whom it names, and by nobody else', () => {
    const { passes } = asked(modelMesh().vllm);
    expect(passes('edge/app=gateway', 'models/app=vllm', 8000)).toBe(true);
    expect(passes('edge/app=gateway', 'models/app=vllm', 8080)).toBe(false);
    expect(passes('edge/app=other', 'models/app=vllm', 8000)).toBe(false);
    expect(passes('models/app=vllm', 'models/app=vllm', 8000)).toBe(false);
  });

  it('is reached on the ports that it is given instead of 8000', () => {
    const { passes } = asked(modelMesh({ ports: [Port.tcp(30000)] }).vllm);
    expect(passes('edge/app=gateway', 'models/app=vllm', 30000)).toBe(true);
    expect(passes('edge/app=gateway', 'models/app=vllm', 8000)).toBe(false);
  });

  it.each([
    ['that its containers declare instead of 8000', [{ containerPort: 30000 }], 30000, 8000],
    ['8000, when its containers declare none', [], 8000, 30000],
  ])('is reached on the ports %s', (_, ports, open, shut) => {
    const models = namespace('models', { dns: false });
    const deployment = new ApiObject(models, 'vllm-deployment', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'vllm', namespace: 'models' },
      spec: { template: { metadata: { labels: { app: 'vllm' } }, spec: { containers: [{ name: 'c', ports }] } } },
    });
    const vllm = new InferenceTier(models, 'vllm', { pods: Pods.of(deployment) });
    vllm.connections.allowFrom(Pods.labeled({ app: 'gw' }).inNamespace('edge').ownedBy('edge team'), { because });
    const { passes } = asked(vllm);
    expect(passes('edge/app=gw', 'models/cdk8s-zero-trust/tier=vllm', open)).toBe(true);
    expect(passes('edge/app=gw', 'models/cdk8s-zero-trust/tier=vllm', shut)).toBe(false);
  });

  it('loads weights from its model storage, on the ports of the storage, and says why', () => {
    const { vllm } = modelMesh();
    const { passes } = asked(vllm);
    expect(passes('models/app=vllm', 'data/app=minio', 9000)).toBe(true);
    expect(passes('models/app=vllm', 'data/app=minio', 9001)).toBe(false);
    expect(passes('models/app=vllm', '203.0.113.1', 443)).toBe(false);
    expect(PolicyGraph.of(vllm).flows.find(({ destination }) => destination === 'data/weights')?.because).toEqual([
      'weights are loaded from model storage',
    ]);
  });

  it('takes another reason for the storage when it is given one', () => {
    const { weights, vllm } = modelMesh({ modelStorage: [] });
    vllm.connections.allowTo(weights, { because: 'adapters are swapped' });
    expect(PolicyGraph.of(weights).flows.map((flow) => flow.because)).toEqual([['adapters are swapped']]);
  });
});

describe('a model that runs over several pods', () => {
  it('opens every port and protocol among its own pods, and to nobody else', () => {
    const { passes } = asked(modelMesh({ distributed: true }).vllm);
    expect(passes('models/app=vllm', 'models/app=vllm', 29500)).toBe(true);
    expect(passes('models/app=vllm', 'models/app=vllm', 4791, 'UDP')).toBe(true);
    expect(passes('models/app=vllm', 'models/app=vllm', 9, 'SCTP')).toBe(true);
    expect(passes('models/app=other', 'models/app=vllm', 29500)).toBe(false);
    expect(passes('edge/app=gateway', 'models/app=vllm', 29500)).toBe(false);
    expect(passes('models/app=vllm', 'edge/app=gateway', 29500)).toBe(false);
  });

  it('says that RDMA and secondary interfaces are outside policy', () => {
    const { vllm } = modelMesh({ distributed: true });
    expect(PolicyGraph.of(vllm).toText()).toContain('RDMA and secondary interfaces are outside policy');
    expect(policyOf(vllm, 'vllm').metadata.annotations?.['cdk8s-zero-trust/flows']).toContain('RDMA');
  });

  it('is not assumed', () => {
    expect(asked(modelMesh().vllm).passes('models/app=vllm', 'models/app=vllm', 29500)).toBe(false);
  });
});

describe('egress of a model server, through which weights could leave', () => {
  const cluster = Cluster.kubernetes({ podCidrs: ['100.64.0.0/16'] });

  function reaching(...peers: readonly IPeer[]) {
    const vllm = new InferenceTier(namespace('models', { cluster }), 'vllm', { pods: vllmPods });
    for (const peer of peers) vllm.connections.allowTo(peer, { because, ports: [Port.tcp(443)] });
    return () => PolicyGraph.of(vllm);
  }

  it.each([
    ['a /16', [Cidr.of('203.0.0.0/16')]],
    ['two /17 of one /16', [Cidr.of('203.0.0.0/17'), Cidr.of('203.0.128.0/17')]],
    ['one /16 twice', [Cidr.of('203.0.0.0/16'), Cidr.of('203.0.0.0/16')]],
    ['a /48 of IPv6', [Cidr.of('2001:db8:1::/48')]],
    ['a /16 and a /48', [Cidr.of('203.0.0.0/16'), Cidr.of('2001:db8:1::/48')]],
    ['a /15 of which half is left out', [Cidr.of('203.0.0.0/15', { excluding: ['203.0.0.0/16'] })]],
    ['a /15 of which pods of the cluster have half', [Cidr.of('100.64.0.0/15')]],
  ])('may reach %s', (_, peers) => {
    expect(reaching(...peers)).not.toThrow();
  });

  it.each([
    ['a /15', [Cidr.of('203.0.0.0/15')], '131,072 IPv4 addresses'],
    ['a /16 and one address', [Cidr.of('203.0.0.0/16'), Cidr.of('198.51.100.1/32')], '65,537 IPv4 addresses'],
    ['a /47 of IPv6', [Cidr.of('2001:db8::/47')], 'as many IPv6 addresses as a /47 has'],
    ['wide private space', [Cidr.of('10.0.0.0/8')], '16.8 million IPv4 addresses'],
    ['the internet', [Internet.any()], 'the whole internet'],
    ['the internet by IPv6 alone', [Internet.anyIpv6()], 'the whole IPv6 internet'],
  ])('may not reach %s', (_, peers, amount) => {
    const message = messageOf(reaching(...peers));
    expect(message).toMatch(/model weights could leave to/);
    expect(message).toContain(amount);
  });

  it('is measured on the union: two /9 are as wide as a /8, and the message names the wider of the flows', () => {
    const [what, flow] = messageOf(reaching(Cidr.of('10.0.0.0/10'), Cidr.of('10.128.0.0/9'))).split('\n');
    expect(what).toMatch(/leave to 12\.6 million IPv4 addresses by 2 flows together, of which this is the widest\.$/);
    expect(flow).toMatch(/^ {2}models\/vllm -> 10\.128\.0\.0\/9 TCP\/443 \(/);
  });

  it('says so where some of the internet was left out, which narrows nothing', () => {
    expect(messageOf(reaching(Cidr.of('0.0.0.0/0', { excluding: ['10.0.0.0/8', '100.64.0.0/16'] })))).toMatch(
      /leave to the whole IPv4 internet\./,
    );
    expect(messageOf(reaching(Cidr.of('0.0.0.0/0', { excluding: ['8.0.0.0/8'] })))).toMatch(
      /leave to almost the whole IPv4 internet\./,
    );
  });

  it('may be wide for a tier of no role, which holds no weights', () => {
    const tier = new Tier(namespace('any', { cluster }), 'crawler', { pods: Pods.labeled({ app: 'crawler' }) });
    tier.connections.allowTo(Internet.any(), { because, ports: [Port.tcp(443)] });
    expect(asked(tier).passes('any/app=crawler', '203.0.113.1', 443)).toBe(true);
  });
});

import { Cidr, DataTier, type DataTierProps, Internet, Pods, PolicyGraph, Port, Tier } from '../../lib';
import { asked, flowsOf, namespaces } from './scenario';

const because = 'retrieval looks up passages';

function vectorStore(props: Partial<DataTierProps> = {}) {
  const { apps, data } = namespaces(['apps', 'data']);
  const rag = new Tier(apps, 'rag', { pods: Pods.labeled({ app: 'rag' }) });
  const weaviate = new DataTier(data, 'weaviate', {
    pods: Pods.labeled({ app: 'weaviate' }),
    ports: [Port.tcp(8080)],
    ...props,
  });
  weaviate.connections.allowFrom(rag, { because });
  return { rag, weaviate, data };
}

describe('a data tier', () => {
  it('serves the clients that it names', () => {
    const { passes } = asked(vectorStore().weaviate);
    expect(passes('apps/app=rag', 'data/app=weaviate', 8080)).toBe(true);
    expect(passes('apps/app=other', 'data/app=weaviate', 8080)).toBe(false);
    expect(passes('data/app=other', 'data/app=weaviate', 8080)).toBe(false);
    expect(passes('203.0.113.1', 'data/app=weaviate', 8080)).toBe(false);
  });

  it('reaches nothing, not even DNS', () => {
    const { weaviate } = vectorStore();
    const { passes } = asked(weaviate);
    for (const protocol of ['UDP', 'TCP'] as const) {
      expect(passes('data/app=weaviate', 'kube-system/k8s-app=kube-dns', 53, protocol)).toBe(false);
    }
    expect(passes('data/app=weaviate', '203.0.113.1', 443)).toBe(false);
    expect(passes('data/app=weaviate', 'data/app=weaviate', 8080)).toBe(false);
  });

  it('resolves names when it is told to, also where the namespace does not', () => {
    const { passes } = asked(vectorStore({ dns: true }).weaviate);
    expect(passes('data/app=weaviate', 'kube-system/k8s-app=kube-dns', 53, 'UDP')).toBe(true);
    expect(passes('data/app=weaviate', 'kube-system/k8s-app=kube-dns', 53, 'TCP')).toBe(true);
  });

  it('replicates among its own pods on its peer ports alone', () => {
    const { weaviate } = vectorStore({ peerPorts: [Port.tcp(7102), Port.udp(7946)] });
    const { passes } = asked(weaviate);
    expect(passes('data/app=weaviate', 'data/app=weaviate', 7102)).toBe(true);
    expect(passes('data/app=weaviate', 'data/app=weaviate', 7946, 'UDP')).toBe(true);
    expect(passes('data/app=weaviate', 'data/app=weaviate', 8080)).toBe(false);
    expect(passes('apps/app=rag', 'data/app=weaviate', 7102)).toBe(false);
    expect(passes('data/app=other', 'data/app=weaviate', 7102)).toBe(false);
    expect(passes('data/app=weaviate', 'data/app=other', 7102)).toBe(false);
    const [own] = PolicyGraph.of(weaviate).flows.filter(({ source }) => source === 'data/weaviate');
    expect(own?.because).toEqual(['replicas keep one another up to date']);
  });

  it('may be told to reach something', () => {
    const { weaviate } = vectorStore();
    weaviate.connections.allowTo(Cidr.of('203.0.113.0/24'), { because: 'backups are written', ports: [Port.tcp(443)] });
    expect(asked(weaviate).passes('data/app=weaviate', '203.0.113.9', 443)).toBe(true);
  });

  it('serves the internet only when that is acknowledged', () => {
    const { weaviate } = vectorStore();
    const acknowledge = [{ rule: 'unnamed-clients', because: 'the data is public' }];
    weaviate.connections.allowFrom(Internet.any(), { because: 'readers fetch it', acknowledge });
    expect(asked(weaviate).passes('203.0.113.1', 'data/app=weaviate', 8080)).toBe(true);
    expect(flowsOf(weaviate)).toContain('internet -> data/weaviate TCP/8080');
  });
});

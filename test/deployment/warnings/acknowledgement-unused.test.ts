import { Cidr, Cluster, Hostname, HttpRule, Port, Rule, ZeroTrustFindings } from '../../../lib';
import { platform } from './platform';

const because = 'the owner agreed to it';

describe('an acknowledgement', () => {
  it('that is said at both ends of a flow is used at both', () => {
    const acknowledge = [{ rule: Rule.ENGINE_REQUESTS, because }];
    const { app, agent, weaviate } = platform({ isUnreached: true, agent: { dns: true } });
    const options = { because: 'retrieval looks up passages', http: [HttpRule.get('/v1/objects')], acknowledge };
    agent.connections.allowTo(weaviate, options);
    weaviate.connections.allowFrom(agent, options);
    expect(ZeroTrustFindings.of(app).toText()).toBe('');
  });

  it('that only another engine needs is a note', () => {
    const { app, agent } = platform({ cluster: Cluster.cilium({ version: '1.20' }) });
    agent.connections.allowTo(Hostname.exact('api.example.com'), {
      because: 'agents search the web',
      ports: [Port.tcp(443)],
      acknowledge: [{ rule: Rule.ENGINE_HOST_NAMES, because }],
    });
    expect(ZeroTrustFindings.of(app).findings).toMatchObject([{ level: 'note', value: 'engine-host-names' }]);
  });

  it('is used only where the addresses hold what it lets in', () => {
    const withBlock = (block: string) => {
      const { app, agent } = platform();
      const acknowledge = [{ rule: Rule.METADATA_SERVICE, because }];
      agent.connections.allowTo(Cidr.of(block), { because: 'agents call tools', ports: [Port.tcp(443)], acknowledge });
      return ZeroTrustFindings.of(app).findings.map(({ value }) => value);
    };
    expect(withBlock('169.254.0.0/16')).toEqual([]);
    expect(withBlock('192.0.2.0/24')).toEqual(['metadata-service']);
  });

  it('on a namespace or a tier is found as well', () => {
    const acknowledge = [{ rule: Rule.OVERLAPPING_TIERS, because }];
    const { app } = platform({ data: { acknowledge }, weaviate: { acknowledge } });
    expect(ZeroTrustFindings.of(app).findings.map(({ where, about }) => [where, about])).toEqual([
      ['ai/ai-data', 'the namespace ai-data'],
      ['ai/ai-data/weaviate', 'the tier ai-data/weaviate'],
    ]);
  });

  it('that waives nothing on the cluster is found, unless another app for the cluster may need it', () => {
    const found = (cluster: Cluster) => ZeroTrustFindings.of(platform({ cluster }).app).findings;
    const acknowledge = (rule: string) => ({ acknowledge: [{ rule, because }] });
    const expected = { rule: 'acknowledgement-unused', about: 'the cluster' };
    const cluster = { version: '3.32', podCidrs: ['10.0.0.0/16'], nodeCidrs: ['10.0.0.0/16'] };
    expect(found(Cluster.calico({ version: '3.32', ...acknowledge(Rule.ENGINE_VERSION_UNTESTED) }))).toMatchObject([
      { ...expected, level: 'warning', value: 'engine-version-untested' },
    ]);
    expect(found(Cluster.calico({ ...cluster, ...acknowledge(Rule.CLUSTER_RANGE) }))).toMatchObject([
      { ...expected, level: 'note', value: 'cluster-range' },
    ]);
    expect(found(Cluster.cilium({ version: '1.20', ...acknowledge(Rule.CLUSTER_RANGE) }))).toMatchObject([
      { ...expected, level: 'warning', value: 'cluster-range' },
    ]);
  });
});

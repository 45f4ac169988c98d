import { ApiObject } from 'cdk8s';
import {
  Cidr,
  Cluster,
  ForeignPolicy,
  Hostname,
  HttpRule,
  Pods,
  PolicyProof,
  Port,
  Rule,
  Tier,
  ZeroTrustFindings,
} from '../../../lib';
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

  it('is used at each flow to the same block', () => {
    const { app, agent } = platform();
    const to = (port: number, rules: readonly string[]) =>
      agent.connections.allowTo(Cidr.of('169.254.0.0/16'), {
        because: `agents call tool number ${port}`,
        ports: [Port.tcp(port)],
        acknowledge: rules.map((rule) => ({ rule, because })),
      });
    to(443, [Rule.METADATA_SERVICE]);
    to(444, [Rule.METADATA_SERVICE]);
    to(445, [Rule.METADATA_SERVICE, Rule.WIDE_EGRESS]);
    expect(ZeroTrustFindings.of(app).findings.map(({ value }) => value)).toEqual(['wide-egress']);
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

  describe('on a tier whose pods a policy of others selects too', () => {
    const acknowledge = [{ rule: Rule.METADATA_SERVICE, because }];
    const opened = (cidr: string, cluster?: Cluster, given: { rule: string; because: string }[] = acknowledge) => {
      const { app, chart, agent } = platform({ agent: { acknowledge: given }, ...(cluster && { cluster }) });
      const policy = new ApiObject(chart, 'sdk', {
        apiVersion: 'networking.k8s.io/v1',
        kind: 'NetworkPolicy',
        metadata: { name: 'sdk', namespace: 'ai-agents' },
        spec: {
          podSelector: { matchLabels: { app: 'agent' } },
          policyTypes: ['Egress'],
          egress: [{ to: [{ ipBlock: { cidr } }], ports: [{ protocol: 'TCP', port: 80 }] }],
        },
      });
      ForeignPolicy.declare(policy, [
        { source: agent, destination: Cidr.of(cidr), ports: [Port.tcp(80)], because: 'the SDK asks for its region' },
      ]);
      return { app };
    };
    const idle = (app: Parameters<typeof ZeroTrustFindings.of>[0]) =>
      ZeroTrustFindings.of(app)
        .findings.filter(({ rule }) => rule === 'acknowledgement-unused')
        .map(({ value }) => value);

    it('is used where that policy lets the pods to what their role keeps from', () => {
      const { app } = opened('169.254.169.254/32');
      expect(PolicyProof.of(app).isProved).toBe(true);
      expect(idle(app)).toEqual([]);
    });

    it('is needed there: without it the proof fails', () => {
      const { app } = opened('169.254.169.254/32', undefined, []);
      expect(PolicyProof.of(app).isProved).toBe(false);
    });

    it('is used where a tier that overlaps opens it', () => {
      const overlap = { rule: Rule.OVERLAPPING_TIERS, because };
      const { app, agents } = platform({ agent: { acknowledge: [...acknowledge, overlap] } });
      const sdk = new Tier(agents, 'sdk', { pods: Pods.labeled({ sdk: 'yes' }) });
      sdk.connections.allowTo(Cidr.of('169.254.169.254/32'), {
        because: 'the SDK asks for its region',
        ports: [Port.tcp(80)],
      });
      expect(PolicyProof.of(app).isProved).toBe(true);
      expect(idle(app)).toEqual([]);
    });

    it('is not used where that policy lets them elsewhere', () => {
      expect(idle(opened('192.0.2.7/32').app)).toEqual(['metadata-service']);
    });

    it('is not used where that policy opens what another acknowledgement is about', () => {
      const both = [...acknowledge, { rule: Rule.API_SERVER, because }];
      expect(idle(opened('169.254.169.254/32', undefined, both).app)).toEqual(['api-server']);
    });
  });
});

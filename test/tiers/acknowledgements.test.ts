import { ApiObject } from 'cdk8s';
import {
  type Acknowledgement,
  AgentTier,
  Cidr,
  Cluster,
  DataTier,
  GatewayTier,
  Hostname,
  HttpRule,
  InferenceTier,
  Internet,
  NamespaceManagement,
  PodSecurity,
  Pods,
  PolicyGraph,
  Port,
  SourceAddress,
  Tier,
  ZeroTrustFindings,
  type ZeroTrustNamespace,
} from '../../lib';
import { WAIVABLE } from '../../lib/findings/waivable';
import { EXAMPLES, UNWAIVED } from '../deployment/warnings/examples';
import { manifestsOf, messageOf, namespace } from './scenario';

const because = 'the flow is needed';
const ports = [Port.tcp(443)];
const cluster = Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'], apiServer: { addresses: ['192.0.2.1/32'] } });

type Given = Acknowledgement[] | undefined;
type Make = (acknowledge: Given) => ZeroTrustNamespace;

const agents = (): ZeroTrustNamespace => namespace('agents', { cluster });
const pods = Pods.labeled({ app: 'x' });
const someNodes = Cluster.cilium({ version: '1.20', podCidrs: ['10.244.0.0/16'], nodeCidrs: ['192.168.0.0/20'] });

/** What each rule refuses, by every place that it can be waived at. */
const ROWS: Record<string, Record<string, Make>> = {
  'adopted-namespace': {
    'the namespace': (acknowledge) => namespace('theirs', { management: NamespaceManagement.ADOPT, acknowledge }),
  },
  'api-server': {
    'the flow': (acknowledge) => {
      const space = agents();
      new AgentTier(space, 'agent', { pods, tools: [{ peer: cluster.apiServer, acknowledge }] });
      return space;
    },
    'the tier': (acknowledge) => {
      const space = agents();
      new AgentTier(space, 'agent', { pods, tools: [{ peer: cluster.apiServer }], acknowledge });
      return space;
    },
  },
  'cluster-range': {
    'the flow': (acknowledge) => {
      const space = namespace('apps');
      const tier = new Tier(space, 'tier', { pods });
      tier.connections.allowTo(Cidr.of('10.0.0.0/8'), { because, ports, acknowledge });
      return space;
    },
    'the tier': (acknowledge) => {
      const space = namespace('apps');
      const tier = new Tier(space, 'tier', { pods, acknowledge });
      tier.connections.allowTo(Cidr.of('10.0.0.0/8'), { because, ports });
      return space;
    },
  },
  'engine-host-names': {
    'the flow': (acknowledge) => {
      const space = namespace('apps');
      const tier = new Tier(space, 'tier', { pods });
      tier.connections.allowTo(Hostname.exact('api.example.com'), { because, ports, acknowledge });
      return space;
    },
  },
  'engine-nodes': {
    'the way in': (acknowledge) => {
      const space = namespace('edge', { cluster: someNodes });
      const seenAs = SourceAddress.rewrittenTo(['192.168.1.0/24']);
      new GatewayTier(space, 'gateway', {
        pods,
        ports,
        exposures: [{ client: Internet.any(), seenAs, because, acknowledge }],
      });
      return space;
    },
    'the tier': (acknowledge) => {
      const space = namespace('edge', { cluster: someNodes });
      new GatewayTier(space, 'gateway', { pods, ports, healthCheckRanges: ['192.168.1.0/24'], acknowledge });
      return space;
    },
  },
  'engine-requests': {
    'the flow': (acknowledge) => {
      const space = namespace('apps');
      const tier = new Tier(space, 'tier', { pods });
      const server = new Tier(space, 'server', { pods: Pods.labeled({ app: 'server' }), ports });
      tier.connections.allowTo(server, { because, http: [HttpRule.get('/v1/models')], acknowledge });
      return space;
    },
  },
  'metadata-service': {
    'the flow': (acknowledge) => {
      const space = agents();
      new AgentTier(space, 'agent', { pods, tools: [{ peer: Cidr.of('169.254.169.254/32'), ports, acknowledge }] });
      return space;
    },
    'the tier': (acknowledge) => {
      const space = agents();
      new AgentTier(space, 'agent', { pods, tools: [{ peer: Cidr.of('169.254.169.254/32'), ports }], acknowledge });
      return space;
    },
  },
  'overlapping-tiers': {
    'a tier': (acknowledge) => {
      const space = namespace('apps');
      new Tier(space, 'one', { pods });
      new Tier(space, 'two', { pods: Pods.labeled({ role: 'y' }), acknowledge });
      return space;
    },
    'the namespace': (acknowledge) => {
      const space = namespace('apps', { acknowledge });
      new Tier(space, 'one', { pods });
      new Tier(space, 'two', { pods: Pods.labeled({ role: 'y' }) });
      return space;
    },
  },
  'pod-security': {
    'the namespace': (acknowledge) => namespace('apps', { podSecurity: PodSecurity.PRIVILEGED, acknowledge }),
  },
  'pods-without-tier': {
    'the namespace': (acknowledge) => {
      const space = namespace('apps', { acknowledge });
      new ApiObject(space, 'idle', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'idle', namespace: 'apps', labels: { app: 'idle' } },
        spec: { containers: [{ name: 'c' }] },
      });
      return space;
    },
  },
  'unnamed-clients': {
    'the flow': (acknowledge) => {
      const space = namespace('data');
      const tier = new DataTier(space, 'files', { pods, ports });
      tier.connections.allowFrom(Internet.any(), { because, acknowledge });
      return space;
    },
    'the tier': (acknowledge) => {
      const space = namespace('data');
      const tier = new DataTier(space, 'files', { pods, ports, acknowledge });
      tier.connections.allowFrom(Internet.any(), { because });
      return space;
    },
  },
  'whole-namespace': {
    'the flow': (acknowledge) => {
      const space = agents();
      const tools = Pods.all().inNamespace('tools').ownedBy('tools team');
      new AgentTier(space, 'agent', { pods, tools: [{ peer: tools, ports, acknowledge }] });
      return space;
    },
    'the tier': (acknowledge) => {
      const space = agents();
      const agent = new AgentTier(space, 'agent', { pods, ports, acknowledge });
      agent.connections.allowTo(space, { because });
      return space;
    },
  },
  'wide-egress': {
    'the flow': (acknowledge) => {
      const space = namespace('models');
      const model = new InferenceTier(space, 'model', { pods });
      model.connections.allowTo(Internet.any(), { because, ports, acknowledge });
      return space;
    },
    'the tier': (acknowledge) => {
      const space = namespace('models');
      const model = new InferenceTier(space, 'model', { pods, acknowledge });
      model.connections.allowTo(Internet.any(), { because, ports });
      return space;
    },
  },
};

describe.each(Object.keys(ROWS))('the rule %s', (rule) => {
  const places = Object.entries(ROWS[rule] ?? {});

  it('has a row here', () => {
    expect(places.length).toBeGreaterThan(0);
  });

  it.each(places)('refuses, and says how to acknowledge it on %s', (_, make) => {
    const message = messageOf(() => PolicyGraph.of(make(undefined)));
    expect(message).toContain(`acknowledge: [{ rule: '${rule}', because: '…' }]`);
  });

  it.each(places)('is waived on %s, which shows in the graph with its reason', (_, make) => {
    const space = make([{ rule, because: 'the owner agreed to it' }]);
    expect(PolicyGraph.of(space).toText()).toContain(`acknowledged ${rule}: the owner agreed to it`);
    expect(() => manifestsOf(space)).not.toThrow();
  });

  it.each(places)('is used on %s, so that nothing finds it idle', (_, make) => {
    const { findings } = ZeroTrustFindings.of(make([{ rule, because: 'the owner agreed to it' }]));
    expect(findings.filter((one) => one.rule === 'acknowledgement-unused')).toEqual([]);
  });

  it.each(places)('is not waived on %s by an acknowledgement of another rule', (_, make) => {
    const other = Object.keys(WAIVABLE).find((id) => id !== rule) as string;
    expect(() => PolicyGraph.of(make([{ rule: other, because: 'the owner agreed to it' }]))).toThrow();
  });
});

describe('rows of rules', () => {
  it('are, with the warnings, about all rules that can be acknowledged', () => {
    const warnings = Object.keys(EXAMPLES).filter((id) => !UNWAIVED.includes(id));
    expect([...Object.keys(ROWS), ...warnings].sort()).toEqual(Object.keys(WAIVABLE));
  });
});

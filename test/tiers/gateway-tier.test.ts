import {
  Cidr,
  Cluster,
  GatewayTier,
  type GatewayTierProps,
  Internet,
  Pods,
  PolicyGraph,
  Port,
  SourceAddress,
} from '../../lib';
import { asked, namespace } from './scenario';

const because = 'customers call the models';
const NODES = '192.168.0.0/20';

function gateway(props: Partial<GatewayTierProps>, cluster = Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'] })) {
  return new GatewayTier(namespace('edge', { cluster }), 'envoy', {
    pods: Pods.labeled({ app: 'envoy' }),
    ports: [Port.tcp(8443)],
    dns: false,
    ...props,
  });
}

describe('a gateway that sees the addresses of its clients', () => {
  const preserved = SourceAddress.preserved();

  it('lets the internet in on its ports, and no private address', () => {
    const { passes } = asked(gateway({ exposures: [{ client: Internet.any(), seenAs: preserved, because }] }));
    expect(passes('203.0.113.7', 'edge/app=envoy', 8443)).toBe(true);
    expect(passes('2a00::7', 'edge/app=envoy', 8443)).toBe(true);
    expect(passes('203.0.113.7', 'edge/app=envoy', 8080)).toBe(false);
    expect(passes('10.244.0.7', 'edge/app=envoy', 8443)).toBe(false);
    expect(passes('192.168.1.7', 'edge/app=envoy', 8443)).toBe(false);
  });

  it('lets a partner in on the ports of the exposure', () => {
    const exposures = [{ client: Cidr.of('198.51.100.0/24'), seenAs: preserved, because, ports: [Port.tcp(9443)] }];
    const { passes } = asked(gateway({ exposures }));
    expect(passes('198.51.100.9', 'edge/app=envoy', 9443)).toBe(true);
    expect(passes('198.51.100.9', 'edge/app=envoy', 8443)).toBe(false);
    expect(passes('198.51.101.9', 'edge/app=envoy', 9443)).toBe(false);
  });

  it('opens no way out', () => {
    const { passes } = asked(gateway({ exposures: [{ client: Internet.any(), seenAs: preserved, because }] }));
    expect(passes('edge/app=envoy', '203.0.113.7', 443)).toBe(false);
  });
});

describe('a gateway behind a balancer that rewrites addresses', () => {
  const exposures = [{ client: Internet.any(), seenAs: SourceAddress.rewrittenTo([NODES]), because }];

  it('lets in what the balancer sends from, and not the clients themselves', () => {
    const { passes } = asked(gateway({ exposures }));
    expect(passes('192.168.3.3', 'edge/app=envoy', 8443)).toBe(true);
    expect(passes('203.0.113.7', 'edge/app=envoy', 8443)).toBe(false);
  });

  it('lets nodes in although blocks elsewhere have them taken out', () => {
    const cluster = Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'], nodeCidrs: [NODES] });
    expect(asked(gateway({ exposures }, cluster)).passes('192.168.3.3', 'edge/app=envoy', 8443)).toBe(true);
  });

  it('says in the graph that its clients cannot be told apart', () => {
    expect(PolicyGraph.of(gateway({ exposures })).flows[0]?.notes).toEqual([
      'clients not distinguishable: the internet arrives from these addresses, and so does everybody behind them',
    ]);
  });

  it.each([
    ['a block', Cidr.of('198.51.100.0/24'), '198.51.100.0/24'],
    ['pods of others', Pods.labeled({ app: 'x' }).inNamespace('x').ownedBy('team x'), 'pods of team x'],
  ])('names %s as the client', (_, client, words) => {
    const exposed = gateway({ exposures: [{ client, seenAs: SourceAddress.rewrittenTo([NODES]), because }] });
    expect(PolicyGraph.of(exposed).flows[0]?.notes.join()).toContain(`clients not distinguishable: ${words} arrives`);
  });
});

describe('health checks of a gateway', () => {
  it('come from their ranges, on the ports of the tier unless others are named', () => {
    const open = asked(gateway({ healthCheckRanges: ['130.211.0.0/22', '35.191.0.0/16'] }));
    expect(open.passes('130.211.1.1', 'edge/app=envoy', 8443)).toBe(true);
    expect(open.passes('35.191.1.1', 'edge/app=envoy', 8443)).toBe(true);
    expect(open.passes('130.211.1.1', 'edge/app=envoy', 9001)).toBe(false);
    const named = asked(gateway({ healthCheckRanges: ['130.211.0.0/22'], healthCheckPorts: [Port.tcp(9001)] }));
    expect(named.passes('130.211.1.1', 'edge/app=envoy', 9001)).toBe(true);
    expect(named.passes('130.211.1.1', 'edge/app=envoy', 8443)).toBe(false);
  });

  it('have their reason in the graph', () => {
    const { flows } = PolicyGraph.of(gateway({ healthCheckRanges: ['130.211.0.0/22'] }));
    expect(flows.map((flow) => flow.because)).toEqual([['the load balancer checks health']]);
  });
});

describe('a gateway that says nothing of its clients', () => {
  it('lets nobody in', () => {
    const { passes } = asked(gateway({ dns: true }));
    expect(passes('203.0.113.7', 'edge/app=envoy', 8443)).toBe(false);
    expect(passes('open/app=client', 'edge/app=envoy', 8443)).toBe(false);
  });
});

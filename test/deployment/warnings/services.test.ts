import { JsonPatch } from 'cdk8s';
import { Port, ZeroTrustFindings } from '../../../lib';
import { Deployment } from '../../../lib/deployment/deployment';
import { asRead } from './examples';
import { deployment, platform, service, withGateway } from './platform';

describe('a Service that maps the port of a flow to another one', () => {
  const mapped = (targetPort: number | string) => {
    const { app, chart } = platform({ flow: { ports: [Port.tcp(80)] } });
    deployment(chart);
    service(chart, { ports: [{ port: 80, targetPort }] });
    return app;
  };

  it('makes it an error that names the port of the pod', () => {
    expect(asRead(ZeroTrustFindings.of(mapped(8080)).toText())).toBe(`error  port-not-served  ai/ai-data/weaviate
  ai-agents/agent -> ai-data/weaviate TCP/80 ("retrieval looks up passages", apps/platform.ts:41)
  No container of Deployment weaviate listens on 80: Service weaviate maps 80 to 8080, and policies see the port of the pod. The policy opens a port that nobody answers on, and keeps the one that is served closed.
  Allowed: TCP/8080.
  Write ports: [Port.tcp(8080)], or leave ports out to use those of the tier.
`);
  });

  it('stops the synthesis with the same words', () => {
    expect(() => mapped(8080).synth()).toThrow(/ai-agents\/agent -> ai-data\/weaviate TCP\/80 .*maps 80 to 8080/);
  });

  it('is among what a synthesis would fail for, before there is one', () => {
    expect(Deployment.of(mapped(8080)).refusals()).toMatchObject([{ rule: 'port-not-served', value: 'TCP/80' }]);
    expect(Deployment.of(mapped(80)).refusals()).toEqual([]);
  });

  it('names the number behind the name of a port', () => {
    expect(ZeroTrustFindings.of(mapped('http')).toText()).toContain('maps 80 to 8080');
  });

  it('is looked at anew in each synthesis, since it changes in place', () => {
    const { app, chart } = platform({ flow: { ports: [Port.tcp(80)] } });
    deployment(chart);
    const made = service(chart, { ports: [{ port: 80, targetPort: 80 }] });
    expect(ZeroTrustFindings.of(app).findings).toMatchObject([{ level: 'warning' }]);
    made.addJsonPatch(JsonPatch.replace('/spec/ports/0/targetPort', 8080));
    expect(ZeroTrustFindings.of(app).findings).toMatchObject([{ level: 'error' }]);
    expect(() => app.synth()).toThrow(/maps 80 to 8080/);
  });
});

describe('ports that no container is known to lack', () => {
  it('are not warned of where a container declares none', () => {
    const { app, chart } = platform({ flow: { ports: [Port.tcp(80)] } });
    deployment(chart).addJsonPatch(JsonPatch.remove('/spec/template/spec/containers/0/ports'));
    expect(ZeroTrustFindings.of(app).toText()).toBe('');
  });

  it('are not warned of within a range, or among all ports', () => {
    for (const ports of [[Port.tcpRange(8000, 8100)], [Port.allTcp()]]) {
      const { app, chart } = platform({ flow: { ports } });
      deployment(chart);
      expect(ZeroTrustFindings.of(app).toText()).toBe('');
    }
  });

  it('are warned of by name', () => {
    const { app, chart } = platform({ flow: { ports: [Port.named('grpc')] } });
    deployment(chart);
    expect(ZeroTrustFindings.of(app).toText()).toContain('No container of Deployment weaviate declares TCP/grpc.');
  });
});

describe('a Service before a gateway whose clients keep their address', () => {
  const aws = 'service.beta.kubernetes.io/aws-load-balancer-';
  const ip = { [`${aws}nlb-target-type`]: 'ip' };
  const local = { externalTrafficPolicy: 'Local' };
  const attributes = (text: string) => ({ [`${aws}target-group-attributes`]: text });
  const warned = (annotations: Record<string, string>, spec: object = {}) => {
    const { app, chart } = withGateway();
    service(chart, { type: 'LoadBalancer', ...spec }, { namespace: 'ai-gateway', name: 'envoy', annotations });
    return ZeroTrustFindings.of(app).toText();
  };

  it.each([
    [
      'a Network Load Balancer to pods that is told to',
      { ...ip, ...attributes('preserve_client_ip.enabled=true') },
      {},
    ],
    [
      'one whose attributes are several',
      { ...ip, ...attributes('deregistration_delay.timeout_seconds=60, preserve_client_ip.enabled=true') },
      local,
    ],
    ['one that is asked over UDP alone', ip, { ports: [{ port: 443, protocol: 'UDP' }] }],
    ['one to nodes that keep it', { [`${aws}type`]: 'external' }, local],
    ['a balancer of Azure', { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' }, local],
    ['MetalLB', { 'metallb.io/address-pool': 'edge' }, local],
    ['one that Google passes through', { 'networking.gke.io/load-balancer-type': 'Internal' }, local],
  ])('is warned of nothing behind %s', (_, annotations, spec) => {
    expect(warned(annotations, spec)).toBe('');
  });

  it.each([
    [
      'a Network Load Balancer to pods, unless it is told to',
      ip,
      local,
      /targets pods.*LoadBalancer\.awsNlb\(\{ targets: LoadBalancerTargets\.IP/s,
    ],
    ['the same by its old name', { [`${aws}type`]: 'nlb-ip' }, {}, /targets pods/],
    [
      'one to nodes that is told not to',
      attributes('preserve_client_ip.enabled=false'),
      local,
      /preserveClientIp: false/,
    ],
    [
      'one to nodes that hand on',
      { [`${aws}type`]: 'external' },
      {},
      /Cluster, so nodes.*awsNlb\(\{ targets: LoadBalancerTargets\.INSTANCE/s,
    ],
    ['Private Link of Azure', { 'service.beta.kubernetes.io/azure-pls-create': 'true' }, local, /Private Link Service/],
    [
      'Azure and nodes',
      { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' },
      {},
      /LoadBalancer\.azure\(\)/,
    ],
    ['MetalLB and nodes', { 'metallb.universe.tf/address-pool': 'edge' }, {}, /LoadBalancer\.metalLb\(\)/],
    [
      'Google and nodes',
      { 'networking.gke.io/load-balancer-type': 'Internal' },
      {},
      /LoadBalancer\.gcpPassthrough\(\)/,
    ],
    [
      'front ends of Google',
      { 'cloud.google.com/neg': '{"ingress": true}' },
      { type: 'ClusterIP' },
      /LoadBalancer\.gcpProxy/,
    ],
    [
      'Oracle where it is told not to',
      { 'oci-network-load-balancer.oraclecloud.com/is-preserve-source': 'false' },
      local,
      /network load balancer of Oracle/,
    ],
  ])('is warned of behind %s', (_, annotations, spec, says) => {
    expect(warned(annotations, spec)).toMatch(says);
    expect(warned(annotations, spec)).toMatch(/^warning {2}source-not-preserved/);
  });
});

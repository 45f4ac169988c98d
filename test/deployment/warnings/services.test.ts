import { JsonPatch } from 'cdk8s';
import { Port, ZeroTrustFindings } from '../../../lib';
import { deployment, platform, service, withGateway } from './platform';

describe('a Service that maps the port of a flow to another one', () => {
  const mapped = (targetPort: number | string) => {
    const { app, chart } = platform({ flow: { ports: [Port.tcp(80)] } });
    deployment(chart);
    service(chart, { ports: [{ port: 80, targetPort }] });
    return app;
  };

  it('makes it an error that names the port of the pod', () => {
    expect(ZeroTrustFindings.of(mapped(8080)).toText()).toBe(`error  port-not-served  ai/ai-data/weaviate
  ai-agents/agent -> ai-data/weaviate TCP/80 ("retrieval looks up passages")
  No container of Deployment weaviate listens on 80: Service weaviate maps 80 to 8080, and policies see the port of the pod. The policy opens a port that nobody answers on, and keeps the one that is served closed.
  Allowed: TCP/8080.
  Write ports: [Port.tcp(8080)], or leave ports out to use those of the tier.
`);
  });

  it('stops the synthesis with the same words', () => {
    expect(() => mapped(8080).synth()).toThrow(/ai-agents\/agent -> ai-data\/weaviate TCP\/80 .*maps 80 to 8080/);
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

describe('a balancer that addresses the pods', () => {
  it('keeps the address of clients whatever the nodes do', () => {
    const { app, chart } = withGateway();
    const annotations = { 'service.beta.kubernetes.io/aws-load-balancer-nlb-target-type': 'ip' };
    service(chart, { type: 'LoadBalancer' }, { namespace: 'ai-gateway', name: 'envoy', annotations });
    expect(ZeroTrustFindings.of(app).toText()).toBe('');
  });
});

import { App, Chart } from 'cdk8s';
import {
  AgentTier,
  Cidr,
  Cluster,
  Pods,
  PolicyQuestions,
  PolicyVerdict,
  Port,
  Purpose,
  ZeroTrustNamespace,
} from '../../lib';
import { zeroTrustMatchers } from '../../lib/testing';

expect.extend(zeroTrustMatchers as never);

describe('an address in the ranges of pods, of a pod that no manifest shows', () => {
  const app = new App();
  Cluster.use(app, Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['172.20.0.0/16'] }));
  const agents = new ZeroTrustNamespace(new Chart(app, 'c'), 'agents', { purpose: Purpose.AGENTS });
  const agent = new AgentTier(agents, 'agent', { pods: Pods.labeled({ app: 'agent' }) });
  agent.connections.allowTo(Pods.labeled({ app: 'store' }).inNamespace('data').ownedBy('data team'), {
    ports: [Port.tcp(443)],
    because: 'it looks things up',
  });

  it('is refused, since policies go by the labels of the pod', () => {
    expect(() => expect(app).toDeny(agent, '10.244.3.4', Port.tcp(443))).toThrow(
      '10.244.3.4 is an address of the pods of this cluster, and no manifest shows which pod has it.',
    );
  });

  it('is asked about as any other where pods have no such address', () => {
    expect(app).toDeny(agent, '10.9.3.4', Port.tcp(443));
  });

  it('is perhaps reached, and perhaps not, by the address of a Service', () => {
    const behind =
      /, and it is perhaps one, perhaps the other\n\n172\.20\.0\.1 is an address of Services of this cluster\. Policies see what is behind it/;
    expect(() => expect(app).toDeny(agent, '172.20.0.1', Port.tcp(443))).toThrow(behind);
    expect(() => expect(app).toAllow(agent, '172.20.0.1', Port.tcp(443))).toThrow(behind);
  });

  it('is perhaps reached as a block of one too', () => {
    const { verdict, explanation } = PolicyQuestions.of(app).allows(agent, Cidr.of('172.20.0.1/32'), Port.tcp(443));
    expect(verdict).toBe(PolicyVerdict.PERHAPS);
    expect(explanation).toContain('ask about that pod');
  });
});

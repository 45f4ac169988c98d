import { Cluster, Platform, PolicyProof } from '../../lib';
import { partsOfUsers } from '../../lib/catalog/known';
import type { FlowEnd, KnownSystem } from '../../lib/known-systems';
import { messageOf } from '../tiers/scenario';
import { type EngineOfTest, KNOWN_SYSTEMS, smallApp } from './small-app';

function isAt(kind: FlowEnd['kind'], side: 'from' | 'to') {
  return (system: KnownSystem): boolean => {
    const here = new Set(partsOfUsers(system).map(({ name }) => name));
    return (system.flows ?? []).some(({ from, to }) => {
      const [end, other] = side === 'from' ? [from, to] : [to, from];
      return end.kind === kind && other.kind === 'part' && here.has(other.name);
    });
  };
}

const asking = KNOWN_SYSTEMS.filter(isAt('api-server', 'to'));
const called = KNOWN_SYSTEMS.filter(isAt('api-server', 'from'));
const calling = KNOWN_SYSTEMS.filter(({ calls }) => calls !== undefined);

function cases(systems: readonly KnownSystem[]) {
  return systems.map((system) => [system.title, system] as const);
}

describe('a system that needs the API server', () => {
  it('is a third of them', () => expect(asking.length).toBeGreaterThan(25));

  it.each(cases(asking))('is refused by its name where the engine must be told the addresses: %s', (title, system) => {
    const message = messageOf(() => smallApp(system, 'kubernetes', { cluster: Cluster.kubernetes() }));
    expect(message).toContain(`${title} cannot do without it`);
    expect(message).toContain("apiServer: { addresses: ['192.0.2.10/32'] }");
  });

  it.each(cases(asking))('is proved where the engine knows it by itself: %s', (_, system) => {
    const { app } = smallApp(system, 'cilium', {
      cluster: Cluster.cilium({ version: '1.20', nodeCidrs: ['10.1.0.0/16'] }),
    });
    expect(PolicyProof.of(app).isProved).toBe(true);
  });
});

describe('a system that the API server calls', () => {
  it.each(cases(called))(
    'is refused where Cilium does not know who calls, by a flow that has its name: %s',
    (title, system) => {
      const cluster = Cluster.cilium({ version: '1.20', platform: Platform.AKS });
      const message = messageOf(() => PolicyProof.of(smallApp(system, 'cilium', { cluster }).app));
      expect(message).toContain(`("${title}: `);
      expect(message).toContain(
        "Name the addresses that its connections come from: allowFrom(Cidr.of('192.0.2.0/28'), { because: '…' })",
      );
    },
  );
});

describe('a system that calls hosts outside for its work', () => {
  it.each(cases(calling))('is proved with them on Cilium, which knows names: %s', (_, system) => {
    const { app } = smallApp(system, 'cilium', { more: { callsHosts: true } });
    expect(PolicyProof.of(app).isProved).toBe(true);
  });

  const others: readonly EngineOfTest[] = ['kubernetes', 'calico', 'antrea', 'cluster-network-policy'];
  it.each(others.flatMap((engine) => calling.map((system) => [system.title, engine, system] as const)))(
    'is proved on Antrea, which knows names too, and refused by its name elsewhere: %s on %s',
    (title, engine, system) => {
      const { app } = smallApp(system, engine, { more: { callsHosts: true } });
      const refusal = messageUnlessProved(() => PolicyProof.of(app));
      if (engine === 'antrea') expect(refusal).toBeUndefined();
      else expect(refusal).toContain(`("${title}: `);
    },
  );
});

function messageUnlessProved(prove: () => PolicyProof): string | undefined {
  try {
    return prove().isProved ? undefined : 'not proved';
  } catch (error) {
    return (error as Error).message;
  }
}

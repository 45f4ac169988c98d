import { planeOf, readText } from '../../lib/analysis';
import { connectivity } from '../../lib/analysis/connectivity/connectivity';
import { reliabilityOf } from '../../lib/analysis/reliability';
import { podsApart } from './pods-apart';

const world = podsApart(['a', 'b', 'c']);

const namesWithoutDns = `
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: loader, namespace: a }
spec:
  endpointSelector: { matchLabels: { app: a } }
  egress: [{ toFQDNs: [{ matchName: huggingface.co }] }]
`;
const tier = `
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: unknown.one, namespace: a }
spec: { tier: unknown, selector: all(), types: [Egress] }
`;

describe('what an engine makes of one policy, which nobody knows', () => {
  it.each([
    ['names without DNS', namesWithoutDns, undefined, 'cilium-hosts-without-dns'],
    ['a kind that the engine does not enforce', namesWithoutDns, 'calico', 'engine-not-enforced'],
    ['a tier that is not there', tier, undefined, 'calico-tier'],
  ] as const)('is a doubt about its pods alone: %s', (_, policy, engine, rule) => {
    const reading = readText(world + policy, 'in.yaml');
    const plane = planeOf(reading, engine === undefined ? {} : { engine });
    const { broken, doubts } = reliabilityOf(reading, plane);
    expect(broken).toEqual([]);
    expect(doubts.map((it) => it.rule)).toContain(rule);
    expect(doubts.every(({ where }) => where?.startsWith('in.yaml, document 7'))).toBe(true);
    const { allowed } = connectivity(reading.world, plane.plane);
    expect(allowed('b/Pod/pod', 'c/Pod/pod', 'TCP', 443)).toEqual({ must: true, may: true });
    // The names are in doubt, and what is denied to pods is not.
    const own = rule === 'cilium-hosts-without-dns' ? { must: false, may: false } : { must: false, may: true };
    expect(allowed('a/Pod/pod', 'c/Pod/pod', 'TCP', 443)).toEqual(own);
  });
});

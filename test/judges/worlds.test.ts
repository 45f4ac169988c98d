import type { World } from './world';
import { randomWorld } from './worlds';

const worlds = Array.from({ length: 500 }, (_, index) => randomWorld(index + 1));
const policies = worlds.flatMap(ofKind('NetworkPolicy'));
const pods = worlds.flatMap(ofKind('Pod'));

describe('random worlds', () => {
  it('are the same for the same seed', () => {
    expect(randomWorld(7)).toEqual(randomWorld(7));
    expect(randomWorld(8)).not.toEqual(randomWorld(7));
  });

  it.each([
    ['NotIn', '"operator":"NotIn"', 0.2],
    ['DoesNotExist', '"operator":"DoesNotExist"', 0.2],
    ['Exists', '"operator":"Exists"', 0.2],
    ['In', '"operator":"In"', 0.2],
    ['named ports', '"port":"', 0.2],
    ['ranges of ports', '"endPort":', 0.2],
    ['SCTP', '"protocol":"SCTP"', 0.2],
    ['UDP', '"protocol":"UDP"', 0.2],
    ['blocks with excepts', '"except":\\["', 0.15],
    ['IPv6 blocks', '::', 0.1],
    ['null for a selector of a peer', /"(pod|namespace)Selector":null/, 0.1],
    ['{} for a selector of a namespace', /"namespaceSelector":\{\}/, 0.1],
    ['null for peers or ports', /"(from|to|ports)":null/, 0.05],
    ['[] for peers or ports', /"(from|to|ports)":\[\]/, 0.05],
    ['null for rules', /"(in|e)gress":null/, 0.05],
    ['[] for rules', /"(in|e)gress":\[\]/, 0.05],
    ['a rule without peers and ports', /"(in|e)gress":\[\{\}\]/, 0.05],
  ])('have %s in many policies', (_, pattern, share) => {
    const having = policies.filter((policy) => new RegExp(pattern).test(JSON.stringify(policy.spec)));
    expect(having.length / policies.length).toBeGreaterThan(share);
  });

  it('have policyTypes in every form', () => {
    const forms = new Set(policies.map(({ spec }) => JSON.stringify((spec as { policyTypes?: unknown }).policyTypes)));
    const both = ['["Ingress","Egress"]', '["Egress","Ingress"]'];
    expect(forms).toEqual(new Set([undefined, 'null', '[]', '["Ingress"]', '["Egress"]', ...both]));
  });

  it('have pods of both families and of one, which mean different ports by one name', () => {
    const families = new Set(pods.map(({ status }) => (status as { podIPs: unknown[] }).podIPs.length));
    expect(families).toEqual(new Set([1, 2]));
    const meanings = new Set(JSON.stringify(pods).match(/"name":"http","containerPort":\d+(,"protocol":"\w+")?/g));
    expect(meanings.size).toBeGreaterThan(10);
  });

  it('are apart where their places are, although one seed makes them alike', () => {
    const [here, there] = [1, 2].map((subnet) => randomWorld(5, { prefix: `w${subnet}-`, subnet }));
    const inside = (world: World | undefined) => (world?.ends ?? []).filter(({ pod }) => pod !== undefined);
    expect(inside(here).length).toBe(inside(there).length);
    const addresses = new Set(inside(here).flatMap((end) => end.addresses));
    expect(inside(there).flatMap((end) => end.addresses.filter((address) => addresses.has(address)))).toEqual([]);
    expect(inside(there).filter(({ pod }) => !pod?.startsWith('w2-'))).toEqual([]);
  });
});

function ofKind(kind: string) {
  return ({ documents }: World) => documents.filter((document) => document.kind === kind);
}

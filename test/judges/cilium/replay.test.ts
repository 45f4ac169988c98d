import { heldAgainst } from '../ours';
import { digestOf } from '../verdicts';
import { evaluators, misreadings } from './evaluators';
import { ciliumWorldsOfSeeds, keptWorlds, readKept } from './verdicts';

const worlds = ciliumWorldsOfSeeds(keptWorlds);
const kept = readKept(worlds);

describe('verdicts of Cilium on its own policies, replayed', () => {
  it('belong to the worlds that are generated now', () => {
    expect(kept.digest).toBe(digestOf(worlds));
  });

  it.each(evaluators.map((evaluator) => [evaluator.name, evaluator] as const))('are those of %s', (_, evaluator) => {
    const held = worlds.map((world, index) => heldAgainst(evaluator, world, kept.worlds[index] ?? { pods: [] }));
    expect(held.flatMap(({ disagreements }) => disagreements).slice(0, 20)).toEqual([]);
    const verdicts = held.reduce((sum, one) => sum + one.verdicts, 0);
    const allowed = held.reduce((sum, one) => sum + one.allowed, 0);
    expect(verdicts).toBeGreaterThan(100_000);
    expect(allowed / verdicts).toBeGreaterThan(1 / 3);
    expect(allowed / verdicts).toBeLessThan(2 / 3);
    // Names of ports in egress, and nothing else.
    const undecided = held.reduce((sum, one) => sum + one.undecided, 0);
    expect(undecided / verdicts).toBeGreaterThan(0);
    expect(undecided / verdicts).toBeLessThan(1 / 66);
  });

  it.each(misreadings.map((wrong) => [wrong.name, wrong] as const))('are not those of: %s', (_, wrong) => {
    const caught = worlds.findIndex((world, index) => {
      return heldAgainst(wrong, world, kept.worlds[index] ?? { pods: [] }).disagreements.length > 0;
    });
    expect(caught).toBeGreaterThanOrEqual(0);
  });
});

describe('random worlds with policies of Cilium', () => {
  const policies = worlds.flatMap(({ documents }) =>
    documents.filter(({ apiVersion }) => apiVersion === 'cilium.io/v2'),
  );

  it.each([
    ['cluster-wide policies', /"kind":"CiliumClusterwide/, 0.2],
    ['several specs', /"specs":/, 0.1],
    ['denies', /Deny":\[/, 0.3],
    ['a said default deny', /"enableDefaultDeny":\{"/, 0.2],
    ['rules that name nobody', /[[,]\{\}[\],]/, 0.1],
    ['empty lists of peers', /"(from|to)(Endpoints|CIDR|CIDRSet|Entities)":\[\]/, 0.1],
    ['entities', /Entities":\["/, 0.2],
    ['host names', /"toFQDNs":\[\{/, 0.1],
    ['blocks with exceptions', /"except":\[/, 0.1],
    ['requests', /"rules":\{"http"/, 0.1],
    ['DNS with rules', /"dns":/, 0.03],
    ['ICMP', /"icmps":/, 0.03],
    ['every port', /"port":"0"/, 0.3],
    ['ranges of ports', /"endPort":/, 0.3],
    ['named ports', /"port":"[a-zA-Z]/, 0.3],
    ['namespaces by label', /io\.cilium\.k8s\.namespace\.labels/, 0.1],
    ['NotIn', /"NotIn"/, 0.3],
    ['DoesNotExist', /"DoesNotExist"/, 0.2],
  ])('have %s in many policies', (_, pattern, share) => {
    const having = policies.filter((policy) => pattern.test(JSON.stringify(policy)));
    expect(having.length / policies.length).toBeGreaterThan(share);
  });
});

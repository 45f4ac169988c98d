import { itReplays } from '../frame/replay';
import { keptWorldsOf } from '../frame/suite';
import { ciliumPolicy } from './suite';

describe('verdicts of Cilium on its own policies, replayed', () => {
  itReplays(ciliumPolicy, 100_000);
});

describe('random worlds with policies of Cilium', () => {
  const policies = keptWorldsOf(ciliumPolicy).flatMap(({ documents }) =>
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

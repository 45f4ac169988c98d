import { metadataServices } from '../cluster/metadata-services';
import * as ips from '../model/ip-set';
import * as ports from '../model/port-set';
import { addressesOf } from './addresses';
import type { Check, CheckFinding } from './check';
import { reaches, workloadsOf } from './in-force';
import { workloadsText } from './pods-seen';
import type { Seen } from './seen';
import { allowRules, type SeenRule } from './seen-rules';

/** By rule, for pods that are kept from something: of those that no policy isolates `default-deny-missing` speaks. */
export const metadataService: Check = {
  id: 'metadata-service',
  level: 'warning',
  title: 'a metadata service that pods may reach',
  why: 'A metadata service hands the credentials of the node or the workload to whoever asks, and a request that a pod is talked into is enough',
  fix: 'Leave the addresses of metadata services out: except: [169.254.0.0/16], or name the destinations one by one.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: agents }
spec:
  podSelector: { matchLabels: { app: browser } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 0.0.0.0/0 } }]
      ports: [{ port: 80 }, { port: 443 }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: web, namespace: agents }
spec:
  podSelector: { matchLabels: { app: browser } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 203.0.113.0/24 } }]
      ports: [{ port: 80 }, { port: 443 }]
`,
  source:
    'AWS EC2 user guide "Instance metadata service"; EKS user guide "EKS Pod Identity"; Google Compute Engine "About VM metadata"',
  *find(seen) {
    for (const rule of allowRules(seen, 'egress')) yield* found(rule, seen);
  },
};

const SERVED = 80;
/** The address that most clouds share. */
const USUAL = '169.254.169.254';
/** Who names a block of this many addresses or fewer means what is in it. */
const FEW = 16n;

function* found(rule: SeenRule, seen: Seen): Generator<CheckFinding> {
  const served = rule.parts
    .filter((part) => part.requests === undefined && ports.hasNumber(part.ports, 'TCP', SERVED))
    .map(addressesOf)
    .filter((each) => ips.intersects(each, metadataServices));
  if (served.length === 0) return;
  const addresses = ips.unionOf(served);
  const reached = ips.intersection(addresses, metadataServices);
  const isUsual = ips.hasAddress(reached, USUAL);
  if (!reaches(seen, rule, ips.sampleAddress(reached) as string, 'TCP', SERVED)) return;
  const isMeant = ips.size(addresses).v4 <= FEW;
  const pods = workloadsText(workloadsOf(seen, rule));
  yield {
    object: rule.object,
    path: rule.path,
    level: isUsual && !isMeant ? 'warning' : 'note',
    ...(pods !== '' && { about: pods }),
    what: `pods may reach ${ips.ipsText(reached)} on TCP/80, where clouds hand out credentials`,
    value: ips.ipsText(reached),
    allowed: 'destinations without the addresses of metadata services',
    ...(isMeant && { fix: 'Keep it for the pods that need credentials of the cloud, and take it from all others.' }),
  };
}

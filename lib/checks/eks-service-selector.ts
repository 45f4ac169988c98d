import { isAwsVpcCni } from '../cluster/platforms';
import type { PodSet } from '../model/pod-set';
import * as selectors from '../model/selector';
import type { Service } from '../model/world';
import type { Check } from './check';
import { networkPolicies, writtenPeers } from './network-policies';
import { podsSeen } from './pods-seen';
import { servicesByNamespace } from './port-not-served';
import type { Seen } from './seen';

export const eksServiceSelector: Check = {
  id: 'eks-service-selector',
  level: 'warning',
  title: 'on EKS, an egress by a selector that the Service does not have',
  why: 'The VPC CNI decides before Services are translated, and opens the address of a Service only where the podSelector matches the selector of the Service',
  fix: 'Ask in the podSelector for no label that the selector of the Service lacks.',
  told: {
    facts: { engine: 'kubernetes', platform: 'EKS', dns: { flavour: 'CoreDNS', servers: [] }, ipBlockMode: 'may' },
  },
  avoid: `apiVersion: v1
kind: Pod
metadata: { name: weaviate, namespace: data, labels: { app: weaviate, tier: data } }
spec: { containers: [{ name: weaviate }] }
---
apiVersion: v1
kind: Service
metadata: { name: weaviate, namespace: data }
spec: { selector: { app: weaviate }, ports: [{ port: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: data } }
          podSelector: { matchLabels: { tier: data } }
      ports: [{ port: 8080 }]
`,
  prefer: `apiVersion: v1
kind: Pod
metadata: { name: weaviate, namespace: data, labels: { app: weaviate, tier: data } }
spec: { containers: [{ name: weaviate }] }
---
apiVersion: v1
kind: Service
metadata: { name: weaviate, namespace: data }
spec: { selector: { app: weaviate }, ports: [{ port: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: agent, namespace: agents }
spec:
  podSelector: { matchLabels: { app: agent } }
  policyTypes: [Egress]
  egress:
    - to:
        - namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: data } }
          podSelector: { matchLabels: { app: weaviate } }
      ports: [{ port: 8080 }]
`,
  source: 'amazon-network-policy-controller-k8s issues 147, 207 and 224',
  *find(seen) {
    const { facts } = seen;
    if (facts === undefined || !isAwsVpcCni(facts)) return;
    for (const policy of networkPolicies(seen)) {
      for (const rule of policy.rules) {
        if (rule.direction !== 'egress') continue;
        for (const { peer, path } of writtenPeers(policy, rule)) {
          const service = peer.kind === 'pods' ? missedService(seen, peer.pods) : undefined;
          if (peer.kind !== 'pods' || service === undefined) continue;
          const [asked, own] = [peer.pods.pods, selectors.fromLabels(service.selector)].map(selectors.selectorText);
          yield {
            object: policy.object,
            path: [...path, 'podSelector'],
            what: `the podSelector {${asked}} has pods behind Service ${service.namespace}/${service.name}, and not its selector {${own}}, so that the address of the Service stays closed`,
            value: asked,
            allowed: own,
          };
        }
      }
    }
  },
};

/** A Service that leads to pods of the set, and whose own selector, taken as labels, the set does not have. */
function missedService(seen: Seen, set: PodSet): Service | undefined {
  if (selectors.isAnything(set.pods)) return undefined;
  for (const pod of podsSeen(seen).examples(set)) {
    const missed = (servicesByNamespace(seen).get(pod.namespace) ?? []).find(({ selector }) => {
      const asked = Object.entries(selector);
      const leadsTo = asked.length > 0 && asked.every(([key, value]) => pod.labels[key] === value);
      return leadsTo && !selectors.matches(set.pods, selector);
    });
    if (missed !== undefined) return missed;
  }
  return undefined;
}

import type { Rule } from '../model/layer';
import { soleNamespace } from '../model/pod-set';
import * as ports from '../model/port-set';
import { HTTPS, OF_API_SERVER } from './api-server';
import type { Check, CheckFinding } from './check';
import { hasEveryPort, peersText } from './peers';
import { allowRules, type SeenRule } from './seen-rules';

export const apiServerSelector: Check = {
  id: 'api-server-selector',
  level: 'warning',
  title: 'a selector that is to be the API server',
  why: 'The API server runs on the network of its host, or outside the cluster, where no selector of pods or namespaces matches it: the rule opens nothing to it',
  fix: 'Name its addresses (kubectl get endpoints kubernetes -n default), or what the engine has for it: toEntities: [kube-apiserver] on Cilium, services: { name: kubernetes, namespace: default } on Calico.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: router, namespace: sandboxes }
spec:
  podSelector: { matchLabels: { app: router } }
  policyTypes: [Egress]
  egress:
    - to: [{ namespaceSelector: { matchLabels: { kubernetes.io/metadata.name: default } } }]
      ports: [{ port: 443 }, { port: 6443 }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: router, namespace: sandboxes }
spec:
  podSelector: { matchLabels: { app: router } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 192.0.2.10/32 } }]
      ports: [{ port: 443 }, { port: 6443 }]
`,
  source:
    'kedacore/charts 1444d00 (flavor kubernetes); agent-sandbox 2fd412d5 (sample of the router); kubernetes "Network Policies", "The things you cannot do"',
  *find(seen) {
    for (const rule of allowRules(seen, 'egress')) yield* found(rule);
  },
};

function* found({ object, path, parts }: SeenRule): Generator<CheckFinding> {
  const meant = parts.find((part) => part.peers.every(({ kind }) => kind === 'pods') && isMeantForApiServer(part));
  if (meant === undefined) return;
  yield {
    object,
    path,
    what: `${peersText(meant.peers)} on ${ports.portsText(meant.ports)} seems to be meant for the API server, which is none of these pods`,
    value: peersText(meant.peers),
    allowed: 'addresses, or what the engine has for the API server',
  };
}

/** By its port, by the label of its pods, or by where its Service is. */
function isMeantForApiServer({ peers, ports: open }: Rule): boolean {
  if (hasEveryPort(open)) return false;
  // Aggregated servers listen there as well, and who means them names their pods.
  if (
    ports.covers(open, OF_API_SERVER) &&
    peers.every((peer) => peer.kind === 'pods' && peer.pods.pods.constraints.length === 0)
  )
    return true;
  return peers.some(
    (peer) =>
      peer.kind === 'pods' &&
      (peer.pods.pods.constraints.some(({ key, values }) => key === 'component' && values.includes('kube-apiserver')) ||
        (soleNamespace(peer.pods.namespaces) === 'default' &&
          peer.pods.pods.constraints.length === 0 &&
          ports.covers(HTTPS, open))),
  );
}

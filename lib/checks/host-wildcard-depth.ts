import { hostText } from '../model/host-pattern';
import type { Check, CheckFinding } from './check';
import { type SeenRule, wideRules } from './seen-rules';

/** Domains whose names are known to lie deeper; of any other nobody here knows which names are meant. */
export const hostWildcardDepth: Check = {
  id: 'host-wildcard-depth',
  level: 'warning',
  title: 'a wildcard that stops at a dot',
  why: 'The star stands for one label here, and names of this domain have more, so that they stay closed',
  fix: 'Write **. before the domain (Cilium from 1.19 on), or the names one by one.',
  avoid: hosts('"*.amazonaws.com"'),
  prefer: hosts('"**.amazonaws.com"'),
  source:
    'cilium 1.20.2, pkg/fqdn/matchpattern; cilium issue 22081; botocore 1.44.8; hub-docs 242f4a1e, models-downloading.md; google-genai 3.6.1',
  *find(seen) {
    for (const rule of wideRules(seen).toHosts) yield* found(rule);
  },
};

function hosts(pattern: string): string {
  return `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: loader, namespace: models }
spec:
  endpointSelector: { matchLabels: { app: loader } }
  egress:
    - toFQDNs: [{ matchPattern: ${pattern} }]
      toPorts: [{ ports: [{ port: "443", protocol: TCP }] }]
    - toEndpoints:
        - matchLabels: { k8s:io.kubernetes.pod.namespace: kube-system, k8s-app: kube-dns }
      toPorts:
        - ports: [{ port: "53", protocol: ANY }]
          rules: { dns: [{ matchPattern: "*" }] }
`;
}

/** A name that is deeper, for each. */
const DEEPER: Readonly<Record<string, string>> = {
  'amazonaws.com': 's3.eu-central-1.amazonaws.com',
  'api.aws': 'bedrock-runtime.eu-central-1.api.aws',
  'azure.com': 'example.openai.azure.com',
  'googleapis.com': 'aiplatform.eu.rep.googleapis.com',
  'hf.co': 'us.aws.cdn.hf.co',
  'openai.com': 'eu.api.openai.com',
  'windows.net': 'example.blob.core.windows.net',
};

function* found({ object, path, parts }: SeenRule): Generator<CheckFinding> {
  const patterns = parts.flatMap(({ peers }) => peers.flatMap((peer) => (peer.kind === 'hosts' ? peer.patterns : [])));
  const texts = new Set(patterns.map(hostText));
  for (const pattern of patterns) {
    if (pattern.kind !== 'one-label' || !Object.hasOwn(DEEPER, pattern.under)) continue;
    if (texts.has(`**.${pattern.under}`)) continue;
    yield {
      object,
      path,
      what: `${hostText(pattern)} has names of one more label, and not ${DEEPER[pattern.under]}`,
      value: hostText(pattern),
      allowed: `**.${pattern.under}, or names one by one`,
    };
    return;
  }
}

import type { Rule } from '../model/layer';
import { type PodSet, podSetImplies } from '../model/pod-set';
import * as ports from '../model/port-set';
import { byNamespace } from './by-namespace';
import type { Check, CheckFinding } from './check';
import { arePeersCovered } from './peers';
import { placeFrom } from './place-in';
import { allowRules, type SeenRule } from './seen-rules';

/** On Cilium, whose rules add up; where the first match decides, `rule-shadowed` looks. */
export const requestsUndone: Check = {
  id: 'requests-undone',
  level: 'warning',
  title: 'a rule about requests that a rule about ports undoes',
  why: 'Rules add up, so that every request passes on a port that another rule opens without naming requests',
  fix: 'Give the other rule the same requests, or leave these peers and ports out of it.',
  avoid: requests(`
    - fromEndpoints: [{ matchLabels: { app: agent } }]
      toPorts: [{ ports: [{ port: "8000", protocol: TCP }] }]`),
  prefer: requests(''),
  source: 'cilium 1.20.2, pkg/policy/l4.go (a rule without requests beside one with them lets all through)',
  *find(seen) {
    if (seen.plane.engine !== 'cilium') return;
    for (const direction of ['ingress', 'egress'] as const) {
      const rules = allowRules(seen, direction);
      const limited = rules.filter(({ parts }) => parts.some(isAboutRequests));
      if (limited.length === 0) continue;
      const open = byNamespace(
        rules.flatMap((rule) =>
          rule.parts.filter(({ requests }) => requests === undefined).map((part) => ({ rule, part })),
        ),
        ({ part }) => part.subject,
      );
      for (const rule of limited) yield* found(rule, open);
    }
  },
};

function requests(more: string): string {
  return `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  endpointSelector: { matchLabels: { app: vllm } }
  ingress:
    - fromEndpoints: [{ matchLabels: { app: agent } }]
      toPorts:
        - ports: [{ port: "8000", protocol: TCP }]
          rules: { http: [{ method: POST, path: /v1/chat/completions }] }${more}
`;
}

function isAboutRequests({ requests = [] }: Rule): boolean {
  return requests.some(({ protocol }) => protocol !== 'dns');
}

interface OpenPart {
  readonly rule: SeenRule;
  readonly part: Rule;
}

function* found(
  { object, path, parts }: SeenRule,
  open: (pods: PodSet) => readonly OpenPart[],
): Generator<CheckFinding> {
  for (const part of parts.filter(isAboutRequests)) {
    const other = open(part.subject).find((each) => undoes(each.part, part));
    if (other === undefined) continue;
    const place = placeFrom(object, other.rule);
    yield {
      object,
      path,
      what: `${place} lets every request of these peers through on ${ports.portsText(part.ports)}`,
      value: place,
      allowed: 'one of the two on a port',
    };
    return;
  }
}

function undoes(open: Rule, limited: Rule): boolean {
  return (
    open.isUncertain !== true &&
    podSetImplies(limited.subject, open.subject) &&
    arePeersCovered(limited, open) &&
    !ports.isEmpty(ports.intersection(limited.ports, open.ports).certain)
  );
}

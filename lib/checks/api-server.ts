import * as ports from '../model/port-set';
import { addressesOf, isMostOfInternet } from './addresses';
import type { Check, CheckFinding } from './check';
import { hasEveryPort } from './peers';
import { type SeenRule, wideRules } from './seen-rules';

/** Rules that open every port are the business of `wide-egress`, whose sentence names the API server. */
export const apiServer: Check = {
  id: 'api-server',
  level: 'warning',
  title: 'the API server opened by opening every address',
  why: 'The rule that was to reach one server reaches all that answer on its port, the whole internet included',
  fix: 'Name the addresses of the API server (kubectl get endpoints kubernetes -n default), or what the engine has for it: toEntities: [kube-apiserver] on Cilium, services: { name: kubernetes, namespace: default } on Calico.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: operator, namespace: operators }
spec:
  podSelector: { matchLabels: { app: operator } }
  policyTypes: [Egress]
  egress:
    - ports: [{ port: 443 }, { port: 6443 }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: operator, namespace: operators }
spec:
  podSelector: { matchLabels: { app: operator } }
  policyTypes: [Egress]
  egress:
    - to: [{ ipBlock: { cidr: 192.0.2.10/32 } }]
      ports: [{ port: 443 }, { port: 6443 }]
`,
  source: 'cert-manager 2d0d7f7f7 (egress of its chart); tektoncd/operator 3755; cilium issue 20550',
  *find(seen) {
    for (const rule of wideRules(seen).toInternet) yield* found(rule);
  },
};

/** Where API servers listen when nobody says otherwise; hardly anything else does. */
export const OF_API_SERVER = ports.number('TCP', 6443);
export const HTTPS = ports.number('TCP', 443);
const SAYS_SO = /api-?server|kube-?api|k8s-?api|kubernetes-?api/;

function* found({ object, path, parts }: SeenRule): Generator<CheckFinding> {
  const open = parts.find(
    (part) =>
      isMostOfInternet(addressesOf(part)) &&
      !hasEveryPort(part.ports) &&
      (ports.covers(part.ports, OF_API_SERVER) || (ports.covers(part.ports, HTTPS) && SAYS_SO.test(object.ref.name))),
  );
  if (open === undefined) return;
  yield {
    object,
    path,
    what: `${ports.portsText(open.ports)} to every address seems to be meant for the API server`,
    value: ports.portsText(open.ports),
    allowed: 'the addresses of the API server',
  };
}

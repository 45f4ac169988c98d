import { isObject } from '../kinds/field';
import type { Check } from './check';
import { peersField } from './network-policies';
import { objectsOfKind, specOf } from './seen';

export const emptyPeerList: Check = {
  id: 'empty-peer-list',
  level: 'warning',
  title: 'an empty list of peers, which means everybody',
  why: 'An empty `from` or `to` is the same as none: the rule is about every peer, though it reads as about nobody',
  fix: 'Name the peers. For nobody, take the rule out; for everybody, leave the field out.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: []
      ports: [{ port: 8000 }]
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: vllm, namespace: models }
spec:
  podSelector: { matchLabels: { app: vllm } }
  policyTypes: [Ingress]
  ingress:
    - from: [{ podSelector: { matchLabels: { app: gateway } } }]
      ports: [{ port: 8000 }]
`,
  source: 'Kubernetes API reference, NetworkPolicyIngressRule: an empty `from` matches all sources',
  *find(seen) {
    for (const object of objectsOfKind(seen, 'networking.k8s.io', 'NetworkPolicy')) {
      for (const direction of ['ingress', 'egress'] as const) {
        const rules = specOf(object)[direction];
        if (!Array.isArray(rules)) continue;
        const field = peersField(direction);
        for (let index = 0; index < rules.length; index++) {
          const rule = rules[index];
          if (!isObject(rule) || !Object.hasOwn(rule, field)) continue;
          const list = rule[field];
          if (list !== null && !(Array.isArray(list) && list.length === 0)) continue;
          yield {
            object,
            path: ['spec', direction, index, field],
            what: `'${field}' is there and empty, so that the rule is about every ${direction === 'ingress' ? 'source' : 'destination'}`,
            value: list === null ? 'null' : '[]',
          };
        }
      }
    }
  },
};

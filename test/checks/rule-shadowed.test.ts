import { ruleShadowed } from '../../lib/checks/rule-shadowed';
import { foundIn } from './found';

const calico = (name: string, order: number | undefined, ...rules: string[]) => `
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: { name: ${name}, namespace: data }
spec: { selector: app == 'weaviate', types: [Ingress], ingress: [${rules.join(', ')}]${order === undefined ? '' : `, order: ${order}`} }
`;
const ALLOW = '{ action: Allow, protocol: TCP, destination: { ports: [8080] } }';
const DENY_ALL = '{ action: Deny }';

test('A rule behind one that decides on more is found, as a warning where it would decide otherwise.', () => {
  expect(foundIn(ruleShadowed, calico('a', 10, DENY_ALL, ALLOW))).toMatchObject([
    {
      level: 'warning',
      what: 'spec.ingress[0] decides on all that this rule is about before it is asked',
      place: { field: 'spec.ingress[1]' },
    },
  ]);
  expect(foundIn(ruleShadowed, calico('a', 10, DENY_ALL, '{ action: Deny, protocol: UDP }'))).toMatchObject([
    { level: 'note' },
  ]);
});

test('Among policies the order decides, and where it does not nothing is said.', () => {
  expect(foundIn(ruleShadowed, calico('late', 20, ALLOW) + calico('early', 10, DENY_ALL))).toMatchObject([
    { place: { object: 'NetworkPolicy data/late' }, value: 'NetworkPolicy data/early: spec.ingress[0]' },
  ]);
  expect(foundIn(ruleShadowed, calico('a', 10, ALLOW) + calico('b', 10, DENY_ALL))).toEqual([]);
  expect(foundIn(ruleShadowed, calico('a', undefined, ALLOW) + calico('b', undefined, DENY_ALL))).toEqual([]);
});

test('An exception before the rule is as it should be.', () => {
  expect(foundIn(ruleShadowed, calico('a', 10, ALLOW, DENY_ALL))).toEqual([]);
});

test('A log decides nothing, and pods of other selectors are others.', () => {
  expect(foundIn(ruleShadowed, calico('a', 10, '{ action: Log }', ALLOW))).toEqual([]);
  expect(
    foundIn(ruleShadowed, calico('a', 10, DENY_ALL) + calico('b', 20, ALLOW).replace("'weaviate'", "'qdrant'")),
  ).toEqual([]);
});

import { ruleRedundant } from '../../lib/checks/rule-redundant';
import { foundIn } from './found';
import { cilium, policy } from './policies';

const AGENT = '{ podSelector: { matchLabels: { app: agent } } }';
const ingress = (name: string, rules: string, pods?: string) => policy({ name, pods, ingress: `[${rules}]` });

test('The narrower rule is found, wherever the wider one stands.', () => {
  const wide = ingress('wide', `{ from: [${AGENT}] }`, '');
  const narrow = ingress('narrow', `{ from: [${AGENT}], ports: [{ port: 8000 }] }`);
  for (const both of [wide + narrow, narrow + wide]) {
    expect(foundIn(ruleRedundant, both)).toMatchObject([
      {
        level: 'note',
        what: 'NetworkPolicy models/wide: spec.ingress[0] lets through all that this rule does',
        place: { object: 'NetworkPolicy models/narrow', field: 'spec.ingress[0]' },
      },
    ]);
  }
});

test('Of two rules that are the same the later one is found, once.', () => {
  const twice = ingress('vllm', `{ from: [${AGENT}] }, { from: [${AGENT}] }`);
  expect(foundIn(ruleRedundant, twice)).toMatchObject([
    { what: 'spec.ingress[0] lets through all that this rule does', place: { field: 'spec.ingress[1]' } },
  ]);
});

test('Rules of which neither has all of the other are both needed.', () => {
  expect(
    foundIn(
      ruleRedundant,
      ingress('a', `{ from: [${AGENT}], ports: [{ port: 1 }] }, { from: [${AGENT}], ports: [{ port: 2 }] }`),
    ),
  ).toEqual([]);
  expect(
    foundIn(ruleRedundant, ingress('a', `{ from: [${AGENT}], ports: [{ port: 1 }] }`) + policy({ egress: '[{}]' })),
  ).toEqual([]);
  expect(
    foundIn(ruleRedundant, ingress('a', `{ from: [${AGENT}] }`) + ingress('b', `{ from: [${AGENT}] }`, 'app: other')),
  ).toEqual([]);
  expect(
    foundIn(
      ruleRedundant,
      ingress('a', `{ from: [${AGENT}] }`) + policy({ namespace: 'data', ingress: `[{ from: [${AGENT}] }]` }),
    ),
  ).toEqual([]);
});

test('A wider rule that may not be there makes nothing needless.', () => {
  const hook = policy({ name: 'hook', ingress: '[{}]', metadata: ', annotations: { helm.sh/hook: post-install }' });
  expect(foundIn(ruleRedundant, hook + ingress('a', `{ from: [${AGENT}] }`))).toEqual([]);
});

test('A port by its name is not known to be one by its number.', () => {
  expect(
    foundIn(
      ruleRedundant,
      ingress('a', `{ from: [${AGENT}], ports: [{ port: 8000 }] }, { from: [${AGENT}], ports: [{ port: http }] }`),
    ),
  ).toEqual([]);
});

test('A rule about requests has less than one without.', () => {
  const http = 'toPorts: [{ ports: [{ port: "8000", protocol: TCP }], rules: { http: [{ path: /a }] } }]';
  const from = 'fromEndpoints: [{ matchLabels: { app: agent } }]';
  expect(foundIn(ruleRedundant, cilium({ ingress: `[{ ${from}, ${http} }, { ${from} }]` }))).toMatchObject([
    { place: { field: 'spec.ingress[0]' } },
  ]);
});

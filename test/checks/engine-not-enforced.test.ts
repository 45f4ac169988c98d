import { planeOf, readText } from '../../lib/analysis';
import { runChecks, seenOf } from '../../lib/checks';
import { engineMixed } from '../../lib/checks/engine-mixed';
import { engineNotEnforced } from '../../lib/checks/engine-not-enforced';

const cilium = (name: string) =>
  `apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: { name: ${name}, namespace: models }\nspec: { endpointSelector: {}, ingress: [{}] }\n`;

it('places each policy that the engine does not enforce', () => {
  const reading = readText(`${cilium('a')}---\n${cilium('b')}`, 'manifests.yaml');
  const found = runChecks(seenOf(reading, planeOf(reading, { engine: 'antrea' })), [engineNotEnforced, engineMixed]);
  expect(found.map(({ rule, place }) => [rule, place?.object, place?.line])).toEqual([
    ['engine-not-enforced', 'CiliumNetworkPolicy models/a', 1],
    ['engine-not-enforced', 'CiliumNetworkPolicy models/b', 6],
  ]);
});

it('goes by the kinds that are there where no engine is told', () => {
  const reading = readText(cilium('a'), 'manifests.yaml');
  expect(runChecks(seenOf(reading, planeOf(reading)), [engineNotEnforced, engineMixed])).toEqual([]);
});

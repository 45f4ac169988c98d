import { KNOWN_SYSTEMS, partsOf, systemsByLabels } from '../../lib/known-systems';
import { PODS } from './chart-pods';

describe('pods of a chart are known by their labels, with the ports that they serve', () => {
  test.each(PODS)('%s %j are %s, %s', (_chart, labels, id, partName, ports) => {
    const systems = systemsByLabels(labels, KNOWN_SYSTEMS);
    expect(systems.map((system) => system.id)).toEqual([id]);
    const parts = partsOf(systems[0], labels);
    expect(parts.map(({ name }) => name)).toEqual([partName]);
    const known = parts[0].ports.map(({ number }) => number);
    expect(ports.filter((port) => !known.includes(port))).toEqual([]);
  });
});

test.each([
  [{ app: 'web', 'app.kubernetes.io/component': 'web' }],
  [{ 'app.kubernetes.io/name': 'webhook', 'app.kubernetes.io/component': 'webhook' }],
  [{ environment: 'test', release: 'test' }],
  [{ 'control-plane': 'controller-manager' }],
  [{ app: 'gateway-plugins' }],
  [{}],
])('Labels that anybody may have say nothing: %j', (labels) => {
  expect(systemsByLabels(labels, KNOWN_SYSTEMS)).toEqual([]);
});

test('No two systems have labels of a part in common, unless the entry says that others may have them.', () => {
  const shared = KNOWN_SYSTEMS.flatMap((system) =>
    system.parts.flatMap(({ labels }) =>
      labels
        .filter(({ isGeneric }) => isGeneric !== true)
        .flatMap(({ labels: pairs, keys = [] }) => {
          const pod = { ...pairs, ...Object.fromEntries(keys.map((key) => [key, 'rel'])) };
          const others = systemsByLabels(pod, KNOWN_SYSTEMS).filter(({ id }) => id !== system.id);
          return others.map(({ id }) => `${system.id} ${JSON.stringify(pod)}: ${id}`);
        }),
    ),
  );
  expect(shared).toEqual([]);
});

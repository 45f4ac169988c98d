import {
  isVersionBefore,
  KNOWN_SYSTEMS,
  type PodsAsSeen,
  partsOf,
  systemOf,
  versionOfImage,
} from '../../lib/known-systems';

const pods = (image: string, more: Partial<PodsAsSeen> = {}): PodsAsSeen => ({
  kind: 'apps/Deployment',
  labels: {},
  images: [image],
  ...more,
});
const idOf = (seen: PodsAsSeen) => systemOf(seen, KNOWN_SYSTEMS)?.id;

test('Systems stand in the order of their ids, each once.', () => {
  const ids = KNOWN_SYSTEMS.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].sort());
});

test('Each says where its facts are from, of which versions, and when somebody looked.', () => {
  for (const { source, versions, lookedAt } of KNOWN_SYSTEMS) {
    expect(source).not.toBe('');
    expect(versions).not.toBe('');
    expect(lookedAt).toMatch(/^\d{4}-\d{2}-\d{2}$/);
  }
});

test('A part has a number once, and every flow is between ends that are there.', () => {
  for (const { parts, flows = [] } of KNOWN_SYSTEMS) {
    for (const { ports } of parts) {
      const numbers = ports.map(({ protocol = 'TCP', number }) => `${protocol}/${number}`);
      expect(new Set(numbers).size).toBe(numbers.length);
      for (const { number, last = number } of ports) expect(last).toBeGreaterThanOrEqual(number);
    }
    const names = parts.map(({ name }) => name);
    for (const end of flows.flatMap(({ from, to }) => [from, to]))
      if (end.kind === 'part') expect(names).toContain(end.name);
  }
});

test('No image is that of two systems.', () => {
  const images = KNOWN_SYSTEMS.flatMap(({ known }) => known.images);
  expect(new Set(images).size).toBe(images.length);
});

describe('a workload is known', () => {
  test.each([
    ['vllm/vllm-openai', 'vllm'],
    ['docker.io/vllm/vllm-openai:v0.33.0', 'vllm'],
    ['registry.example.com:5000/mirror/qdrant/qdrant@sha256:00', 'qdrant'],
    ['localhost:5000/postgres', 'postgresql'],
    ['ghcr.io/cloudnative-pg/postgresql:17', 'cloudnative-pg'],
    ['docker.io/bitnami/postgresql:17.1.0-debian', 'postgresql'],
  ])('by the repository of %s', (image, id) => {
    expect(idOf(pods(image))).toBe(id);
  });

  test.each([
    'my-vllm-openai',
    'vllm-openai-proxy',
    'qdrant/qdrant-operator',
    'prometheuscommunity/postgres-exporter',
    '',
  ])('not by a name like %s', (image) => {
    expect(idOf(pods(image))).toBeUndefined();
  });

  test('by the kind of its operator, and by the labels that it gives', () => {
    expect(idOf(pods('own', { kind: 'ray.io/RayCluster' }))).toBe('ray');
    expect(idOf(pods('own', { labels: { 'cnpg.io/cluster': 'db' } }))).toBe('cloudnative-pg');
  });
});

test('Labels tell the part; without them it may be any.', () => {
  const ray = systemOf(pods('rayproject/ray'), KNOWN_SYSTEMS);
  if (ray === undefined) throw new Error('ray is known');
  expect(partsOf(ray, { 'ray.io/node-type': 'worker' }).map(({ name }) => name)).toEqual(['worker']);
  expect(partsOf(ray, {}).map(({ name }) => name)).toEqual(['head', 'worker']);
});

test('Without labels the image tells the part, and where it is none of theirs, a part with an image of its own is not it.', () => {
  const eck = systemOf(pods('acme/search', { kind: 'elasticsearch.k8s.elastic.co/Elasticsearch' }), KNOWN_SYSTEMS);
  if (eck === undefined) throw new Error('Elasticsearch is known');
  const names = (image: string) => partsOf(eck, {}, [image]).map(({ name }) => name);
  expect(names('docker.elastic.co/eck/eck-operator:3.4')).toEqual(['operator']);
  expect(names('acme/search')).toEqual(['node']);
});

test('The version of an image is the numbers that its tag starts with.', () => {
  expect(versionOfImage('vllm/vllm-openai:v0.33.0-cu128')).toEqual([0, 33, 0]);
  expect(versionOfImage('registry:5000/vllm:0.9@sha256:00')).toEqual([0, 9]);
  for (const image of ['vllm', 'registry:5000/vllm', 'vllm:latest', 'vllm:20260101'])
    expect(versionOfImage(image)).toBeUndefined();
});

test('Versions are compared by their numbers, not by their text.', () => {
  expect(isVersionBefore([0, 9, 1], '0.33')).toBe(true);
  expect(isVersionBefore([0, 32, 99], '0.33')).toBe(true);
  expect(isVersionBefore([0, 33, 0], '0.33')).toBe(false);
  expect(isVersionBefore([1, 0], '0.33')).toBe(false);
  expect(isVersionBefore([0, 33], '0.33.1')).toBe(true);
});

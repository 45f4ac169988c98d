/**
 * Small clusters made at random from a seed, with flows to be judged. What is generated must not change: the verdicts
 * of the policy engines on these worlds are kept in `verdicts.txt`, and its digest notices any change here.
 */
import { Random } from './random';
import { randomPolicy } from './random-policy';
import * as words from './vocabulary';
import { type End, type Flow, type KubernetesObject, type Place, type Protocol, pairsOf, type World } from './world';

const anywhere: Place = { prefix: '', subnet: 1 };

/** How many flows are tried between two addresses. */
const flowsOfPair = 3;

export function randomWorld(seed: number, place: Place = anywhere): World {
  const random = new Random(seed);
  const namespaces = random.some(words.namespaceNames, random.between(2, 3)).map((name) => place.prefix + name);
  const pods = random
    .times(random.between(4, 6), () => random.oneOf(namespaces))
    .map((namespace, number) => {
      return randomPod(random, place, namespace, number);
    });
  const policies = Array.from({ length: random.between(1, 5) }, (_, number) => {
    return randomPolicy(random, place, namespaces, `policy-${number}`);
  });
  const ends = [
    ...pods.map(endOf),
    ...random.some(words.externals4, 2).map((address) => ({ addresses: [address] })),
    ...random.some(words.externals6, 1).map((address) => ({ addresses: [address] })),
  ];
  return {
    seed,
    documents: [...namespaces.map((name) => randomNamespace(random, name)), ...pods, ...policies],
    ends,
    flows: pairsOf(ends).flatMap(({ from, to }) => randomFlows(random, from, to)),
  };
}

function randomNamespace(random: Random, name: string): KubernetesObject {
  const labels = randomLabels(random, words.namespaceLabels);
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: Object.keys(labels).length === 0 ? { name } : { name, labels },
  };
}

function randomPod(random: Random, place: Place, namespace: string, number: number): KubernetesObject {
  const addresses = random.weighted([
    [6, [words.podAddress4(place, number), words.podAddress6(place, number)]],
    [2, [words.podAddress4(place, number)]],
    [1, [words.podAddress6(place, number)]],
  ]);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${number}`, namespace, labels: randomLabels(random, words.podLabels) },
    spec: { nodeName: 'node1', containers: randomContainers(random) },
    status: { phase: 'Running', podIP: addresses[0], podIPs: addresses.map((ip) => ({ ip })) },
  };
}

/** Each label may be missing; no one wears `gone`. */
function randomLabels(random: Random, labels: Readonly<Record<string, readonly string[]>>): Record<string, string> {
  const worn: Record<string, string> = {};
  for (const [key, values] of Object.entries(labels)) {
    const value = random.oneOf(values.filter((candidate) => candidate !== 'gone'));
    if (random.happens(0.7)) worn[key] = value;
  }
  return worn;
}

/** Two containers; a port name means the same protocol and number wherever it stands in one pod. */
function randomContainers(random: Random): unknown[] {
  const named = random
    .some(words.portNames, random.between(1, 3))
    .map((name) => ({ name, ...randomContainerPort(random) }));
  const unnamed = random.happens(0.3) ? [randomContainerPort(random)] : [];
  const [first, ...others] = [...named, ...unnamed];
  return [
    { name: 'main', image: 'image', ports: first === undefined ? [] : [first] },
    { name: 'side', image: 'image', ports: others },
  ];
}

function randomContainerPort(random: Random): { containerPort: number; protocol?: Protocol } {
  const containerPort = random.oneOf(words.portNumbers);
  const protocol = random.weighted<{ protocol?: Protocol }>([
    [3, {}],
    [2, { protocol: 'TCP' }],
    [3, { protocol: 'UDP' }],
    [1, { protocol: 'SCTP' }],
  ]);
  return { containerPort, ...protocol };
}

function endOf(pod: KubernetesObject): End {
  const { podIPs } = pod.status as { podIPs: { ip: string }[] };
  return { pod: `${pod.metadata.namespace}/${pod.metadata.name}`, addresses: podIPs.map(({ ip }) => ip) };
}

function randomFlows(random: Random, from: string, to: string): Flow[] {
  const tried = words.protocols.flatMap((protocol) => words.portNumbers.map((port) => ({ protocol, port })));
  return random.some(tried, flowsOfPair).map(({ protocol, port }) => ({ from, to, protocol, port }));
}

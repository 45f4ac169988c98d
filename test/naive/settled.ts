import type { ContainerPort, Labels, NetworkPolicy, Pod, Protocol, World } from './world';

/** What anything that is not known may turn out to be, for worlds over a few words. */
export interface Words {
  readonly keys: readonly string[];
  readonly values: readonly string[];
  readonly portNames: readonly string[];
  readonly ports: readonly number[];
}

/** Draws one of so many. */
export type Draw = (count: number) => number;

/**
 * The world in one way in which everything that is not known may turn out: policies that are there or not, labels with a
 * value or none, ports with names, one node or many. What is known is as it was.
 */
export function settled(world: World, words: Words, draw: Draw): World {
  return {
    ...world,
    policies: world.policies.filter(({ isUncertain }) => !isUncertain || draw(2) === 1).map(certain),
    pods: world.pods.map((pod) => settledPod(pod, words, draw)),
    isOneNode: draw(2) === 1,
  };
}

export function settledPod(
  { unknownLabels, mayHaveMorePorts, ...pod }: Pod,
  { keys, values, portNames, ports }: Words,
  draw: Draw,
): Pod {
  const unknown =
    unknownLabels === 'any' ? keys.filter((key) => !Object.hasOwn(pod.labels, key)) : (unknownLabels ?? []);
  const labels: Record<string, string> = { ...pod.labels };
  for (const key of unknown) {
    // No label, one that somebody selects by, or another one.
    const value = [undefined, 'another', ...values][draw(values.length + 2)];
    delete labels[key];
    if (value !== undefined) labels[key] = value;
  }
  return { ...pod, labels: labels as Labels, ports: [...pod.ports, ...(mayHaveMorePorts ? morePorts() : [])] };

  function morePorts(): ContainerPort[] {
    return portNames.flatMap((name) =>
      draw(2) === 0 ? [] : [{ name, number: ports[draw(ports.length)], protocol: PROTOCOLS[draw(PROTOCOLS.length)] }],
    );
  }
}

const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP'];

function certain({ isUncertain: _, ...policy }: NetworkPolicy): NetworkPolicy {
  return policy;
}

/** Draws from a list of numbers, again and again. */
export function drawingFrom(numbers: readonly number[]): Draw {
  let next = 0;
  return (count) => numbers[next++ % numbers.length] % count;
}

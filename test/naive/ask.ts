import { isIP } from 'node:net';
import { type End, mayConnect } from './evaluator';
import type { ContainerPort, Labels, Protocol, World } from './world';
import { worldOf } from './world-of';

/**
 * Whether these manifests let `from` open a connection to `port` of `to`. An end is `namespace/label=value,label=value`,
 * or an address outside the cluster.
 *
 * A pod with exactly those labels is asked about, and need not be in the manifests. It has the ports that the workloads
 * there with all of these labels declare, and no address, so that no ipBlock matches it. Two ends that read the same are
 * two pods of one kind, not one pod that talks to itself.
 */
export function canConnect(
  manifests: readonly unknown[],
  from: string,
  to: string,
  protocol: Protocol,
  port: number,
): boolean {
  const world = worldOf(manifests);
  return mayConnect(world, end(world, from, 'from'), end(world, to, 'to'), protocol, port);
}

function end(world: World, words: string, name: string): End {
  if (isIP(words)) return { ip: words };
  const [, namespace, labelText] = /^([^/]+)\/(.*)$/.exec(words) ?? [];
  if (namespace === undefined) throw new Error(`not namespace/label=value,…, nor an address: ${words}`);
  const labels = labelsFrom(labelText);
  return { namespace, name: `asked-${name}`, labels, ips: [], ports: portsOf(world, namespace, labels) };
}

function labelsFrom(words: string): Labels {
  return Object.fromEntries(
    words
      .split(',')
      .filter(Boolean)
      .map((word) => {
        const [, key, value] = /^([^=]+)=(.*)$/.exec(word) ?? [];
        if (key === undefined) throw new Error(`not label=value: ${word}`);
        return [key, value];
      }),
  );
}

function portsOf({ pods }: World, namespace: string, labels: Labels): ContainerPort[] {
  return pods
    .filter(
      (pod) => pod.namespace === namespace && Object.entries(labels).every(([key, value]) => pod.labels[key] === value),
    )
    .flatMap((pod) => pod.ports);
}

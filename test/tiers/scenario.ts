import { App, Chart, Lazy } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { type Cluster, PolicyGraph, ZeroTrustNamespace, type ZeroTrustNamespaceProps } from '../../lib';
import { canConnect } from '../naive/ask';

/** A manifest as far as tests read it. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  // biome-ignore lint/suspicious/noExplicitAny: tests reach into rendered objects of any kind
  readonly spec?: any;
}

/** A namespace in a chart of an app of its own, unless a chart is given. */
export function namespace(
  name: string,
  props: Partial<ZeroTrustNamespaceProps> = {},
  chart: Chart = new Chart(new App(), 'chart'),
): ZeroTrustNamespace {
  return new ZeroTrustNamespace(chart, name, { purpose: 'anything', ...props });
}

/** Namespaces of one app, in one chart. */
export function namespaces<Name extends string>(
  names: readonly Name[],
  cluster?: Cluster,
): Record<Name, ZeroTrustNamespace> {
  const chart = new Chart(new App(), 'chart');
  return Object.fromEntries(names.map((name) => [name, namespace(name, { cluster }, chart)])) as never;
}

/** Everything that the app of a construct renders, after it was validated and proved. */
export function manifestsOf({ node }: IConstruct): Manifest[] {
  return (node.root as App).charts.flatMap((chart) => chart.toJson());
}

export function policyOf(scope: IConstruct, name: string): Manifest {
  return manifestsOf(scope).find(
    ({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name,
  ) as Manifest;
}

/** Asks the rendered policies who gets through. */
export function asked(scope: IConstruct) {
  const manifests = manifestsOf(scope);
  return {
    passes: (from: string, to: string, port: number, protocol: 'TCP' | 'UDP' | 'SCTP' = 'TCP') =>
      canConnect(manifests, from, to, protocol, port),
  };
}

/** The flows of a graph in a line each: `source -> destination traffic`. */
export function flowsOf(scope: IConstruct): string[] {
  return PolicyGraph.of(scope).flows.map(
    ({ source, destination, traffic }) => `${source} -> ${destination} ${traffic}`,
  );
}

/** The message of what is thrown. */
export function messageOf(make: () => unknown): string {
  try {
    make();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('nothing was thrown');
}

/** Text that is another whenever it is rendered: `v1`, `v2` and so on. */
export function everChanging(): string {
  let count = 0;
  return Lazy.any({
    produce: () => {
      count += 1;
      return `v${count}`;
    },
  });
}

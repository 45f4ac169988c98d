import { ApiObject, App, Chart } from 'cdk8s';
import {
  AgentTier,
  type IPeer,
  Pods,
  PolicyGraph,
  Port,
  Tier,
  type TierProps,
  ZeroTrustNamespace,
  type ZeroTrustNamespaceProps,
} from '../../../lib';

export const because = 'a test of wrong values';

export function chart(id = 'chart', app = new App()): Chart {
  return new Chart(app, id);
}

export function namespace(props: Partial<ZeroTrustNamespaceProps> = {}, scope: Chart = chart()): ZeroTrustNamespace {
  return new ZeroTrustNamespace(scope, 'ns', { purpose: 'data', ...props });
}

export function tier(props: Partial<TierProps> = {}, scope = namespace()): Tier {
  return new Tier(scope, 'tier', { pods: Pods.labeled({ app: 'tier' }), ports: [Port.tcp(80)], ...props });
}

export function agent(): AgentTier {
  return new AgentTier(namespace(), 'agent', { pods: Pods.labeled({ app: 'agent' }) });
}

/** Validates what a scope's app declares, as a synthesis does. */
export function validated(scope: { node: ZeroTrustNamespace['node'] }): void {
  PolicyGraph.of(scope.node.root);
}

/** Declares a flow to the peer, on TCP 443 and for a good reason unless the options say otherwise. */
export function flowTo(peer: IPeer, options: object = {}): () => void {
  return () => {
    const from = tier();
    from.connections.allowTo(peer, { because, ports: [Port.tcp(443)], ...options });
    validated(from);
  };
}

/** A tier made of a Deployment beside it. */
export function workload(metadata: object = {}, podSpec: object = {}, labels: object = { app: 'x' }): Tier {
  const space = namespace();
  return tier({ pods: Pods.of(deployment(space, metadata, podSpec, labels)) }, space);
}

export function deployment(
  scope: ConstructorParameters<typeof ApiObject>[0],
  metadata: object = {},
  podSpec: object = {},
  labels: object = { app: 'x' },
): ApiObject {
  return new ApiObject(scope, 'workload', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'workload', namespace: 'ns', ...metadata },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name: 'c', image: 'i' }], ...podSpec } },
    },
  });
}

export const foreign = () => Pods.labeled({ app: 'x' }).inNamespace('elsewhere');

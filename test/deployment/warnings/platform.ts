import { ApiObject, App, Chart } from 'cdk8s';
import {
  AgentTier,
  Cluster,
  DataTier,
  GatewayTier,
  type GatewayTierProps,
  Internet,
  Pods,
  Port,
  SourceAddress,
  type TierProps,
  ZeroTrustNamespace,
  type ZeroTrustNamespaceProps,
} from '../../../lib';

/** Agents that look passages up in Weaviate: nothing of it is suspicious, and each part can be made so. */
export function platform(changes: Changes = {}) {
  const app = new App();
  Cluster.use(
    app,
    changes.cluster ?? Cluster.kubernetes({ podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] }),
  );
  const chart = new Chart(app, 'ai');
  const agents = new ZeroTrustNamespace(chart, 'ai-agents', { purpose: 'agents' });
  const data = new ZeroTrustNamespace(chart, 'ai-data', { purpose: 'data', ...changes.data });
  const agent = new AgentTier(agents, 'agent', {
    pods: Pods.labeled({ app: 'agent' }),
    dns: changes.isUnreached !== true,
    ...changes.agent,
  });
  const weaviate = new DataTier(data, 'weaviate', {
    pods: Pods.labeled({ app: 'weaviate' }),
    ports: [Port.tcp(8080)],
    ...changes.weaviate,
  });
  if (changes.isUnreached !== true) {
    agent.connections.allowTo(weaviate, { because: 'retrieval looks up passages', ...changes.flow });
  }
  return { app, chart, agents, data, agent, weaviate };
}

interface Changes {
  readonly cluster?: Cluster;
  readonly data?: Partial<ZeroTrustNamespaceProps>;
  readonly agent?: Partial<TierProps>;
  readonly weaviate?: Partial<TierProps>;
  readonly flow?: {
    readonly ports?: Port[];
    readonly acknowledge?: { readonly rule: string; readonly because: string }[];
  };
  readonly isUnreached?: boolean;
}

/** A Deployment whose one container declares this port. */
export function deployment(
  scope: Chart,
  { namespace = 'ai-data', name = 'weaviate', labels = { app: name } as Record<string, string>, port = 8080 } = {},
): ApiObject {
  return new ApiObject(scope, `deployment-${name}`, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image: name, ports: [{ name: 'http', containerPort: port }] }] },
      },
    },
  });
}

/** A pod that `helm test` runs, as `helm create` scaffolds one. */
export function helmTest(scope: Chart, labels: Record<string, string>): ApiObject {
  return new ApiObject(scope, 'test', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'weaviate-test', namespace: 'ai-data', labels, annotations: { 'helm.sh/hook': 'test' } },
    spec: { containers: [{ name: 'wget', image: 'busybox' }], restartPolicy: 'Never' },
  });
}

export function service(
  scope: Chart,
  spec: object,
  { namespace = 'ai-data', name = 'weaviate', annotations = {} } = {},
): ApiObject {
  return new ApiObject(scope, `service-${name}`, {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, annotations },
    spec: { selector: { app: name }, ports: [{ port: 8080 }], ...spec },
  });
}

/** A gateway behind a balancer, beside the rest. */
export function withGateway(props: Partial<GatewayTierProps> = {}) {
  const made = platform();
  const edge = new ZeroTrustNamespace(made.chart, 'ai-gateway', { purpose: 'gateway' });
  const gateway = new GatewayTier(edge, 'envoy', {
    pods: Pods.labeled({ app: 'envoy' }),
    ports: [Port.tcp(8080)],
    exposures: [{ client: Internet.any(), seenAs: SourceAddress.preserved(), because: 'customers call the models' }],
    ...props,
  });
  gateway.connections.allowTo(made.weaviate, { because: 'search is public' });
  return { ...made, gateway };
}

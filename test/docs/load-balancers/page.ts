import { LOAD_BALANCERS, type LoadBalancerFacts, type LoadBalancerName } from '../../../lib/cluster/load-balancers';

/** How each is written; every balancer that is known has one. */
const WRITTEN: Readonly<Record<LoadBalancerName, string>> = {
  'nlb-ip': 'awsNlb({ targets: IP, subnets })',
  'nlb-ip-kept': 'awsNlb({ targets: IP, subnets, preserveClientIp: true })`, or `protocol: Protocol.UDP',
  'nlb-instance-local': 'awsNlb({ targets: INSTANCE, externalTrafficPolicy: LOCAL })',
  'nlb-instance-local-replaced':
    'awsNlb({ targets: INSTANCE, externalTrafficPolicy: LOCAL, preserveClientIp: false, subnets })',
  'nlb-instance-cluster': 'awsNlb({ targets: INSTANCE })',
  'alb-ip': 'awsAlb({ targets: IP, subnets })',
  'alb-instance-local': 'awsAlb({ targets: INSTANCE, externalTrafficPolicy: LOCAL, subnets })',
  'alb-instance-cluster': 'awsAlb({ targets: INSTANCE })',
  'google-passthrough-local': 'gcpPassthrough({ externalTrafficPolicy: LOCAL })',
  'google-passthrough-cluster': 'gcpPassthrough()',
  'google-front-end-ip': 'gcpProxy({ targets: IP })',
  'google-front-end-instance-local': 'gcpProxy({ targets: INSTANCE, externalTrafficPolicy: LOCAL })',
  'google-front-end-instance-cluster': 'gcpProxy({ targets: INSTANCE })',
  'google-regional-ip': 'gcpRegionalProxy({ targets: IP, proxyOnlySubnets })',
  'google-regional-instance-local':
    'gcpRegionalProxy({ targets: INSTANCE, externalTrafficPolicy: LOCAL, proxyOnlySubnets })',
  'google-regional-instance-cluster': 'gcpRegionalProxy({ targets: INSTANCE })',
  'azure-local': 'azure({ externalTrafficPolicy: LOCAL })',
  'azure-local-probed': 'azure({ externalTrafficPolicy: LOCAL, probesPods: true })',
  'azure-cluster': 'azure()',
  'azure-application-gateway': 'azureApplicationGateway({ subnets })',
  'metallb-local': 'metalLb({ externalTrafficPolicy: LOCAL })',
  'metallb-cluster': 'metalLb()',
  'node-port-local': 'nodePort({ externalTrafficPolicy: LOCAL })',
  'node-port-cluster': 'nodePort()',
  'cilium-gateway': 'ciliumGateway()',
  'envoy-gateway': 'envoyGateway()',
  'ingress-nginx': 'ingressNginx()',
};

/** The page of the balancers: what the pods behind each see, and where their health is checked from. */
export function loadBalancersPage(): string {
  const rows = Object.entries(LOAD_BALANCERS) as [LoadBalancerName, LoadBalancerFacts][];
  return `# Load balancers

What is between clients and pods decides what address the pods see, and policies see what pods see. \`LoadBalancer\` says it for the balancers below, each by its source; the page is written by \`npm run load-balancers\` from \`lib/cluster/load-balancers.ts\`.

\`\`\`ts
const gateway = new GatewayTier(edge, 'envoy', {
  pods: Pods.labeled({ app: 'envoy-gateway' }),
  ports: [Port.tcp(8080)],
  exposures: [
    {
      client: Internet.any(),
      through: LoadBalancer.awsNlb({ targets: LoadBalancerTargets.IP, subnets: ['10.0.0.0/24', '10.0.1.0/24'] }),
      because: 'customers call the models',
    },
  ],
});
\`\`\`

- Where pods see **clients**, \`client\` is who comes in. Where they see anything else, everybody behind it looks alike, and the graph says so.
- Where they see **nodes**, these are the ranges of the cluster (\`nodeCidrs\`), and on Cilium every node as itself.
- Health checks come on the ports of the exposure unless \`healthCheck\` names others. Where **the node answers** them (\`healthCheckNodePort\`, or kube-proxy on 10256), none reaches a pod, and none is let in.
- \`externalTrafficPolicy\` is \`Cluster\` unless it is said, as in a Service. Where a balancer targets pods, it means nothing.
- A balancer shares its subnet with whatever else is there. Cilium tells them apart; other engines let nodes and pods in with it, and pods only where \`cluster-range\` is acknowledged on the cluster or the exposure.
- What is missing is said by \`seenAs\` and \`healthChecks\`.

| balancer | pods see | health is checked from | source |
| --- | --- | --- | --- |
${rows.map(row).join('\n')}
`;
}

function row([name, facts]: [LoadBalancerName, LoadBalancerFacts]): string {
  const cells = [`${facts.title}<br>\`${WRITTEN[name]}\``, seen(facts), checked(facts), facts.source];
  return `| ${cells.join(' | ')} |`;
}

function seen({ sees, ranges, isInSubnets }: LoadBalancerFacts): string {
  switch (sees) {
    case 'clients':
      return 'clients';
    case 'balancer':
      return isInSubnets ? 'the balancer, in its subnets' : `the balancer: ${ranges?.join(', ')}`;
    case 'nodes':
      return 'nodes';
    case 'gateway of Cilium':
      return "Cilium's entity `ingress`";
    case 'pods of a proxy':
      return 'the pods of the proxy: refused, name them as a client instead';
  }
}

function checked({ checkedBy, checksFrom }: LoadBalancerFacts): string {
  if (checkedBy === 'nobody') return 'nowhere';
  if (checkedBy !== 'balancer') return checkedBy;
  return checksFrom === undefined ? 'the balancer, in its subnets' : checksFrom.join(', ');
}

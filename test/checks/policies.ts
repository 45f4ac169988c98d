/** A NetworkPolicy in YAML, of `models/vllm` for pods with `app: vllm`, with rules in flow style. */
export function policy({
  name = 'vllm',
  namespace = 'models',
  pods = 'app: vllm',
  ingress,
  egress,
  metadata = '',
}: PolicyText): string {
  const directions = [...(ingress === undefined ? [] : ['Ingress']), ...(egress === undefined ? [] : ['Egress'])];
  return `
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace}${metadata} }
spec:
  podSelector: { ${pods === '' ? '' : `matchLabels: { ${pods} }`} }
  policyTypes: [${directions.join(', ')}]
  ${ingress === undefined ? '' : `ingress: ${ingress}`}
  ${egress === undefined ? '' : `egress: ${egress}`}
`;
}

export interface PolicyText {
  readonly name?: string;
  readonly namespace?: string;
  readonly pods?: string;
  readonly ingress?: string;
  readonly egress?: string;
  /** Further fields of the metadata, with a comma before. */
  readonly metadata?: string;
}

/** A Deployment in YAML, by default `models/vllm` with the label `app: vllm`. */
export function deployment({
  name = 'vllm',
  namespace = 'models',
  labels = `app: ${name}`,
  image = name,
  more = '',
}: DeploymentText): string {
  return `
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: ${namespace} }
spec:
  template:
    metadata: { labels: { ${labels} } }
    spec:
      containers: [{ name: main, image: '${image}'${more} }]
`;
}

export interface DeploymentText {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: string;
  readonly image?: string;
  /** Further fields of the container, with a comma before. */
  readonly more?: string;
}

/** A CiliumNetworkPolicy in YAML for pods with `app: vllm` of `models`, with rules in flow style. */
export function cilium({ name = 'vllm', ingress, egress }: Pick<PolicyText, 'name' | 'ingress' | 'egress'>): string {
  return `
---
apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: { name: ${name}, namespace: models }
spec:
  endpointSelector: { matchLabels: { app: vllm } }
  ${ingress === undefined ? '' : `ingress: ${ingress}`}
  ${egress === undefined ? '' : `egress: ${egress}`}
`;
}

// The constructs that users write: a namespace that is closed, and tiers in it that open flows. They are a thin shell: what
// they declare is kept as plain records (records.ts), and everything that follows is worked out from these by functions
// (deployment-state.ts).

export type { RequestOptions } from '../deployment/flows/requests';
export { AgentTier, type AgentTierProps } from './agent-tier';
export {
  ClusterGuardrail,
  type ClusterGuardrailProps,
  type DefaultDenyOptions,
  type TenantOptions,
} from './cluster-guardrail';
export { Connections, type FlowOptions, type IConnectable } from './connections';
export { DataTier, type DataTierProps } from './data-tier';
export type { Exposure, ExposureHealthCheck, HealthCheck } from './exposure';
export { type ForeignFlow, ForeignPolicy } from './foreign-policy';
export { GatewayTier, type GatewayTierProps } from './gateway-tier';
export { type HostAccess, HostGuardrail, type HostGuardrailProps } from './host-guardrail';
export { InferenceTier, type InferenceTierProps } from './inference-tier';
export type { PeerAccess } from './peer-access';
export { PolicyProof } from './policy-proof';
export { Tier } from './tier';
export type { TierProps } from './tier-props';
export { type RenderOptions, ZeroTrust } from './zero-trust';
export { type Finding, ZeroTrustFindings } from './zero-trust-findings';
export {
  NamespaceManagement,
  PodSecurity,
  Rollout,
  ZeroTrustNamespace,
  type ZeroTrustNamespaceProps,
} from './zero-trust-namespace';

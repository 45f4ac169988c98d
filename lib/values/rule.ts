/**
 * Ids of the rules that can be acknowledged, for `acknowledge: [{ rule: Rule.WIDE_EGRESS, because: '…' }]`. The page of the
 * rules (`docs/rules.md`) says of each what it protects from.
 */
export class Rule {
  /** A port for administrators of a known system is open to others. */
  public static readonly ADMIN_PORT_OPEN = 'admin-port-open';
  /** A known system answers requests for administrators on a port that users reach. */
  public static readonly ADMIN_REQUESTS_OPEN = 'admin-requests-open';
  /** The default deny isolates pods of a namespace that somebody else owns. */
  public static readonly ADOPTED_NAMESPACE = 'adopted-namespace';
  /** An agent reaches the internet on every port. */
  public static readonly AGENT_ALL_PORTS = 'agent-all-ports';
  /** Agents may reach the API server. */
  public static readonly API_SERVER = 'api-server';
  /** Addresses may belong to pods of the cluster. */
  public static readonly CLUSTER_RANGE = 'cluster-range';
  /** A tier speaks to others by name and resolves no names. */
  public static readonly DNS_MISSING = 'dns-missing';
  /** A tier resolves names and speaks to nobody. */
  public static readonly DNS_UNUSED = 'dns-unused';
  /** The engine does not know host names, so every address of the internet passes. */
  public static readonly ENGINE_HOST_NAMES = 'engine-host-names';
  /** The engine cannot tell one node from another by address, so every node may open connections. */
  public static readonly ENGINE_NODES = 'engine-nodes';
  /** The engine cannot tell requests apart, so all traffic on the ports passes. */
  public static readonly ENGINE_REQUESTS = 'engine-requests';
  /** The engine is of a version that was not looked at: acknowledged on the cluster. */
  public static readonly ENGINE_VERSION_UNTESTED = 'engine-version-untested';
  /** The labels that select the pods of a known system may be on others too. */
  public static readonly KNOWN_LABELS_GENERIC = 'known-labels-generic';
  /** A known system lacks a flow that it cannot do without. */
  public static readonly KNOWN_NEED_MISSING = 'known-need-missing';
  /** The chart of a known system ships a policy that opens more than its tier. */
  public static readonly KNOWN_POLICY = 'known-policy';
  /** The facts of a known system are of another release. */
  public static readonly KNOWN_VERSION = 'known-version';
  /** The image of a workload says another system than its tier. */
  public static readonly KNOWN_WORKLOAD = 'known-workload';
  /** The labels of a workload miss those of a tier by a little. */
  public static readonly LABELS_MISS_TIER = 'labels-miss-tier';
  /** Agents may reach a metadata service. */
  public static readonly METADATA_SERVICE = 'metadata-service';
  /** The namespace of a peer or of a workload is spelt nearly as one of the app. */
  public static readonly NAMESPACE_MISSPELT = 'namespace-misspelt';
  /** One pod can belong to two tiers. */
  public static readonly OVERLAPPING_TIERS = 'overlapping-tiers';
  /** A port that the pods of a known system have among themselves is open to others. */
  public static readonly PEER_PORT_OPEN = 'peer-port-open';
  /** Pods of a namespace may be privileged or on the host network. */
  public static readonly POD_SECURITY = 'pod-security';
  /** Pods without a tier can neither be reached nor reach anything. */
  public static readonly PODS_WITHOUT_TIER = 'pods-without-tier';
  /** A flow names a port that no container declares. */
  public static readonly PORT_NOT_SERVED = 'port-not-served';
  /** A Service lets clients in from outside, and no flow does. */
  public static readonly SERVICE_WITHOUT_EXPOSURE = 'service-without-exposure';
  /** Clients are said to keep their address, and the Service replaces it. */
  public static readonly SOURCE_NOT_PRESERVED = 'source-not-preserved';
  /** A test of a chart has the labels of a tier. */
  public static readonly TEST_PODS_SELECTED = 'test-pods-selected';
  /** No flow reaches a model server or data. */
  public static readonly TIER_UNREACHED = 'tier-unreached';
  /** Data is served to clients that are not named one by one. */
  public static readonly UNNAMED_CLIENTS = 'unnamed-clients';
  /** Agents may reach every pod of a namespace. */
  public static readonly WHOLE_NAMESPACE = 'whole-namespace';
  /** Model weights can leave to a wide range of addresses. */
  public static readonly WIDE_EGRESS = 'wide-egress';

  private constructor() {}
}

import { Construct } from 'constructs';
import { metadataOfEveryCloud, wireServer, wireServerPorts } from '../cluster/metadata-services';
import { namespacesOfEngine } from '../cluster/system-namespaces';
import { Deployment } from '../deployment/deployment';
import { at } from '../deployment/reported';
import { reason } from '../findings/reason';
import { givenConstruct } from '../graph/given-construct';
import { anything, flag, listOf, optional, properties, type Shape, struct, text } from '../model/checked';
import type { ClusterFacts } from '../model/cluster-facts';
import type { Guardrail, GuardrailDeny } from '../model/guardrail';
import * as ips from '../model/ip-set';
import { labelKeyProblem, labelValueProblem, NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import { NAMESPACE_NAME_LABEL, type PodSet, podSet, soleNamespace } from '../model/pod-set';
import * as ports from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import { Cluster } from '../values/cluster';

/** Tenants by a label of their namespaces. */
export interface TenantOptions {
  /** Key of the label that says whose a namespace is: `tenant`. */
  readonly label: string;

  /** Every value that the label has: the tenants, two or more. */
  readonly tenants: string[];
}

/** Default deny for the pods of a cluster. */
export interface DefaultDenyOptions {
  /** Namespaces that it leaves alone: those of the platform, `kube-system` and those of the engine among them. */
  readonly systemNamespaces: string[];
}

/** What a guardrail rules out. */
export interface ClusterGuardrailProps {
  /**
   * Name of its objects, unique in the app.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /** Why it is there: at least two words. */
  readonly because: string;

  /**
   * Denies the metadata services of clouds to every pod of the cluster.
   *
   * @default false
   */
  readonly denyCloudMetadata?: boolean;

  /**
   * Denies connections between the namespaces of different tenants, both ways. Namespaces without the label are not meant,
   * nor are those of the name servers and of the engine.
   *
   * @default - tenants are not kept apart
   */
  readonly separateTenants?: TenantOptions;

  /**
   * Isolates every pod but those of system namespaces: what no policy allows is denied.
   *
   * @default - namespaces without policies stay open
   */
  readonly defaultDeny?: DefaultDenyOptions;
}

/**
 * What the platform rules out for the whole cluster, whatever the owner of a namespace allows: denies come before every
 * policy of a namespace. Rendered as CiliumClusterwideNetworkPolicy, Calico's GlobalNetworkPolicy, Antrea's
 * ClusterNetworkPolicy or ClusterNetworkPolicy; plain NetworkPolicy cannot say it.
 *
 * @example
 * new ClusterGuardrail(platform, 'no-metadata', { denyCloudMetadata: true, because: 'credentials stay on the node' });
 */
export class ClusterGuardrail extends Construct {
  /** Name of the guardrail. */
  public readonly guardrailName: string;

  /**
   * Declares the guardrail.
   *
   * @param scope a chart, or a construct in one; its objects are cluster-wide.
   * @param id of the construct, and the name of the guardrail where none is given.
   * @param props what it rules out.
   * @throws for a name that is taken or none, for nothing to rule out, for one tenant alone, and for what would lock out DNS or the engine itself.
   */
  constructor(scope: Construct, id: string, props: ClusterGuardrailProps) {
    super(givenConstruct(scope, 'scope'), text(id, 'id'));
    const guardrail = at(this, () => {
      const given = properties(props, GUARDRAIL, 'the props of the guardrail');
      return guardrailOf(given.name ?? id, given, Cluster.of(this)._facts);
    });
    this.guardrailName = guardrail.name;
    Deployment.of(this).declarations.addGuardrail({ construct: this, guardrail });
  }
}

const EVERY_POD = podSet(selectors.anything, selectors.anything);

/** What a guardrail rules out, as it was handed over. */
interface GivenGuardrail extends Omit<ClusterGuardrailProps, 'because'> {
  readonly because?: unknown;
}

const GUARDRAIL: Shape<GivenGuardrail> = {
  name: optional(text),
  because: anything,
  denyCloudMetadata: optional(flag),
  separateTenants: optional(
    struct<TenantOptions>({ label: text, tenants: listOf(text) }, 'a label with the tenants that it names'),
  ),
  defaultDeny: optional(
    struct<DefaultDenyOptions>({ systemNamespaces: listOf(text) }, 'a default deny with what it leaves alone'),
  ),
};

function guardrailOf(name: string, props: GivenGuardrail, facts: ClusterFacts): Guardrail {
  refuseGuardrailName(name);
  const { denyCloudMetadata, separateTenants, defaultDeny } = props;
  const guardrail: Guardrail = {
    name,
    because: reason(props.because, 'a guardrail'),
    denies: [
      ...(denyCloudMetadata ? metadataDenies(facts) : []),
      ...(separateTenants === undefined ? [] : tenantDenies(separateTenants, facts)),
    ],
    isolates: defaultDeny === undefined ? [] : [podsOutside(defaultDeny.systemNamespaces, facts)],
  };
  if (guardrail.denies.length + guardrail.isolates.length > 0) return guardrail;
  throw new ZeroTrustError({
    rule: 'guardrail-empty',
    what: 'the guardrail rules nothing out',
    value: '{}',
    allowed: '`denyCloudMetadata`, `separateTenants` and `defaultDeny`, one or more of them',
    fix: "Say what it is for: { denyCloudMetadata: true, because: '…' }",
  });
}

/** A name of a guardrail is the name of objects on every engine, some of which put more behind it. */
export function refuseGuardrailName(name: string): void {
  const problem = namespaceNameProblem(name);
  if (problem === undefined && name.length <= LONGEST_NAME) return;
  throw new ZeroTrustError({
    rule: 'guardrail-name',
    what: `"${name}" cannot be the name of a guardrail${problem === undefined ? `: it has ${name.length} characters, more than ${LONGEST_NAME}` : ''}`,
    value: name,
    allowed: NAMESPACE_NAME_ALLOWED.replace(/^1 to \d+/, `1 to ${LONGEST_NAME}`),
    fix: "Give it one beside the id: { name: 'no-metadata', … }",
  });
}

const LONGEST_NAME = 50;

/** The wire server of Azure answers name servers as well, so of it the ports are denied that hand out something else. */
function metadataDenies({ dns }: ClusterFacts): GuardrailDeny[] {
  const nameServers = dns.servers.flatMap(({ endpoint }) =>
    endpoint.kind === 'addresses' ? [endpoint.addresses] : [],
  );
  const both = ips.intersection(ips.unionOf(nameServers), metadataOfEveryCloud);
  // Name servers at every address are on the nodes; the metadata services are none of them.
  if (!ips.isEmpty(both) && !nameServers.some((set) => ips.contains(set, ips.anyIpv4))) {
    throw new ZeroTrustError(
      locksOut({
        why: `pods resolve names at ${ips.ipsText(both)}, which is a metadata service as well`,
        value: ips.ipsText(both),
        fix: 'Leave `denyCloudMetadata` out on this cluster: tiers reach a metadata service only by a flow, and agents not even so without an acknowledgement.',
      }),
    );
  }
  return [
    {
      direction: 'egress',
      subject: EVERY_POD,
      peer: { kind: 'addresses', addresses: metadataOfEveryCloud, name: 'metadata services' },
      ports: ports.everything,
    },
    {
      direction: 'egress',
      subject: EVERY_POD,
      peer: { kind: 'addresses', addresses: wireServer, name: 'wire server of Azure' },
      ports: wireServerPorts,
    },
  ];
}

/**
 * For each tenant and direction: every namespace that wears the label with another value. The name servers and the engine
 * itself are no tenant, whatever labels their namespaces wear.
 */
function tenantDenies({ label, tenants }: TenantOptions, facts: ClusterFacts): GuardrailDeny[] {
  const values = [...new Set(tenants)].sort();
  const wrong = labelKeyProblem(label) ?? values.map(labelValueProblem).find((problem) => problem !== undefined);
  if (wrong !== undefined || values.length < 2 || label === NAMESPACE_NAME_LABEL) {
    throw new ZeroTrustError({
      rule: 'guardrail-tenants',
      what: wrong ?? notTenants(label, values),
      value: `${label}: ${values.join(', ')}`,
      allowed: 'a label of namespaces, and two tenants or more',
      fix: "Name them: { separateTenants: { label: 'tenant', tenants: ['blue', 'green'] } }",
    });
  }
  const notSystem = { key: NAMESPACE_NAME_LABEL, operator: 'NotIn', values: namespacesOfSystem(facts) } as const;
  return values.flatMap((tenant) => {
    const own = selectors.both(selectors.fromLabels({ [label]: tenant }), selectors.fromRequirements([notSystem]));
    const others = selectors.fromRequirements([
      notSystem,
      { key: label, operator: 'Exists' },
      { key: label, operator: 'NotIn', values: [tenant] },
    ]);
    const subject = podSet(own, selectors.anything);
    const peer = { kind: 'pods', pods: podSet(others, selectors.anything), owner: 'other tenants' } as const;
    return (['ingress', 'egress'] as const).map((direction) => ({ direction, subject, peer, ports: ports.everything }));
  });
}

function notTenants(label: string, values: readonly string[]): string {
  if (label === NAMESPACE_NAME_LABEL) return `${label} is the name of a namespace, and a tenant may have several`;
  const named = values.length === 0 ? 'none is named' : `only ${values.join(', ')} is named`;
  return `the guardrail keeps the tenants of the label ${label} apart, and ${named}`;
}

/** Where the name servers and the engine itself run. */
function namespacesOfSystem({ engine, dns }: ClusterFacts): string[] {
  const ofDns = dns.servers.flatMap(({ endpoint }) => {
    const name = endpoint.kind === 'pods' ? soleNamespace(endpoint.pods.namespaces) : undefined;
    return name === undefined ? [] : [name];
  });
  return [...new Set([...namespacesOfEngine(engine), ...ofDns])].sort();
}

function podsOutside(systemNamespaces: readonly string[], facts: ClusterFacts): PodSet {
  for (const name of systemNamespaces) {
    const problem = namespaceNameProblem(name);
    if (problem === undefined) continue;
    throw new ZeroTrustError({
      rule: 'namespace-name',
      what: `${problem} (in \`defaultDeny.systemNamespaces\`)`,
      value: name,
      allowed: NAMESPACE_NAME_ALLOWED,
      fix: 'Give the name as `kubectl get namespaces` shows it.',
    });
  }
  const needed = namespacesOfSystem(facts);
  const missing = needed.filter((name) => !systemNamespaces.includes(name));
  if (missing.length > 0) {
    throw new ZeroTrustError(
      locksOut({
        why: `the name servers and the engine itself run in ${needed.join(', ')}`,
        value: missing.join(', '),
        fix: `Leave these alone as well: defaultDeny: { systemNamespaces: [${[...systemNamespaces, ...missing].map((name) => `'${name}'`).join(', ')}] }`,
      }),
    );
  }
  const outside = selectors.fromRequirements([
    { key: NAMESPACE_NAME_LABEL, operator: 'NotIn', values: [...new Set(systemNamespaces)].sort() },
  ]);
  return podSet(outside, selectors.anything);
}

function locksOut({ why, value, fix }: { readonly why: string; readonly value: string; readonly fix: string }) {
  return {
    rule: 'guardrail-locks-out',
    what: `the guardrail would stop the cluster: ${why}`,
    value,
    allowed: 'guardrails that leave DNS, the API server and the engine alone',
    fix,
  };
}

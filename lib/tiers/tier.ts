import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Deployment } from '../deployment/deployment';
import { EmittedObject } from '../deployment/emission/emitted-object';
import { managedLabels } from '../deployment/emission/managed-labels';
import { syncAnnotations } from '../deployment/emission/sync-annotations';
import type { RequestOptions } from '../deployment/flows/requests';
import type { TierRecord } from '../deployment/records';
import { at } from '../deployment/reported';
import { labelWorkload } from '../deployment/workloads/resolved-tier';
import { DEFAULT_DENY } from '../engines/kubernetes/render';
import { policyKind } from '../engines/policy-kinds';
import { FLOWS_ANNOTATION } from '../graph/flow-lines';
import { givenConstruct } from '../graph/given-construct';
import type { TierRole } from '../graph/graph-data';
import { anything, flag, listOf, optional, properties, type Shape, struct, text } from '../model/checked';
import { NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import { soleNamespace } from '../model/pod-set';
import type { PortSet } from '../model/port-set';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import { shown } from '../model/shown';
import { takesUnlabelledPods } from '../model/unlabelled-pods';
import { type Acknowledgement, waivers } from '../values/acknowledgement';
import { aKnownPods, type KnownPods } from '../values/known-pods';
import { Endpoint, type IPeer, peerSpec } from '../values/peer';
import type { Pods } from '../values/pods';
import { type Port, portsOf } from '../values/port';
import { Connections, FLOW, type GivenFlow, type IConnectable } from './connections';
import { openKnownFlows } from './known-flows';
import { ZeroTrustNamespace } from './zero-trust-namespace';

/** A peer that a property of a tier opens a flow with. */
export interface PeerAccess extends RequestOptions {
  /** A tier, a namespace for all its tiers, pods elsewhere, or addresses. */
  readonly peer: IPeer;

  /**
   * Pod ports of the destination.
   *
   * @default - the ports of the destination, where it has any
   */
  readonly ports?: Port[];

  /**
   * Why the flow is there: at least two words.
   *
   * @default - the reason that the property documents
   */
  readonly because?: string;

  /**
   * Whether the traffic must be encrypted on its way. No policy can see to it: the cluster must promise it
   * (`Cluster.cilium({ encryption })`), or the flow is refused.
   *
   * @default false
   */
  readonly encrypted?: boolean;

  /**
   * Rules that are waived for this flow.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
}

/** What a tier is. */
export interface TierProps {
  /** Which pods: by labels, by requirements, or those of a construct. */
  readonly pods: Pods;

  /**
   * Name of the tier and of its policy, unique in the namespace.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Pod ports that the tier serves on: what flows to it are allowed on when they name none.
   *
   * @default - the ports that the containers of its workload declare, where the pods are taken from one
   */
  readonly ports?: Port[];

  /**
   * Whether the pods resolve names through the cluster's DNS.
   *
   * @default - what the namespace says, which is true unless set; false for a data tier
   */
  readonly dns?: boolean;

  /**
   * Who scrapes metrics, and on which ports. The reason, when none is given: "metrics are scraped". Model servers answer
   * metrics on the port that they serve on (vLLM's `GET /metrics`): where the engine tells requests apart, `http` keeps
   * the scraper from everything else there: `[{ peer: prometheus, http: [HttpRule.get('/metrics')] }]`.
   *
   * @default - nobody
   */
  readonly metrics?: PeerAccess[];

  /**
   * What the catalog knows of the pods: the methods of `Catalog` give it with the rest. The tier opens the flows that the
   * system needs, and is warned of what is known to go wrong with it.
   *
   * @default - nothing is known of them
   */
  readonly known?: KnownPods;

  /**
   * Rules that are waived for the tier and all its flows.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
}

/** What a role adds to a tier. */
export interface RoleOfTier {
  readonly role: TierRole;
  readonly ports?: PortSet;
  /** Whether pods resolve names when nobody says. */
  readonly dns?: boolean;
  readonly notes?: readonly string[];
}

/**
 * Pods of one kind, under one policy that is named as the tier. Nothing gets in or out but declared flows, and name
 * resolution where the tier has it.
 *
 * Gateways, model servers, agents and data have tiers that know their role; this one is for everything else.
 *
 * @example
 * const features = new Tier(apps, 'feature-api', { pods: Pods.labeled({ app: 'feature-api' }), ports: [Port.tcp(8080)] });
 */
export class Tier extends Construct implements IConnectable {
  /** Name of the tier and of its policy. */
  public readonly tierName: string;

  /** Name of the namespace of the tier. */
  public readonly namespaceName: string;

  /** The pods of the tier, as a peer. */
  public readonly endpoint: Endpoint;

  /** Who may talk to the tier, and to whom it may talk. */
  public readonly connections: Connections;

  /** The policy of the tier, of the kind that the engine of the cluster takes, for labels and patches. */
  public readonly policy: ApiObject;

  /**
   * Declares the tier.
   *
   * @param scope the namespace that its pods run in.
   * @param id of the construct, and the name of the tier where none is given.
   * @param props what it is.
   * @throws for a name that is taken, reserved or refused by Kubernetes, and pods of another namespace.
   */
  constructor(scope: ZeroTrustNamespace, id: string, props: TierProps) {
    super(givenConstruct(scope, 'scope'), text(id, 'id'));
    const given = at(this, () => properties(props, TIER, 'the props of the tier'));
    const record = at(this, () => tierRecord(this, scope, id, given));
    this.tierName = record.name;
    this.namespaceName = record.namespace.name;
    this.endpoint = Endpoint._of({ kind: 'tier', construct: this });
    this.connections = Connections._of(record);
    Deployment.of(this).declarations.addTier(record);
    labelWorkload(record);
    this.policy = this.#emit(scope);
    this._open('ingress', given.metrics, 'metrics', 'metrics are scraped');
    if (given.known !== undefined) openKnownFlows(this, given.known._facts);
  }

  /**
   * What the role adds. Asked while the tier is made, so it must not touch fields of a subclass.
   *
   * @internal
   */
  public _role(): RoleOfTier {
    return { role: 'tier' };
  }

  /** @internal */
  public _open(
    direction: 'ingress' | 'egress',
    list: GivenAccess[] | undefined,
    property: string,
    builtIn: string,
  ): void {
    for (const [index, { peer, because = builtIn, ...said }] of (list ?? []).entries()) {
      this.connections._declare(direction, peer, { ...said, because, within: `${property}[${index}].` });
    }
  }

  #emit(namespace: ZeroTrustNamespace): ApiObject {
    const { namespaceName, tierName } = this;
    const deployment = Deployment.of(this);
    return new EmittedObject(this, 'policy', {
      ...policyKind(namespace._record.engine, namespace._record.rollout),
      name: tierName,
      namespace: namespaceName,
      labels: managedLabels(namespace._record.partOf),
      annotations: {
        ...syncAnnotations(this, 'allow'),
        [FLOWS_ANNOTATION]: () => deployment.annotationOf(namespaceName, tierName),
      },
      spec: () => deployment.manifest({ kind: 'tier', namespace: namespaceName, name: tierName }).spec,
    });
  }
}

/** What a property opens a flow with, as it was handed over. */
export interface GivenAccess extends GivenFlow {
  readonly peer?: unknown;
}

/** A list of flows that a property opens. */
export const accesses = optional(
  listOf(struct<GivenAccess>({ peer: anything, ...FLOW }, 'a peer with what is said of the flow'), '{ peer: … }'),
);

/** What a tier is, as it was handed over. */
interface GivenTier {
  readonly pods?: unknown;
  readonly name?: string;
  readonly ports?: unknown;
  readonly dns?: boolean;
  readonly metrics?: GivenAccess[];
  readonly known?: KnownPods;
  readonly acknowledge?: unknown;
}

const TIER: Shape<GivenTier> = {
  pods: anything,
  name: optional(text),
  ports: anything,
  dns: optional(flag),
  metrics: accesses,
  known: optional(aKnownPods),
  acknowledge: anything,
};

function tierRecord(construct: Tier, scope: ZeroTrustNamespace, id: string, props: GivenTier): TierRecord {
  refuseScope(scope);
  const name = props.name ?? id;
  refuseName(name);
  const role = construct._role();
  const pods = tierPods(props.pods, scope);
  return {
    construct,
    namespace: scope._record,
    name,
    role: role.role,
    pods,
    ports: portsOf(props.ports),
    rolePorts: role.ports,
    dns: props.dns ?? role.dns ?? scope._dns ?? true,
    notes: role.notes ?? [],
    ...(props.known !== undefined && { known: props.known._facts }),
    acknowledged: waivers(props.acknowledge),
  };
}

function refuseScope(scope: unknown): void {
  if (scope instanceof ZeroTrustNamespace) return;
  throw new ZeroTrustError({
    rule: 'tier-scope',
    what: 'a tier is made in a namespace, and its scope is not a ZeroTrustNamespace',
    value: shown(scope),
    allowed: 'a ZeroTrustNamespace as the first argument',
    fix: "const models = new ZeroTrustNamespace(chart, 'ai-inference', { purpose: Purpose.INFERENCE });",
  });
}

/** A name of a tier is the name of a policy and the value of a label, so it keeps the rules of both. */
function refuseName(name: string): void {
  const isReserved = name === DEFAULT_DENY;
  if (!isReserved && namespaceNameProblem(name) === undefined) return;
  throw new ZeroTrustError({
    rule: isReserved ? 'tier-name-reserved' : 'tier-name',
    what: `"${name}" cannot be the name of a tier: ${isReserved ? 'the policy that isolates the namespace has it' : 'its policy and a label are named after it'}`,
    value: name,
    allowed: `${NAMESPACE_NAME_ALLOWED}, and not ${DEFAULT_DENY}`,
    fix: "Give it one beside the id: { name: 'vllm', … }",
  });
}

function tierPods(pods: unknown, { namespaceName, _record }: ZeroTrustNamespace): TierRecord['pods'] {
  const isMissing = pods === undefined || pods === null;
  const spec = isMissing ? undefined : peerSpec(pods, '`pods`');
  if (spec?.kind !== 'pods') {
    throw new ZeroTrustError({
      rule: 'tier-pods',
      what: isMissing
        ? '`pods` is not given, and says which pods are the tier'
        : `\`pods\` is ${shown(pods)}, which is not Pods`,
      value: shown(pods),
      allowed: 'Pods.labeled, Pods.matching, Pods.of or Pods.all',
      fix: "Say which pods are the tier: { pods: Pods.labeled({ app: 'vllm' }) }",
    });
  }
  if ((spec.namespaces !== undefined && soleNamespace(spec.namespaces) !== namespaceName) || spec.owner !== undefined) {
    throw new ZeroTrustError({
      rule: 'tier-pods-elsewhere',
      what: `the pods of a tier run in its namespace, ${namespaceName}, and are its own`,
      value: spec.owner ?? selectors.selectorText(spec.namespaces ?? selectors.anything),
      allowed: 'pods without inNamespace and ownedBy',
      fix: 'Leave both out, or make the tier in the namespace that the pods run in.',
    });
  }
  if (_record.management === 'adopt' && spec.workload === undefined && takesUnlabelledPods(spec.pods)) {
    throw new ZeroTrustError({
      rule: 'tier-of-everything',
      what: `the tier would take every pod of ${namespaceName}, which belongs to somebody else, and open its flows to all of them`,
      value: selectors.isAnything(spec.pods) ? 'Pods.all()' : selectors.selectorText(spec.pods),
      allowed: 'pods by labels or of a construct, in a namespace that we adopt',
      fix: "Name the pods: Pods.labeled({ app: '…' })",
    });
  }
  return spec;
}

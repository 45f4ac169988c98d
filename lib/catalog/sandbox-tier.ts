import { ApiObject } from 'cdk8s';
import { Deployment } from '../deployment/deployment';
import type { TierRecord } from '../deployment/records';
import { at } from '../deployment/reported';
import { changeRendering, rendering } from '../deployment/workloads/rendering';
import { isWaived } from '../findings/waiver-uses';
import { groupOf } from '../kinds/manifest';
import { anything, flag, optional, properties, type Shape } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import { shown } from '../model/shown';
import { AgentTier, type ForeignFlow, ForeignPolicy, type PeerAccess, type ZeroTrustNamespace } from '../tiers';
import type { RoleOfTier } from '../tiers/tier-record';
import type { Acknowledgement } from '../values/acknowledgement';
import { Cidr } from '../values/cidr';
import type { IPeer } from '../values/peer';
import { LabelOperator, Pods } from '../values/pods';
import { Port, portsOf } from '../values/port';

/** What a tier of sandboxes is. */
export interface SandboxTierProps {
  /**
   * The SandboxTemplate that the sandboxes are made of, in the namespace of the tier. One tier for a template: its label is
   * put on the pods of the template, where no claim can change it.
   */
  readonly template: ApiObject;

  /**
   * The router that hands requests to sandboxes: nobody else gets in. That of agent-sandbox is
   * `SandboxTier.shippedRouter()`.
   *
   * @default - nobody gets in
   */
  readonly router?: IPeer;

  /**
   * Keeps the policy that the controller of agent-sandbox writes for the template, beside that of the tier. It opens every
   * port of every public address, and does not know the router that is shipped; the graph and the findings say what it
   * opens, and `metadata-service` must be acknowledged, since it leaves those of Alibaba Cloud and Azure open. Rules that the
   * template has of its own are declared by `ForeignPolicy`. Without it, `networkPolicyManagement` of the template is set to `Unmanaged` where the template does not say.
   *
   * @default false
   */
  readonly shippedPolicy?: boolean;

  /**
   * Tools that run in sandboxes call: MCP servers, APIs by the names of their hosts, other tiers. The reason, when none is
   * given: "agents call their tools".
   *
   * @default - none
   */
  readonly tools?: PeerAccess[];

  /**
   * Who scrapes metrics. The reason, when none is given: "metrics are scraped".
   *
   * @default - nobody
   */
  readonly metrics?: PeerAccess[];

  /**
   * Name of the tier and of its policy, unique in the namespace.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Pod ports that sandboxes serve on.
   *
   * @default - those that the containers of the template declare; else TCP 8888, to which the router hands requests on
   */
  readonly ports?: Port[];

  /**
   * Whether the pods resolve names through the cluster's DNS. With `shippedPolicy`, the controller has them ask name servers
   * in the internet.
   *
   * @default - what the namespace says, which is true unless set; false with `shippedPolicy`
   */
  readonly dns?: boolean;

  /**
   * Rules that are waived for the tier and all its flows.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
}

/**
 * Sandboxes of agent-sandbox (kubernetes-sigs), in which agents run code that nobody has read: the pods of one
 * SandboxTemplate. In: the router alone. Out: name resolution and the tools that are named. What agents are refused
 * (`AgentTier`), sandboxes are refused.
 *
 * The controller writes a policy of its own for a template unless that says `networkPolicyManagement: Unmanaged`, and
 * policies add up, so that it would open every public address to the pods of this tier. (agent-sandbox 2fd412d5,
 * `extensions/controllers/sandboxtemplate_controller.go`.) A Sandbox that is made without a template has no tier.
 *
 * @example
 * const sandbox = new SandboxTier(agents, 'python', { template, router: SandboxTier.shippedRouter(), tools: [{ peer: search }] });
 */
export class SandboxTier extends AgentTier {
  /**
   * The router that agent-sandbox ships, by its labels.
   *
   * @param runsIn name of its namespace; `default` in its manifests.
   * @throws for what is no name of a namespace.
   */
  public static shippedRouter(runsIn: string = 'default'): Pods {
    return Pods.labeled({ 'app.kubernetes.io/name': 'sandbox-router' }).inNamespace(runsIn).ownedBy(OWNER);
  }

  /**
   * Declares the tier.
   *
   * @param scope the namespace that its sandboxes run in.
   * @param id of the construct, and the name of the tier where none is given.
   * @param props what it is.
   * @throws for what is no SandboxTemplate, and for all that an `AgentTier` is refused for.
   */
  constructor(scope: ZeroTrustNamespace, id: string, props: SandboxTierProps) {
    const { template, router, shippedPolicy, tools, metrics, name, ports, dns, acknowledge } = givenProps(props);
    const agentProps = { tools, metrics, name, ports, dns: dns ?? (shippedPolicy ? false : undefined), acknowledge };
    super(scope, id, { ...(agentProps as object), pods: Pods.of(template) });
    if (router !== undefined) {
      this.connections._declare('ingress', router, { because: 'the router hands requests to sandboxes' });
    }
    if (shippedPolicy) at(this, () => this.#declareShipped(template));
    else changeRendering(template, unmanaged);
  }

  /** @internal */
  public override _role(): RoleOfTier {
    return { ...super._role(), ports: portsOf([Port.tcp(8888)]) };
  }

  /** What the controller has by default; rules that the template has of its own are declared by whoever wrote them. */
  #declareShipped(template: ApiObject): void {
    const spec = rendering(template).spec as { networkPolicy?: unknown } | undefined;
    if (spec?.networkPolicy !== undefined) return;
    const { acknowledged } = Deployment.of(this).declarations.recordOf(this) as TierRecord;
    if (!isWaived('metadata-service', acknowledged)) throw metadataOpen();
    ForeignPolicy.declare(
      template,
      [this, OF_TEMPLATES.inNamespace(this.namespaceName)].flatMap(shippedFlows(this.namespaceName)),
    );
  }
}

/** What the shipped policy lets through, for these sandboxes. */
function shippedFlows(namespace: string): (sandboxes: IPeer) => ForeignFlow[] {
  const routers = [namespace, 'agent-sandbox-system'].map((each) =>
    Pods.labeled({ app: 'sandbox-router' }).inNamespace(each).ownedBy(OWNER),
  );
  const addresses = [Cidr.of('0.0.0.0/0', { excluding: NOT_OPEN }), Cidr.of('::/0', { excluding: ['fc00::/7'] })];
  return (sandboxes) => [
    ...routers.map((source) => ({
      source,
      destination: sandboxes,
      ports: [Port.allTraffic()],
      because: `${SHIPPED} lets in what it takes for the router`,
    })),
    ...addresses.map((destination) => ({
      source: sandboxes,
      destination,
      because: `${SHIPPED} lets sandboxes out to every public address`,
    })),
  ];
}

/** Whose policy it is hangs on the hash of a name, which differs among releases. */
const OF_TEMPLATES = Pods.matching([
  { key: 'agents.x-k8s.io/sandbox-template-ref-hash', operation: LabelOperator.EXISTS },
]).ownedBy('agent-sandbox');

const OWNER = 'who runs agent-sandbox';
const SHIPPED = 'the policy that agent-sandbox ships';
const NOT_OPEN = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '169.254.0.0/16'];

type Rendered = ReturnType<ApiObject['toJson']>;

/** What the template says itself stays. */
function unmanaged(json: Rendered): Rendered {
  return { ...json, spec: { networkPolicyManagement: 'Unmanaged', ...json.spec } };
}

/** Shared addresses and the one of Azure are public to the policy that is shipped. */
function metadataOpen(): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'metadata-service',
    what: 'the policy that agent-sandbox ships lets sandboxes reach 100.100.100.200 and 168.63.129.16, where Alibaba Cloud and Azure hand out what a node may do and know',
    value: 'shippedPolicy: true',
    allowed: 'the policy of the tier alone; that of agent-sandbox beside it on clusters of other clouds',
    fix: "Leave `shippedPolicy` out, or acknowledge that sandboxes may reach metadata services: acknowledge: [{ rule: 'metadata-service', because: '…' }]",
  });
}

interface Given {
  readonly template: ApiObject;
  readonly router?: unknown;
  readonly shippedPolicy?: boolean;
  readonly tools?: unknown;
  readonly metrics?: unknown;
  readonly name?: unknown;
  readonly ports?: unknown;
  readonly dns?: unknown;
  readonly acknowledge?: unknown;
}

const SHAPE: Shape<Given> = {
  template: aTemplate,
  router: anything,
  shippedPolicy: optional(flag),
  tools: anything,
  metrics: anything,
  name: anything,
  ports: anything,
  dns: anything,
  acknowledge: anything,
};

function givenProps(props: SandboxTierProps): Given {
  return properties(props, SHAPE, 'the props of the tier');
}

function aTemplate(value: unknown, name: string): ApiObject {
  if (ApiObject.isApiObject(value)) {
    const object = value as ApiObject;
    if (object.kind === 'SandboxTemplate' && groupOf(object.apiVersion) === GROUP) return object;
  }
  const given = ApiObject.isApiObject(value)
    ? `${(value as ApiObject).apiVersion} ${(value as ApiObject).kind}`
    : shown(value);
  throw new ZeroTrustError({
    rule: 'sandbox-template',
    what: `\`${name}\` of a tier of sandboxes ${value === undefined ? 'is not given: it is the SandboxTemplate that they are made of' : `is ${given}, and not the SandboxTemplate that they are made of`}`,
    value: given,
    allowed: `an ApiObject of the kind SandboxTemplate of ${GROUP}`,
    fix: `Give the template: new ApiObject(chart, 'python', { apiVersion: '${GROUP}/v1beta1', kind: 'SandboxTemplate', … }). Pods of another kind have an AgentTier.`,
  });
}

const GROUP = 'extensions.agents.x-k8s.io';

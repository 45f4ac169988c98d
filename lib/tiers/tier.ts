import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { Deployment } from '../deployment/deployment';
import { EmittedObject } from '../deployment/emission/emitted-object';
import { managedLabels } from '../deployment/emission/managed-labels';
import { syncAnnotations } from '../deployment/emission/sync-annotations';
import { at } from '../deployment/reported';
import { labelWorkload } from '../deployment/workloads/resolved-tier';
import { policyKind } from '../engines/policy-kinds';
import { FLOWS_ANNOTATION } from '../graph/flow-lines';
import { givenConstruct } from '../graph/given-construct';
import { properties, text } from '../model/checked';
import { Endpoint } from '../values/peer';
import { Connections, type IConnectable } from './connections';
import { openKnownFlows } from './known-flows';
import type { GivenAccess } from './peer-access';
import { TIER, type TierProps } from './tier-props';
import { type RoleOfTier, tierRecord } from './tier-record';
import type { ZeroTrustNamespace } from './zero-trust-namespace';

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
    const record = at(this, () => tierRecord({ construct: this, scope, id, role: this._role() }, given));
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
    const { apiVersion, kind } = policyKind(namespace._record.engine, namespace._record.rollout);
    return new EmittedObject(this, 'policy', {
      apiVersion,
      kind,
      name: tierName,
      namespace: namespaceName,
      labels: managedLabels(namespace._record.partOf),
      annotations: {
        [FLOWS_ANNOTATION]: () => deployment.annotationOf(namespaceName, tierName),
        ...syncAnnotations(this, 'allow'),
      },
      spec: () => deployment.manifest({ kind: 'tier', namespace: namespaceName, name: tierName }).spec,
    });
  }
}

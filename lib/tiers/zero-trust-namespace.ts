import { Construct } from 'constructs';
import { Deployment } from '../deployment/deployment';
import { EmittedObject } from '../deployment/emission/emitted-object';
import { MANAGED_BY_LABEL, managedLabels, PART_OF_LABEL } from '../deployment/emission/managed-labels';
import { syncAnnotations } from '../deployment/emission/sync-annotations';
import type { NamespaceRecord } from '../deployment/records';
import { at } from '../deployment/reported';
import {
  declaredLabels,
  NAMESPACE_OBJECT,
  POD_SECURITY_LABEL,
  PURPOSE_LABEL,
} from '../deployment/workloads/namespace-labels';
import { DEFAULT_DENY, policyKind } from '../engines/policy-kinds';
import { isWaived } from '../findings/waiver-uses';
import { givenConstruct } from '../graph/given-construct';
import { anything, flag, oneOf, optional, properties, type Shape, text, texts } from '../model/checked';
import { labelValueProblem, NAMESPACE_NAME_ALLOWED, namespaceNameProblem } from '../model/labels';
import { NAMESPACE_NAME_LABEL } from '../model/pod-set';
import { ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import { type Acknowledgement, waivers } from '../values/acknowledgement';
import { aCluster, Cluster } from '../values/cluster';
import { Endpoint, type IPeer } from '../values/peer';

/** Who owns the Namespace object. */
export enum NamespaceManagement {
  /** This app: the Namespace is rendered with the policies. */
  OWN = 'own',
  /** Somebody else: only policies are rendered. They isolate pods of others, which must be acknowledged (`adopted-namespace`). */
  ADOPT = 'adopt',
}

/** Levels of Pod Security (Kubernetes, "Pod Security Standards"). */
export enum PodSecurity {
  /** Anything goes, the host network too, on which policies do not bind. Must be acknowledged (`pod-security`). */
  PRIVILEGED = 'privileged',
  /** No known escalation of privileges; forbids the host network. */
  BASELINE = 'baseline',
  /** Hardened pods. */
  RESTRICTED = 'restricted',
}

/** Whether policies bind. */
export enum Rollout {
  /** What no policy allows is denied. */
  ENFORCE = 'enforce',
  /**
   * What no policy allows passes, and the engine reports it: Calico's Staged kinds; on Cilium, the cluster's policy audit
   * mode, which no policy can set. Nothing is proved of such a namespace but what would pass. Refused on other engines.
   */
  AUDIT = 'audit',
}

/** What a zero-trust namespace is. */
export interface ZeroTrustNamespaceProps {
  /** What the namespace is for, in a word: the value of its label `purpose`. See `Purpose` for the usual ones. */
  readonly purpose: string;

  /**
   * Name of the Namespace.
   *
   * @default - the id of the construct
   */
  readonly name?: string;

  /**
   * Who owns the Namespace object.
   *
   * @default NamespaceManagement.OWN
   */
  readonly management?: NamespaceManagement;

  /**
   * Level of Pod Security that the namespace enforces, as the label `pod-security.kubernetes.io/enforce`. Pods of this app
   * that would be refused are an error. Where the namespace is adopted, it is its owner's to set.
   *
   * @default PodSecurity.BASELINE, because it forbids the host network
   */
  readonly podSecurity?: PodSecurity;

  /**
   * More labels for the Namespace.
   *
   * @default - none
   */
  readonly labels?: { [key: string]: string };

  /**
   * The cluster that it is rendered for.
   *
   * @default - the cluster of the scope (`Cluster.use`)
   */
  readonly cluster?: Cluster;

  /**
   * Whether tiers of the namespace resolve names, where they do not say themselves. Data tiers do not unless they say so.
   *
   * @default true
   */
  readonly dns?: boolean;

  /**
   * Whether policies of the namespace are enforced, or only tried out.
   *
   * @default Rollout.ENFORCE
   */
  readonly rollout?: Rollout;

  /**
   * The application that it is part of, as the label `app.kubernetes.io/part-of` on all that is rendered.
   *
   * @default - no label
   */
  readonly partOf?: string;

  /**
   * Rules that are waived for the namespace.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
}

/**
 * A namespace in which every pod is isolated both ways, and only declared flows pass. It renders the Namespace and a
 * `default-deny` for every pod; each tier in it adds one policy. As a peer it stands for all its tiers.
 *
 * @example
 * const models = new ZeroTrustNamespace(chart, 'ai-inference', { purpose: Purpose.INFERENCE });
 */
export class ZeroTrustNamespace extends Construct implements IPeer {
  /** Name of the Namespace. */
  public readonly namespaceName: string;

  /** Stands for all tiers of the namespace. */
  public readonly endpoint: Endpoint;

  /** @internal */
  public readonly _record: NamespaceRecord;
  /** @internal */
  public readonly _dns: boolean | undefined;

  /**
   * Declares the namespace.
   *
   * @param scope a chart, or a construct in one.
   * @param id of the construct, and the name of the Namespace where none is given.
   * @param props what it is.
   * @throws for a name or label that Kubernetes refuses, an empty purpose, a name that is taken, and what must be acknowledged.
   */
  constructor(scope: Construct, id: string, props: ZeroTrustNamespaceProps) {
    super(givenConstruct(scope, 'scope'), text(id, 'id'));
    const given = at(this, () => properties(props, NAMESPACE, 'the props of the namespace'));
    if (given.cluster !== undefined) Cluster.use(this, given.cluster);
    const record = at(this, () => namespaceRecord(this, id, given));
    this.namespaceName = record.name;
    this.endpoint = Endpoint._of({ kind: 'namespace', construct: this, name: record.name });
    this._record = record;
    this._dns = given.dns;
    Deployment.of(this).declarations.addNamespace(record);
    this.#emit();
  }

  #emit(): void {
    const { name, management, rollout, engine } = this._record;
    if (management === 'own') {
      new EmittedObject(this, NAMESPACE_OBJECT, {
        apiVersion: 'v1',
        kind: 'Namespace',
        name,
        labels: declaredLabels(this._record),
        annotations: syncAnnotations(this, 'namespace'),
      });
    }
    new EmittedObject(this, '$default-deny', {
      ...policyKind(engine, rollout),
      name: DEFAULT_DENY,
      namespace: name,
      labels: managedLabels(this._record.partOf),
      annotations: syncAnnotations(this, 'deny'),
      spec: () => Deployment.of(this).manifest({ kind: 'namespace', namespace: name }).spec,
    });
  }
}

/** What a namespace is, as it was handed over. */
interface GivenNamespace extends Omit<ZeroTrustNamespaceProps, 'purpose' | 'acknowledge'> {
  /** One that is missing is said to be by the check of purposes. */
  readonly purpose?: string;
  readonly acknowledge?: unknown;
}

const NAMESPACE: Shape<GivenNamespace> = {
  purpose: optional(text),
  name: optional(text),
  management: optional(oneOf(NamespaceManagement, 'a NamespaceManagement')),
  podSecurity: optional(oneOf(PodSecurity, 'a level of PodSecurity')),
  labels: optional(texts),
  cluster: optional(aCluster),
  dns: optional(flag),
  rollout: optional(oneOf(Rollout, 'a Rollout')),
  partOf: optional(text),
  acknowledge: anything,
};

function namespaceRecord(construct: Construct, id: string, props: GivenNamespace): NamespaceRecord {
  const record: NamespaceRecord = {
    construct,
    name: props.name ?? id,
    purpose: props.purpose ?? '',
    management: props.management ?? NamespaceManagement.OWN,
    podSecurity: props.podSecurity ?? PodSecurity.BASELINE,
    ...(props.rollout === Rollout.AUDIT && { rollout: 'audit' }),
    engine: Cluster.of(construct)._facts.engine,
    partOf: props.partOf,
    labels: { ...props.labels, ...managedLabels(props.partOf) },
    acknowledged: waivers(props.acknowledge),
  };
  refuseName(record.name);
  refusePurpose(record.purpose);
  refuseLabels(props.labels ?? {}, props.partOf);
  selectors.fromLabels(record.labels);
  refuseUnacknowledged(record);
  return record;
}

function refuseName(name: string): void {
  const problem = namespaceNameProblem(name);
  if (problem === undefined) return;
  throw new ZeroTrustError({
    rule: 'namespace-name',
    what: problem,
    value: name,
    allowed: NAMESPACE_NAME_ALLOWED,
    fix: "Give it one beside the id: new ZeroTrustNamespace(chart, id, { name: 'ai-inference', … })",
  });
}

function refusePurpose(purpose: string): void {
  const isEmpty = purpose === '';
  if (!isEmpty && labelValueProblem(purpose) === undefined) return;
  throw new ZeroTrustError({
    rule: 'purpose',
    what: isEmpty ? 'the purpose is empty' : `the purpose "${purpose}" cannot be the value of a label`,
    value: purpose,
    allowed: 'one word that can be the value of a label, such as gateway, inference, agents, data',
    fix: 'Say what the namespace is for: { purpose: Purpose.INFERENCE }',
  });
}

function refuseLabels(labels: Readonly<Record<string, string>>, partOf: string | undefined): void {
  const reserved = [
    PURPOSE_LABEL,
    POD_SECURITY_LABEL,
    NAMESPACE_NAME_LABEL,
    MANAGED_BY_LABEL,
    ...(partOf === undefined ? [] : [PART_OF_LABEL]),
  ];
  const taken = reserved.find((key) => key in labels);
  if (taken === undefined) return;
  throw new ZeroTrustError({
    rule: 'label-reserved',
    what: `the label ${taken} is written by this library (or the API server) and cannot be given`,
    value: `${taken}: ${labels[taken]}`,
    allowed: `any label but ${reserved.join(', ')}`,
    fix: 'Use `purpose`, `podSecurity`, `name` or `partOf` for what these labels say.',
  });
}

function refuseUnacknowledged({ name, management, podSecurity, acknowledged }: NamespaceRecord): void {
  if (management === 'adopt' && !isWaived('adopted-namespace', acknowledged)) {
    throw new ZeroTrustError({
      rule: 'adopted-namespace',
      what: `${name} belongs to somebody else, and default-deny would isolate every pod in it, theirs too`,
      value: name,
      allowed: 'a namespace of our own, or an acknowledgement',
      fix: "Agree with its owner, and acknowledge it: acknowledge: [{ rule: 'adopted-namespace', because: '…' }]",
    });
  }
  if (podSecurity === 'privileged' && !isWaived('pod-security', acknowledged)) {
    throw new ZeroTrustError({
      rule: 'pod-security',
      what: `${name} would admit privileged pods and pods on the host network, where no policy binds them`,
      value: podSecurity,
      allowed: 'baseline, restricted, or an acknowledgement',
      fix: "Leave `podSecurity` out for baseline, or acknowledge it: acknowledge: [{ rule: 'pod-security', because: '…' }]",
    });
  }
}

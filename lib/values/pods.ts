import type { IConstruct } from 'constructs';
import { givenConstruct } from '../graph/given-construct';
import { listOf, optional, struct, text, texts } from '../model/checked';
import { NAMESPACE_NAME_ALLOWED, NAMESPACE_NAME_LABEL, namespaceNameProblem } from '../model/labels';
import { namespaceNamed } from '../model/pod-set';
import { ZeroTrustError } from '../model/problem';
import type { Operator } from '../model/selector';
import * as selectors from '../model/selector';
import { shown } from '../model/shown';
import { Endpoint, type IPeer, type PeerSpec, type WorkloadNamed } from './peer';

/** How a requirement compares the value of a label (Kubernetes label selectors). */
export enum LabelOperator {
  /** The label has one of the values. */
  IN = 'In',
  /** The label has none of the values; a pod without the label matches too. */
  NOT_IN = 'NotIn',
  /** The label is there, whatever its value. */
  EXISTS = 'Exists',
  /** The label is not there. */
  DOES_NOT_EXIST = 'DoesNotExist',
}

/** One condition on the labels of a pod. */
export interface LabelRequirement {
  /** Key of the label, `app` or `example.com/role`. */
  readonly key: string;
  /** How the value is compared. */
  readonly operation: LabelOperator;
  /**
   * Values to compare with, for IN and NOT_IN.
   *
   * @default - none, as EXISTS and DOES_NOT_EXIST demand
   */
  readonly values?: string[];
}

/** Which of the workloads of a construct is meant. */
export interface WorkloadChoice {
  /**
   * Kind of the object that runs the pods: `StatefulSet`.
   *
   * @default - any
   */
  readonly kind?: string;
  /**
   * Its name, `metadata.name`.
   *
   * @default - any
   */
  readonly name?: string;
}

type PodsSpec = Extract<PeerSpec, { kind: 'pods' }>;

/**
 * Pods, by labels or taken from a construct. As `pods` of a tier they say which pods the tier is; as a peer they stand for
 * pods that somebody else runs, and need a namespace and an owner.
 *
 * @example
 * Pods.labeled({ app: 'vllm' });
 * Pods.of(deployment);
 * Pods.of(chart, { kind: 'StatefulSet', name: 'qdrant' });
 * Pods.labeled({ app: 'prometheus' }).inNamespace('monitoring').ownedBy('platform team');
 */
export class Pods implements IPeer {
  /**
   * Pods that have all these labels.
   *
   * @param labels one label or more.
   * @throws for no labels, for a key or value that Kubernetes refuses, and for the label that only namespaces have.
   */
  public static labeled(labels: { [key: string]: string }): Pods {
    const given = texts(labels, 'labels');
    if (Object.keys(given).length === 0) {
      throw new ZeroTrustError({
        rule: 'labels-empty',
        what: 'Pods.labeled({}) names no label and would select every pod',
        value: '{}',
        allowed: 'one label or more',
        fix: "Name a label (Pods.labeled({ app: 'vllm' })), or write Pods.all() for every pod.",
      });
    }
    refuseNamespaceLabel(Object.keys(given));
    return new Pods({ kind: 'pods', pods: selectors.fromLabels(given) });
  }

  /**
   * Pods that meet all these requirements.
   *
   * @param requirements one requirement or more.
   * @throws for none, for values that the operation does not take, for requirements that no pod can meet, and for the label
   *   that only namespaces have.
   */
  public static matching(requirements: LabelRequirement[]): Pods {
    const given = requirementList(requirements, 'requirements');
    refuseNamespaceLabel(given.map(({ key }) => key));
    const pods = selectors.fromRequirements(
      given.map(({ key, operation, values }) => ({ key, operator: operation as Operator, values })),
    );
    if (given.length === 0 || selectors.isNothing(pods)) {
      throw new ZeroTrustError({
        rule: given.length === 0 ? 'labels-empty' : 'labels-contradict',
        what:
          given.length === 0
            ? 'Pods.matching([]) names no requirement and would select every pod'
            : 'no pod can meet all of these requirements',
        value: JSON.stringify(given),
        allowed: 'one requirement or more that a pod can meet together',
        fix: 'Name what the pods have in common, or write Pods.all() for every pod.',
      });
    }
    return new Pods({ kind: 'pods', pods });
  }

  /**
   * The pods that a construct renders: a cdk8s-plus workload, a plain `ApiObject`, anything with a pod template, or an
   * InferenceService of KServe. Labels, namespace, ports with their protocols and `hostNetwork` are read from what it renders
   * when the app is synthesized. A tier made of them adds the label `cdk8s-zero-trust/tier` to the template and selects by it.
   *
   * Of a construct with several workloads (a `Helm` chart, an `Include`) say which one: `Pods.of(chart, { kind:
   * 'StatefulSet', name: 'qdrant' })`. Pods that an operator makes without a template (CloudNativePG, Strimzi) are refused
   * with the labels that it gives them, where they are known: select by those.
   *
   * @param workload the construct, or one that holds it.
   * @param choice which of its workloads, where there are several.
   * @throws for what is no construct, and a choice that is none.
   */
  public static of(workload: IConstruct, choice?: WorkloadChoice): Pods {
    return new Pods({
      kind: 'pods',
      pods: selectors.anything,
      workload: givenConstruct(workload, 'workload', {
        allowed: 'a construct that renders the workload: an ApiObject, a workload of cdk8s-plus, a chart with one',
        fix: "Give the construct itself: Pods.of(deployment). By labels: Pods.labeled({ app: 'vllm' })",
      }),
      ...(choice !== undefined && { choice: aChoice(choice, 'choice') }),
    });
  }

  /** Every pod of the namespace. */
  public static all(): Pods {
    return new Pods({ kind: 'pods', pods: selectors.anything });
  }

  /** @internal */
  public static _is(value: unknown): value is Pods {
    return typeof value === 'object' && value !== null && #endpoint in value;
  }

  readonly #endpoint: Endpoint;

  private constructor(spec: unknown) {
    this.#endpoint = Endpoint._of(spec as PodsSpec);
  }

  /** The pods. */
  public get endpoint(): Endpoint {
    return this.#endpoint;
  }

  /**
   * The same pods, in the namespace of this name.
   *
   * @param name of the namespace.
   * @throws for a name that no namespace can have.
   */
  public inNamespace(name: string): Pods {
    const problem = namespaceNameProblem(name);
    if (problem !== undefined) {
      throw new ZeroTrustError({
        rule: 'namespace-name',
        what: problem,
        value: typeof name === 'string' ? name : shown(name),
        allowed: NAMESPACE_NAME_ALLOWED,
        fix: "Give the name as `kubectl get namespaces` shows it, or select by labels: inNamespacesLabeled({ team: '…' })",
      });
    }
    return this.#with({ namespaces: namespaceNamed(name) });
  }

  /**
   * The same pods, in every namespace that has all these labels. Whoever may label namespaces decides who that is: prefer
   * `inNamespace`.
   *
   * @param labels one label or more.
   * @throws for no labels, and for a key or value that Kubernetes refuses.
   */
  public inNamespacesLabeled(labels: { [key: string]: string }): Pods {
    const given = texts(labels, 'labels');
    if (Object.keys(given).length === 0) {
      throw new ZeroTrustError({
        rule: 'labels-empty',
        what: 'inNamespacesLabeled({}) names no label and would select every namespace',
        value: '{}',
        allowed: 'one label or more',
        fix: "Name the namespace: inNamespace('monitoring')",
      });
    }
    return this.#with({ namespaces: selectors.fromLabels(given) });
  }

  /**
   * Who runs these pods, and so allows the other half of each flow with them. The graph shows it.
   *
   * @param owner a team or a product, in words.
   * @throws for an empty owner.
   */
  public ownedBy(owner: string): Pods {
    const name = typeof owner === 'string' ? owner.replace(/\s+/g, ' ').trim() : '';
    if (name === '') {
      throw new ZeroTrustError({
        rule: 'owner',
        what: 'ownedBy needs the name of whoever runs the pods',
        value: owner === undefined || typeof owner === 'string' ? (owner ?? '') : shown(owner),
        allowed: 'a team or a product, in words',
        fix: "Name it: ownedBy('platform team')",
      });
    }
    return this.#with({ owner: name });
  }

  #with(change: Partial<PodsSpec>): Pods {
    return new Pods({ ...(this.#endpoint._spec as PodsSpec), ...change });
  }
}

const aChoice = struct<WorkloadNamed>(
  { kind: optional(text), name: optional(text) },
  'the kind and the name of a workload',
);

const requirementList = listOf(
  struct<{ key: string; operation: string; values?: string[] }>(
    { key: text, operation: text, values: optional(listOf(text)) },
    'a requirement',
  ),
  "{ key: 'app', operation: LabelOperator.EXISTS }",
);

/** Every namespace has this label and pods have it by mistake only, yet selectors are worked out as if it were never absent. */
function refuseNamespaceLabel(keys: readonly string[]): void {
  if (!keys.includes(NAMESPACE_NAME_LABEL)) return;
  throw new ZeroTrustError({
    rule: 'labels-of-namespace',
    what: `${NAMESPACE_NAME_LABEL} is a label of namespaces, and pods are selected by their own labels`,
    value: NAMESPACE_NAME_LABEL,
    allowed: 'labels that the pods have',
    fix: "Name the namespace apart: Pods.labeled({ app: '…' }).inNamespace('…')",
  });
}

import type { IConstruct } from 'constructs';
import { instance, text } from '../model/checked';
import { declaredGraph } from './declared';
import { PolicyGraphDifference } from './difference';
import { addressNames } from './ends';
import { givenConstruct } from './given-construct';
import type { GraphData } from './graph-data';
import { forms } from './loaded-when-asked';
import { type PolicyFlow, policyFlow } from './policy-flow';

/**
 * Who may talk to whom, on what, and why: the declared flows of a tier, a namespace, a chart or an app, in an order that
 * does not depend on how they were declared. What is not in it is denied.
 *
 * @example
 * console.log(PolicyGraph.of(app).toText());
 */
export class PolicyGraph {
  /**
   * The graph of everything declared so far at `scope` and below. The graph of a part holds every flow that touches it,
   * with the tiers at the other ends.
   *
   * @param scope a tier, a namespace, a chart or the app.
   * @throws ZeroTrustError if nothing in the construct tree declares flows
   */
  public static of(scope: IConstruct): PolicyGraph {
    return new PolicyGraph(declaredGraph(givenConstruct(scope, 'scope')));
  }

  /**
   * The graph that `toJson` wrote. Strict: an unknown schema, field or value is refused.
   *
   * @param json what `toJson` gave.
   * @throws ZeroTrustError that names the place in the document, such as `$.flows[0].to.kind`
   */
  public static parse(json: string): PolicyGraph {
    return new PolicyGraph(forms.jsonRead().fromJson(text(json, 'json')));
  }

  /**
   * The graph that lies beside rendered manifests.
   *
   * @param path of the folder that `ZeroTrust.render` wrote, or of the `graph.json` in it.
   * @throws ZeroTrustError where there is none, or for what `parse` refuses
   */
  public static ofFolder(path: string): PolicyGraph {
    return new PolicyGraph(forms.graphFile().graphIn(text(path, 'path')));
  }

  /**
   * What an app changes of the graph that another branch has: the text for a pull request is its `toMarkdown()`.
   *
   * @param previous folder that `ZeroTrust.render` wrote on the other branch, or its `graph.json`.
   * @param scope the app as it is here.
   * @throws ZeroTrustError where there is no such graph, and where nothing is declared
   *
   * @example
   * // git show origin/main:dist/graph.json > base.json
   * console.log(PolicyGraph.compare('base.json', app).toMarkdown());
   */
  public static compare(previous: string, scope: IConstruct): PolicyGraphDifference {
    return PolicyGraph.of(scope).difference(PolicyGraph.ofFolder(previous));
  }

  /** @internal */
  public static _from(data: GraphData): PolicyGraph {
    return new PolicyGraph(data);
  }

  /** @internal */
  public static _is(value: unknown): value is PolicyGraph {
    return typeof value === 'object' && value !== null && #data in value;
  }

  readonly #data: GraphData;

  private constructor(data: GraphData) {
    this.#data = data;
  }

  /** @internal */
  public get _data(): GraphData {
    return this.#data;
  }

  /** Every flow, by source, destination and traffic: tiers first, then pods of others, then addresses. */
  public get flows(): PolicyFlow[] {
    const names = addressNames(this.#data);
    return this.#data.flows.map((flow) => policyFlow(flow, names));
  }

  /** Aligned text for reviewing a diff: namespaces, tiers with their selectors, then one flow a line with its reasons. */
  public toText(): string {
    return forms.text().toText(this.#data);
  }

  /** JSON for programs, with the schema `cdk8s-zero-trust/policy-graph/v2` (`docs/policy-graph.md`). */
  public toJson(): string {
    return forms.json().toJson(this.#data);
  }

  /** A Mermaid flowchart with a group for each namespace, as GitHub and GitLab draw it in Markdown. */
  public toMermaid(): string {
    return forms.mermaid().toMermaid(this.#data);
  }

  /** A digraph in Graphviz' DOT with a cluster for each namespace. */
  public toDot(): string {
    return forms.dot().toDot(this.#data);
  }

  /**
   * What changed since `previous`.
   *
   * @param previous the graph to compare with.
   * @throws for what is no PolicyGraph.
   */
  public difference(previous: PolicyGraph): PolicyGraphDifference {
    return PolicyGraphDifference._between(aPolicyGraph(previous, 'previous').#data, this.#data);
  }
}

export const aPolicyGraph = instance(PolicyGraph._is, {
  className: 'PolicyGraph',
  is: 'a PolicyGraph',
  allowed: 'PolicyGraph.of(app), PolicyGraph.parse(json)',
});

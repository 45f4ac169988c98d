import type { IConstruct } from 'constructs';
import { ZeroTrustError } from '../model/problem';
import type { GraphData } from './graph-data';

/** Gives the declared graph of a construct and everything below it. */
export type GraphProvider = (scope: IConstruct) => GraphData;

/** On the global symbol registry, so that it is one key even where the package is loaded twice. */
const PROVIDER = Symbol.for('cdk8s-zero-trust/policy-graph');

/**
 * Makes `provide` the source of graphs for the tree under `root`. Saying the same twice is fine.
 *
 * @throws ZeroTrustError if another provider is there already: two copies of the package would each know half the graph
 */
export function provideGraph(root: IConstruct, provide: GraphProvider): void {
  const present = providerOf(root);
  if (present === provide) return;
  if (present) {
    throw new ZeroTrustError({
      rule: 'one-policy-graph',
      where: placeOf(root),
      what: 'two copies of cdk8s-zero-trust declare flows in one construct tree, so neither has the whole graph',
      fix: 'Install the package once (npm ls cdk8s-zero-trust shows the copies).',
    });
  }
  Object.defineProperty(root, PROVIDER, { value: provide });
}

/**
 * The declared graph of `scope` and everything below it.
 *
 * @throws ZeroTrustError if nothing in the tree of `scope` declares one
 */
export function declaredGraph(scope: IConstruct): GraphData {
  const provide = providerOf(scope.node.root);
  if (provide) return provide(scope);
  throw new ZeroTrustError({
    rule: 'no-policy-graph',
    where: placeOf(scope),
    what: 'there is no zero-trust namespace in this construct tree, so it has no policy graph',
    allowed: 'a scope of an App that holds a ZeroTrustNamespace',
    fix: "Declare one: new ZeroTrustNamespace(chart, 'ai-inference', { purpose: Purpose.INFERENCE }).",
  });
}

function providerOf(root: IConstruct): GraphProvider | undefined {
  return (root as { [PROVIDER]?: GraphProvider })[PROVIDER];
}

function placeOf(scope: IConstruct): string {
  return scope.node.path || 'the root of the construct tree';
}

import { App, ImplicitTokenResolver, type IResolver, LazyResolver, NumberStringUnionResolver } from 'cdk8s';
import type { IConstruct } from 'constructs';

const OF_CDK8S: ReadonlySet<unknown> = new Set([LazyResolver, ImplicitTokenResolver, NumberStringUnionResolver]);

/** What cdk8s asks for each value that an app renders. */
export function resolversOf({ node: { root } }: IConstruct): readonly IResolver[] {
  return root instanceof App ? root.resolvers : [];
}

/** Whether more is asked than what cdk8s brings: then any value may be rendered as another one. */
export function isResolvedByOthers(construct: IConstruct): boolean {
  return resolversOf(construct).some((resolver) => !OF_CDK8S.has(resolver.constructor));
}

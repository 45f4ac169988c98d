import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { PolicyManifest } from '../../engines/manifest';
import type { GraphData } from '../../graph/graph-data';
import type { Flow } from '../../model/flow';
import type { Problem } from '../../model/problem';
import type { Declarations } from '../declarations';
import type { Located, TierRecord } from '../records';
import type { ResolvedTier } from '../workloads/resolved-tier';

/** What the rules of a deployment look at. */
export interface RuleContext {
  readonly root: IConstruct;
  /** All API objects of the app. */
  readonly objects: readonly ApiObject[];
  readonly declarations: Declarations;
  readonly tiers: ReadonlyMap<TierRecord, ResolvedTier>;
  readonly graph: GraphData;
  /** What is rendered, by what it is of; nothing where the engine cannot say what is declared. */
  readonly manifests: ReadonlyMap<string, readonly PolicyManifest[]>;
  readonly annotations: ReadonlyMap<string, string>;
  /** The user's line that declared a flow of the graph, where one is known. */
  readonly declaredAt: (flow: Flow) => string | undefined;
}

/** A rule that a deployment as a whole keeps: it gives what breaks it. */
export type Rule = (context: RuleContext) => Located[];

/** The problem at a construct, whose path says where; the path of the root is empty, so it is named in words. */
export function problemAt(construct: IConstruct, problem: Omit<Problem, 'where'>): Located {
  return { construct, problem: { where: placeOf(construct), ...problem } };
}

/** The path of a construct; a problem of all of an app has a place as well. */
export function placeOf({ node }: IConstruct): string {
  return node.path || 'the app';
}

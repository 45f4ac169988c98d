import type { App } from 'cdk8s';
import { readableJson } from '../deployment/emission/emitted-object';
import { apiObjectsOf } from '../deployment/workloads/workload';
import type { PolicyManifest } from '../engines/manifest';
import { remembered } from '../model/remembered';

/** An object as an app renders it. */
export type RenderedObject = Omit<PolicyManifest, 'of'> & {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
};

/** The same to be read only, in any order of keys: much of it is one object for many policies. */
export const readableBy = remembered((app: App): readonly RenderedObject[] =>
  apiObjectsOf(app).map((object) => readableJson(object) as RenderedObject),
);

/**
 * What an app of policies renders of which nothing is refused: whatever an engine needs beside joins the tree when that is
 * found out. To ask a chart for it would prove the app as well, which only the last of several apps needs.
 */
export const renderedBy = remembered((app: App): readonly RenderedObject[] =>
  apiObjectsOf(app).map((object) => object.toJson() as RenderedObject),
);

import type { App } from 'cdk8s';
import type { PolicyManifest } from '../engines/manifest';
import { remembered } from '../model/remembered';

/** An object as an app renders it. */
export type RenderedObject = Omit<PolicyManifest, 'of'> & {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
};

/** What an app of policies renders, once it is whole. Rendering proves it. */
export const renderedBy = remembered((app: App): readonly RenderedObject[] =>
  app.charts.flatMap((chart) => chart.toJson() as RenderedObject[]),
);

import { ZeroTrustError } from '../model/problem';
import { type Layout, layoutOf } from './layout';
import type { Plan } from './plan';
import { planDot } from './plan-dot';

/** The version that the pictures of this library are tested with. */
export const GRAPHVIZ_VERSION = '3.31.0';

/** Lays plans out; made once, since to start it takes longer than most plans. */
export type LayOut = (plan: Plan) => Layout;

/** What is used of the package, which is loaded only where something is drawn. */
interface Viz {
  instance(): Promise<{ renderString(dot: string, options: { readonly format: string }): string }>;
}

/**
 * Graphviz as WebAssembly: no program has to be there, and nothing is written.
 *
 * @throws ZeroTrustError where the optional package is not installed.
 */
export async function graphviz(load: () => unknown = loadViz): Promise<LayOut> {
  const viz = await loaded(load).instance();
  return (plan) => layoutOf(viz.renderString(planDot(plan), { format: 'json0' }));
}

function loadViz(): unknown {
  return require('@viz-js/viz');
}

function loaded(load: () => unknown): Viz {
  try {
    return load() as Viz;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'MODULE_NOT_FOUND') throw error;
    throw new ZeroTrustError({
      rule: 'graphviz-missing',
      what: 'A picture is laid out by Graphviz, and the optional package that has it (@viz-js/viz) is not installed',
      allowed: 'mermaid, dot, text or json without it',
      fix: `npm install @viz-js/viz@${GRAPHVIZ_VERSION}`,
    });
  }
}

import { readdirSync } from 'node:fs';
import type { App } from 'cdk8s';
import { type Problem, ZeroTrustError } from '../model/problem';
import { Deployment } from './deployment';

/**
 * Synthesizes an app into a folder that is not the one of its props. What this library finds wrong is thrown as its problems,
 * in place of the text that cdk8s makes of them.
 */
export function synthesizeInto(app: App, folder: string): void {
  const { outdir } = app;
  try {
    Object.assign(app, { outdir: folder });
    app.synth();
  } catch (error) {
    const problems = problemsOf(app);
    if (error instanceof ZeroTrustError || problems.length === 0) throw error;
    throw Object.assign(new ZeroTrustError(problems), { cause: error });
  } finally {
    Object.assign(app, { outdir });
  }
  if (readdirSync(folder).length === 0) throw new ZeroTrustError(nothing(app));
}

function problemsOf(app: App): readonly Problem[] {
  try {
    return Deployment.of(app).refusals();
  } catch (error) {
    return error instanceof ZeroTrustError ? error.problems : [];
  }
}

function nothing({ outdir }: App): Problem {
  return {
    rule: 'render-nothing',
    what: 'the app renders no manifest, so there is nothing to put into its folder',
    value: outdir,
    allowed: 'an app that has a chart, and that writes where its `outdir` says',
    fix: "const chart = new Chart(app, 'ai-platform');",
  };
}

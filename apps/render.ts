import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App, AppProps } from 'cdk8s';
import { PolicyGraph, PolicyProof } from '../lib';

/** What makes an app that is rendered where its props say; by the name of its folder. */
export type Apps = Readonly<Record<string, (props: AppProps) => App>>;

/**
 * Renders every app into a folder of its own in `outdir`, proves what was written there, and puts its policy graph beside
 * the manifests, with what to verify in the live cluster. Gives a line for each app that says what was proved.
 */
export function renderAll(apps: Apps, outdir: string): string[] {
  return Object.entries(apps).map(([name, make]) => {
    const folder = join(outdir, name);
    const app = make({ outdir: folder });
    if (app.outdir !== folder)
      throw new Error(`${name}: the app is rendered into ${app.outdir}, not where it was told to`);
    app.synth();
    if (readdirSync(folder).length === 0)
      throw new Error(`${name}: the app has no chart, so there is nothing to render`);
    const proof = PolicyProof.ofFolder(app, folder);
    if (!proof.isProved) throw new Error(`${name}: ${proof.toText()}`);
    writeGraph(PolicyGraph.of(app), folder);
    writeFileSync(join(folder, 'preconditions.txt'), proof.preconditions.map((line) => `${line}\n`).join(''));
    const [proved] = proof.toText().split('\n', 1);
    return `${name}: ${proved}`;
  });
}

function writeGraph(graph: PolicyGraph, folder: string): void {
  const forms = { 'graph.txt': graph.toText(), 'graph.json': graph.toJson(), 'graph.mmd': graph.toMermaid() };
  for (const [file, text] of Object.entries(forms)) writeFileSync(join(folder, file), `${text.trimEnd()}\n`);
}

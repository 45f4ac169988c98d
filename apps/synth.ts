import type { App, AppProps } from 'cdk8s';
import { ZeroTrust } from '../lib';

/** What makes an app, by the name of its folder. */
export type Apps = Readonly<Record<string, (props: AppProps) => App>>;

/** Renders the apps in place of `outdir`, all or none. Gives a line for each that says what was proved. */
export function synthInto(outdir: string, apps: Apps): string[] {
  const made = Object.fromEntries(Object.entries(apps).map(([name, make]) => [name, make({})]));
  const proofs = ZeroTrust.renderAll(made, outdir);
  return Object.entries(proofs).map(([name, proof]) => `${name}: ${proof.toText().split('\n', 1)}`);
}

import { readdirSync } from 'node:fs';

/**
 * cdk8s makes folders that it never deletes: one for each Helm construct, for each `Testing.app()` and for each file that
 * `Yaml.tmp` writes (cdk8s 2.70 `lib/helm.js`, `lib/testing.js`, `lib/yaml.js`).
 */
const OF_CDK8S = /^cdk8s(?:-helm-|\.outdir\.|-)[A-Za-z0-9]{6}$/;

/** Code that Node and ts-node keep compiled from one program to the next (node:module, v8-compile-cache-lib). */
const CACHES = /^(?:v8-compile-cache-\d+|node-compile-cache)$/;

/** What tests left in a folder, by name, but for what others leave there. */
export function leftIn(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => !OF_CDK8S.test(name) && !CACHES.test(name))
    .sort();
}

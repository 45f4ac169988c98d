import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import type { KubernetesObject } from '../../judges/world';

/** An object and the file that it was read from. */
export interface Manifest {
  readonly file: string;
  readonly object: KubernetesObject;
}

/** Every object of every YAML file under a folder, in the order of files and documents. */
export function manifestsIn(folder: string): Manifest[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .flatMap((file) => objectsIn(join(folder, file)).map((object) => ({ file, object })));
}

export function objectsIn(file: string): KubernetesObject[] {
  const documents = loadAll(readFileSync(file, 'utf8')) as (KubernetesObject | null | undefined)[];
  return documents.filter((document) => document !== null && document !== undefined);
}

/** The folders of a folder; none where it is not there. */
export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

/** In the order in which Argo CD applies them: by wave, and as they stand within one. */
export function inWaveOrder(manifests: readonly Manifest[]): Manifest[] {
  return [...manifests].sort((a, b) => wave(a.object) - wave(b.object));
}

function wave(object: KubernetesObject): number {
  const { annotations } = object.metadata as { annotations?: Record<string, string> };
  return Number(annotations?.['argocd.argoproj.io/sync-wave'] ?? '0');
}

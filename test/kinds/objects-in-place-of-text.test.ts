import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { readManifests } from '../../lib/analysis/read-manifests';
import { groupOf } from '../../lib/kinds/manifest';
import { readNetworkPolicy } from '../../lib/kinds/networking.k8s.io';
import { policyReaderOf } from '../../lib/kinds/readers';

const ROOTS = ['dist', 'examples'].map((folder) => join(__dirname, '..', '..', folder));

/** One object of each kind and set of fields, of everything that is rendered or lies among the examples. */
function samples(): unknown[] {
  const found = new Map<string, unknown>();
  for (const root of ROOTS) {
    for (const file of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!/\.ya?ml$/.test(file)) continue;
      for (const document of parseAllDocuments(readFileSync(join(root, file), 'utf8'))) {
        if (document.errors.length > 0) continue;
        const object = document.toJS();
        if (typeof object === 'object' && object !== null) found.set(fieldsOf(object), object);
      }
    }
  }
  return [...found.values()];
}

/** Its kind, and the names of its fields at every depth. */
function fieldsOf(object: { readonly kind?: unknown }): string {
  const names = new Set<string>();
  JSON.stringify(object, (key, value) => {
    if (!/^\d+$/.test(key)) names.add(key);
    return value;
  });
  return JSON.stringify([object.kind, [...names].sort()]);
}

/** The object, once for each value in it, with an object in its place. */
function* damaged(value: unknown, rebuild: (part: unknown) => unknown): Generator<unknown> {
  yield rebuild({ not: 'meant' });
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    yield* damaged(part, (other) => {
      const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [...value] : { ...value };
      (copy as Record<string, unknown>)[key] = other;
      return rebuild(copy);
    });
  }
}

/** Everything that is said of the manifest, by those who read files and by the reader of the kind that it was of. */
function toldOf(manifest: unknown, { apiVersion, kind }: { readonly apiVersion: string; readonly kind: string }) {
  const group = groupOf(apiVersion);
  const isNetworkPolicy = group === 'networking.k8s.io' && kind === 'NetworkPolicy';
  const alone = isNetworkPolicy ? readNetworkPolicy(manifest) : policyReaderOf(group, kind)?.read(manifest, {});
  const { problems, notes, assumptions, unread, refused } = readManifests([manifest]);
  return JSON.stringify({ alone, problems, notes, assumptions, unread, refused }, (_, value) =>
    typeof value === 'bigint' ? String(value) : value,
  );
}

describe('an object in place of any value', () => {
  const kinds = samples();

  it('is there for every kind that we render', () => {
    expect(kinds.length).toBeGreaterThan(40);
  });

  it.each(kinds.map((object) => [`${(object as { kind?: string }).kind}`, object]))(
    'is called by what it holds where %s is read',
    (_, object) => {
      for (const manifest of damaged(object, (it) => it)) {
        const told = toldOf(manifest, object as Parameters<typeof toldOf>[1]);
        if (told.includes('[object Object]')) expect({ manifest, told }).toBe('named');
      }
    },
  );
});

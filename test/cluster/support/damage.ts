import type { Random } from '../../judges/random';
import type { KubernetesObject } from '../../judges/world';

/** The object with one value of it, chosen at random, taken out, put twice, renamed or made into another. */
export function damaged(random: Random, object: KubernetesObject): KubernetesObject {
  const copy = structuredClone(object) as unknown as Json;
  const places = placesIn(copy.spec, copy, 'spec');
  const { parent, key } = random.oneOf(places);
  random.weighted([
    [4, () => set(parent, key, random.oneOf(oddValues))],
    [1, () => remove(parent, key)],
    [1, () => set(parent, key, [get(parent, key), get(parent, key)])],
    [1, () => twice(parent, key)],
    [1, () => rename(parent, key, random.oneOf(oddKeys))],
  ])();
  return copy as unknown as KubernetesObject;
}

type Json = Record<string, unknown>;
interface Place {
  readonly parent: Json | unknown[];
  readonly key: string;
}

/** What does not belong in most places, and does in some. */
const oddValues: readonly unknown[] = [
  ...[null, true, '', ' ', 'a b', 'Ab', 'a', '-a', 'a-', 'a--b', 'a_b', 'a.b/c', 'x'.repeat(63), 'x'.repeat(64)],
  ...[0, -1, 1, 80, 1.5, 65535, 65536, 2 ** 31, '80', '0', 'http', 'http-and-more-of-it', '1a', '---'],
  ...['TCP', 'tcp', 'Ingress', 'ingress', 'In', 'in', 'Exists', 'Gt'],
  ...['0.0.0.0/0', '10.0.0.0/8', '10.0.0.1/8', '10.0.0.0/33', '10.0.0.0', '010.0.0.0/8', '10.0.0.0/08', '10.0/8'],
  ...['::/0', '2001:db8::/32', '2001:DB8::/32', '2001:0db8::/32', '2001:db8::1/32', '::ffff:10.0.0.0/104', '::1'],
  ...[[], [null], [''], ['a'], ['a', 'a'], ['10.0.0.0/8'], {}, { a: 'b' }, { a: null }, { '': 'b' }, { a: 1 }],
];

const oddKeys = ['', 'a', 'Port', 'podselector', 'matchLabels', 'except', 'a/b', 'A_b.c', 'a/b/c', 'x'.repeat(64)];

function placesIn(value: unknown, parent: Place['parent'], key: string): Place[] {
  const below = typeof value === 'object' && value !== null ? Object.keys(value) : [];
  return [{ parent, key }, ...below.flatMap((name) => placesIn((value as Json)[name], value as Json, name))];
}

function get(parent: Place['parent'], key: string): unknown {
  return (parent as Json)[key];
}

function set(parent: Place['parent'], key: string, value: unknown): void {
  (parent as Json)[key] = structuredClone(value);
}

function remove(parent: Place['parent'], key: string): void {
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete parent[key];
}

function twice(parent: Place['parent'], key: string): void {
  if (Array.isArray(parent)) parent.push(structuredClone(parent[Number(key)]));
}

function rename(parent: Place['parent'], key: string, name: string): void {
  if (Array.isArray(parent)) return;
  parent[name] = parent[key];
  delete parent[key];
}

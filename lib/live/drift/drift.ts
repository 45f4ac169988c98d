import type { Change, Differences } from '../../analysis';
import type { WrittenObject } from '../../analysis/files/read-files';
import { type FieldPath, isObject } from '../../kinds/field';
import { groupOf } from '../../kinds/manifest';
import { into } from '../../model/into';
import type { PolicyRef } from '../../model/layer';
import { LIVE_RESOURCES, type LiveResource } from '../resources';
import type { Snapshot } from '../snapshot';
import { fieldUnlike, meansTheSame, saysTheSame } from './meaning';

type Fields = Readonly<Record<string, unknown>>;

/** An object that is rendered, with the one of the same name in the cluster. */
export interface Pair {
  readonly rendered: WrittenObject;
  readonly live: Fields;
}

/** What is rendered against what is in a cluster. */
export interface Drift {
  readonly missing: readonly WrittenObject[];
  /** Rendered, of a kind that the API server does not have. */
  readonly unserved: readonly WrittenObject[];
  /** They say something else of connections, or of whom policies bind. */
  readonly changed: readonly (Pair & { readonly path: FieldPath })[];
  /** They mean the same, and are written otherwise. */
  readonly rewritten: readonly (Pair & { readonly path: FieldPath })[];
  readonly foreign: readonly ForeignPolicy[];
  readonly labels: readonly LabelDrift[];
  /** Paths of the workloads of the cluster that differ from what is rendered, as far as an end of them is in our namespaces. */
  readonly changes: readonly Change[];
  /** Which requests pass, where that differs. */
  readonly requests: Differences['requests'];
  /** How many objects were compared. */
  readonly compared: number;
  /** Rendered, and of a kind that says nothing of connections: by kind, with their number. */
  readonly passedOver: ReadonlyMap<string, number>;
}

/** A policy that nobody rendered, and that binds pods of a rendered namespace. */
export interface ForeignPolicy {
  readonly policy: PolicyRef;
  readonly object: Fields;
  readonly namespaces: readonly string[];
  /** Workloads that it selects there, by their ids. */
  readonly workloads: readonly string[];
}

/** A namespace that a rule selects by its labels, or no more, otherwise than by the labels that are rendered. */
export interface LabelDrift {
  readonly namespace: string;
  /** It is rendered; another one is somebody else's, and has joined. */
  readonly rendered?: WrittenObject;
  readonly change: 'joined' | 'left';
  /** `purpose=gateway` */
  readonly labels: readonly string[];
  /** Whose rules select it. */
  readonly policies: readonly PolicyRef[];
}

/** What is compared object by object. */
export interface Objects {
  readonly missing: readonly WrittenObject[];
  readonly unserved: readonly WrittenObject[];
  readonly pairs: readonly Pair[];
  readonly passedOver: ReadonlyMap<string, number>;
}

/** Asked for each object of a cluster, several times. */
const BY_KIND = new Map<string, LiveResource[]>();
for (const resource of LIVE_RESOURCES) into(BY_KIND, resource.kind, resource);

/** Finds each rendered object in the cluster, by group, kind, namespace and name: versions are a matter of the API server. */
export function objectsOf(written: readonly WrittenObject[], snapshot: Snapshot, defaultNamespace: string): Objects {
  const live = new Map(snapshot.all.map((object) => [keyOf(object, defaultNamespace), object]));
  const served = new Set(snapshot.discovered.served.map(({ group, kind }) => `${group}/${kind}`));
  const found = { missing: [] as WrittenObject[], unserved: [] as WrittenObject[], pairs: [] as Pair[] };
  const passedOver = new Map<string, number>();
  for (const rendered of written) {
    const { object } = rendered;
    if (!isObject(object)) continue;
    const resource = resourceOf(object);
    const own = live.get(keyOf(object, defaultNamespace));
    if (resource === undefined) passedOver.set(String(object.kind), (passedOver.get(String(object.kind)) ?? 0) + 1);
    else if (!served.has(`${resource.group}/${resource.kind}`)) found.unserved.push(rendered);
    else if (own === undefined) found.missing.push(rendered);
    else found.pairs.push({ rendered, live: own });
  }
  return { ...found, passedOver };
}

/** Those that are not alike, by meaning first and text second. */
export function unlikePairs(pairs: readonly Pair[]): Pick<Drift, 'changed' | 'rewritten'> {
  const changed: (Pair & { readonly path: FieldPath })[] = [];
  const rewritten: (Pair & { readonly path: FieldPath })[] = [];
  for (const pair of pairs) {
    const rendered = pair.rendered.object as Fields;
    // What labels of namespaces do is told by the rules that ask for them.
    const isNamespace = rendered.kind === 'Namespace';
    if (saysTheSame(rendered, pair.live)) continue;
    const path = fieldUnlike(rendered, pair.live);
    if (!isNamespace && !meansTheSame(rendered, pair.live)) changed.push({ ...pair, path: path ?? ['spec'] });
    else if (path !== undefined && (isNamespace || isPolicy(rendered))) rewritten.push({ ...pair, path });
  }
  return { changed, rewritten };
}

/** Of what is compared. */
export function resourceOf(object: Fields): LiveResource | undefined {
  const resource = listed(object);
  const isCompared = resource?.purpose === 'policy' || (resource?.purpose === 'world' && resource.kind !== 'Pod');
  return isCompared ? resource : undefined;
}

function listed({ apiVersion, kind }: Fields): LiveResource | undefined {
  const group = groupOf(String(apiVersion));
  return BY_KIND.get(String(kind))?.find((resource) => resource.group === group);
}

export function isPolicy(object: Fields): boolean {
  return resourceOf(object)?.purpose === 'policy';
}

/** What an object is known by to the API server. */
export function keyOf(object: Fields, defaultNamespace: string): string {
  const { namespace, name } = isObject(object.metadata) ? object.metadata : {};
  const group = groupOf(String(object.apiVersion));
  const place = listed(object)?.isNamespaced === false ? '' : String(namespace ?? defaultNamespace);
  return `${group}|${String(object.kind)}|${place}|${String(name)}`;
}

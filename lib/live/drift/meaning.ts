import { isDeepStrictEqual } from 'node:util';
import { readManifests } from '../../analysis';
import type { FieldPath } from '../../kinds/field';
import { isObject } from '../../kinds/field';
import { sameData } from '../../model/same-data';

type Fields = Readonly<Record<string, unknown>>;

/**
 * Whether two objects of one kind say the same of connections, by what is read of them: what the API server fills in
 * changes nothing, and neither do images and replicas. What is not read whole is held to be the same only where it is.
 */
export function meansTheSame(rendered: Fields, live: Fields): boolean {
  if (saysTheSame(rendered, live)) return true;
  const [a, b] = [meaningOf(rendered), meaningOf(live)];
  return a !== undefined && b !== undefined && isDeepStrictEqual(a, b);
}

/** Whether two objects of one kind are written alike, but for what names them. */
export function saysTheSame(rendered: Fields, live: Fields): boolean {
  return sameData(said(rendered), said(live));
}

/** What an object says, without what names it. */
function said({ spec, specs, metadata }: Fields): unknown {
  return { spec, specs, labels: isObject(metadata) ? metadata.labels : undefined };
}

/** Undefined for what is not read whole. */
function meaningOf(object: Fields): unknown {
  const { world, rules, isolations, others, unread, refused, problems } = readManifests([alone(object)]);
  if (unread.length + refused.length + problems.length > 0) return undefined;
  return {
    workloads: world.workloads.map(({ addresses: _, ...workload }) => workload),
    services: world.services.map(({ addresses: _, ...service }) => service),
    rules: rules.map(bare),
    isolations: isolations.map(bare),
    others: others.map((other) => ({
      ...bare(other),
      rules: other.rules.map(bare),
      isolations: other.isolations.map(bare),
    })),
  };
}

/** Without what ties it to its surroundings: an owner, or who takes care of it. */
function alone({ apiVersion, kind, metadata, spec, specs }: Fields): Fields {
  const { name, namespace, labels } = isObject(metadata) ? metadata : {};
  return {
    apiVersion,
    kind,
    metadata: { name, ...(namespace !== undefined && { namespace }), ...(labels !== undefined && { labels }) },
    ...(spec !== undefined && { spec }),
    ...(specs !== undefined && { specs }),
  };
}

/** Without where it was read. */
function bare<T extends object>(part: T): Omit<T, 'policy'> {
  const { policy: _, ...rest } = part as T & { readonly policy?: unknown };
  return rest;
}

/**
 * The first field that is rendered and is otherwise in the cluster; undefined where everything that is rendered is there.
 * What the API server keeps as it likes is not looked at: versions, empty values, and what it adds.
 */
export function fieldUnlike(rendered: Fields, live: Fields): FieldPath | undefined {
  const { spec, specs, metadata } = rendered;
  const { labels } = isObject(metadata) ? metadata : {};
  const liveLabels = isObject(live.metadata) ? live.metadata.labels : undefined;
  return (
    unlike(spec, live.spec, ['spec']) ??
    unlike(specs, live.specs, ['specs']) ??
    unlike(labels, liveLabels, ['metadata', 'labels'])
  );
}

function unlike(rendered: unknown, live: unknown, path: FieldPath): FieldPath | undefined {
  if (rendered === undefined || rendered === null || (isEmpty(rendered) && isEmpty(live))) return undefined;
  if (Array.isArray(rendered)) {
    if (!Array.isArray(live) || live.length !== rendered.length) return path;
    return firstOf(rendered.map((item, i) => unlike(item, live[i], [...path, i])));
  }
  if (isObject(rendered)) {
    if (!isObject(live)) return path;
    return firstOf(Object.keys(rendered).map((key) => unlike(rendered[key], live[key], [...path, key])));
  }
  return rendered === live ? undefined : path;
}

function firstOf(paths: readonly (FieldPath | undefined)[]): FieldPath | undefined {
  return paths.find((path) => path !== undefined);
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

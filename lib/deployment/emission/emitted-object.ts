import { ApiObject, type Chart, type JsonPatch, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { compareText } from '../../graph/graph-data';
import { decorateJson, isUndecorated } from '../workloads/decorated-json';
import { isEmitted, markEmitted } from '../workloads/emitted';
import { rendersItsKindAlways } from '../workloads/rendered-kind';
import { rendering } from '../workloads/rendering';
import { isResolvedByOthers } from '../workloads/resolvers';

/** What one of our objects is made of; functions are asked when it is rendered. */
export interface EmittedObjectProps {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  /** Absent for cluster-wide kinds, whatever the chart's namespace. */
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Each value is text, or a function that gives it; one that gives undefined is left out. */
  readonly annotations?: Readonly<Record<string, string | (() => string | undefined)>>;
  readonly spec?: () => object;
}

/** As much of a rendered object as its place in a file depends on. */
interface Rendered {
  readonly kind: string;
  readonly spec?: unknown;
  readonly metadata: { readonly name: string; namespace?: string };
}

/** Patches of our objects so far, in all apps: what is rendered is the same as long as it is. */
export function patches(): number {
  return patchCount;
}

let patchCount = 0;

/** What our objects rendered, so that a chart can tell them from those of its user. */
const rendered = new WeakSet<object>();
const ordered = new WeakSet<Chart>();

/**
 * An object that this library emits. In its chart our objects come first, by kind, namespace and name, so that the bytes
 * of a file do not depend on the order in which constructs were made.
 */
export class EmittedObject extends ApiObject {
  private readonly isNamespaced: boolean;
  private readonly spec: (() => object) | undefined;
  private readonly labels: Readonly<Record<string, string>>;
  private readonly annotations: EmittedObjectProps['annotations'];
  private isPatched = false;
  /** Whether the metadata is as it was given, and all text. */
  private isMetadataAsGiven: boolean;

  constructor(
    scope: Construct,
    id: string,
    { apiVersion, kind, name, namespace, labels, annotations, spec }: EmittedObjectProps,
  ) {
    super(scope, id, {
      apiVersion,
      kind,
      metadata: { name, namespace, labels, annotations: lazily(annotations) },
      ...(spec === undefined ? {} : { spec: Lazy.any({ produce: spec }) }),
    });
    this.isNamespaced = namespace !== undefined;
    this.spec = spec;
    this.labels = { ...this.chart.labels, ...labels };
    this.annotations = annotations;
    this.isMetadataAsGiven = Object.values(this.labels).every((value) => typeof value === 'string');
    markEmitted(this);
    this.watchMetadata();
    orderObjects(this.chart);
  }

  public override addJsonPatch(...operations: JsonPatch[]): void {
    this.notePatch();
    super.addJsonPatch(...operations);
  }

  /** What is added to annotations or owners later may decide whether the object stays on the cluster. */
  private watchMetadata(): void {
    const { metadata } = this;
    const { addAnnotation, addOwnerReference, add, addLabel, addFinalizers } = metadata;
    metadata.addAnnotation = (...added) => this.notePatch(() => addAnnotation.apply(metadata, added));
    metadata.addOwnerReference = (...added) => this.notePatch(() => addOwnerReference.apply(metadata, added));
    metadata.add = (...added) => this.notePatch(() => add.apply(metadata, added));
    metadata.addLabel = (...added) => this.noteMetadata(() => addLabel.apply(metadata, added));
    metadata.addFinalizers = (...added) => this.noteMetadata(() => addFinalizers.apply(metadata, added));
  }

  private noteMetadata(change: () => void): void {
    this.isMetadataAsGiven = false;
    change();
  }

  private notePatch(patch?: () => void): void {
    this.isPatched = true;
    patchCount += 1;
    patch?.();
  }

  public override toJson(): unknown {
    const json: Rendered = this.isPlain() && !process.env.CDK8S_DISABLE_SORT ? this.plainJson() : super.toJson();
    if (!this.isNamespaced) delete json.metadata.namespace;
    rendered.add(json);
    return json;
  }

  /** What is rendered, with keys of the spec in any order; to be read only, since policies share parts of their specs. */
  public readableJson(): unknown {
    if (!this.isPlain()) return this.toJson();
    const { apiVersion, kind, spec } = this;
    return { apiVersion, kind, metadata: this.plainMetadata(), ...(spec && { spec: spec() }) };
  }

  /** What is rendered, without labels and annotations; to be read only, since policies share parts of their specs. */
  public decidingJson(): unknown {
    if (!this.isPlain()) return this.toJson();
    const { apiVersion, kind, name, metadata, spec } = this;
    return { apiVersion, kind, metadata: { name, namespace: metadata.namespace }, spec: spec?.() };
  }

  /** What it renders where no resolver of the app has a say; undefined where somebody patched it. */
  public asMade(): Rendered | undefined {
    if (this.isPatched) return undefined;
    const json = this.plainJson();
    if (!this.isNamespaced) delete json.metadata.namespace;
    return json;
  }

  /** Whether it is rendered as it was made, but for labels and finalizers that were added. */
  private isPlain(): boolean {
    return !this.isPatched && !isResolvedByOthers(this);
  }

  /**
   * The same as `super.toJson()` of what is plain, faster: a spec of ours holds no tokens that cdk8s would have to look for
   * in every value.
   */
  private plainJson(): Rendered {
    const { apiVersion, kind, spec } = this;
    const head = { apiVersion, kind, metadata: this.plainMetadata() };
    return spec === undefined ? head : Object.assign(head, { spec: sorted(spec()) });
  }

  private plainMetadata(): Rendered['metadata'] {
    const given = this.isMetadataAsGiven ? this.givenMetadata() : this.metadata.toJson();
    const metadata = sorted(given) as Rendered['metadata'];
    if (!this.isNamespaced) delete metadata.namespace;
    return metadata;
  }

  /** As cdk8s renders it, which leaves out what is empty. */
  private givenMetadata(): object {
    const { name, labels, annotations = {}, isNamespaced, metadata } = this;
    const texts = Object.entries(annotations).map(([key, value]) => [key, typeof value === 'string' ? value : value()]);
    const said = texts.filter(([, text]) => text !== undefined);
    return {
      name,
      namespace: isNamespaced ? metadata.namespace : undefined,
      labels: Object.keys(labels).length === 0 ? undefined : labels,
      annotations: said.length === 0 ? undefined : Object.fromEntries(said),
    };
  }
}

rendersItsKindAlways(EmittedObject.prototype);

/** A copy with keys in order and undefined left out, in which no part occurs twice (YAML would turn those into anchors). */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = {};
  const keys = Object.keys(value);
  // Most objects of a policy have one key or have theirs in order, and each sort allocates.
  if (!keys.every((key, at) => at === 0 || keys[at - 1] < key)) keys.sort();
  for (const key of keys) {
    const part = (value as Record<string, unknown>)[key];
    if (part !== undefined) copy[key] = sorted(part);
  }
  return copy;
}

/**
 * What a policy renders, as far as it decides on connections; of an object of ours without making its annotations, unless
 * somebody replaced its `toJson`.
 */
export function policyJson(object: ApiObject): unknown {
  return isEmitted(object) && isUndecorated(object) ? (object as EmittedObject).decidingJson() : rendering(object);
}

/**
 * What an object renders, to be read only: the policies of an app share what they have in common, which a reader knows at
 * sight. Unless somebody replaced its `toJson`.
 */
export function readableJson(object: ApiObject): unknown {
  return isEmitted(object) && isUndecorated(object) ? (object as EmittedObject).readableJson() : rendering(object);
}

function lazily(annotations: EmittedObjectProps['annotations']): Record<string, string> | undefined {
  if (annotations === undefined) return undefined;
  return Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : (Lazy.any({ produce: value }) as string),
    ]),
  );
}

function orderObjects(chart: Chart): void {
  if (ordered.has(chart)) return;
  ordered.add(chart);
  decorateJson<Rendered[]>(chart, (objects) => [
    ...objects.filter((object) => rendered.has(object)).sort(inOrder),
    ...objects.filter((object) => !rendered.has(object)),
  ]);
}

/** Namespaces first, then by namespace, name and kind. */
function inOrder({ kind: kindOfA, metadata: a }: Rendered, { kind: kindOfB, metadata: b }: Rendered): number {
  return (
    Number(kindOfB === 'Namespace') - Number(kindOfA === 'Namespace') ||
    compareText(a.namespace ?? '', b.namespace ?? '') ||
    compareText(a.name, b.name) ||
    compareText(kindOfA, kindOfB)
  );
}

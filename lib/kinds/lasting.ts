import { into } from '../model/into';
import type { Problem } from '../model/problem';
import { said } from '../model/said';
import { type Field, type FieldProblem, isObject, shown } from './field';
import { groupOf } from './manifest';

/** What an object says that it belongs to. */
export interface OwnerRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly uid?: string;
  /** Of the object that is owned; absent where that is cluster-wide. */
  readonly namespace?: string;
}

/** Whether the owner is known to be there. */
export type IsThere = (owner: OwnerRef) => boolean;

/**
 * By what tools of deployment make a hook of an object: they apply it at their own time, and delete it or leave it out by
 * rules of their own. Argo CD, "Resource Hooks"; Helm, "Chart Hooks".
 */
const HOOKS: Readonly<Record<string, string>> = {
  'argocd.argoproj.io/hook': 'Argo CD applies a hook in a phase of its own, or skips it',
  'argocd.argoproj.io/hook-delete-policy': 'Argo CD deletes a hook when its phase is over',
  'helm.sh/hook': 'Helm applies a hook at certain moments alone, and Argo CD takes it for one of its own',
};

/**
 * By what tools of deployment leave an object out, with the values that mean it: the object then depends on who applied it
 * before, or by what else. kustomize, `api/resource/factory.go`; Flux, "Kustomization", "Controlling the apply behavior of
 * resources".
 */
const LEFT_OUT: Readonly<Record<string, (value: string) => boolean>> = {
  'config.kubernetes.io/local-config': (value) => value !== 'false',
  'kustomize.toolkit.fluxcd.io/reconcile': (value) => value.toLowerCase() === 'disabled',
  'kustomize.toolkit.fluxcd.io/ssa': (value) => value.toLowerCase() === 'ignore',
};
const HOOK_KEYS = Object.keys(HOOKS);

/** Owners that end by themselves. */
const SHORT_LIVED = ['/Pod', 'batch/Job'];

/**
 * Why nobody can rely on the object being there once it was applied: it is a hook, or left out, or it belongs to what is not
 * there, so that it is deleted with that. Undefined where nothing speaks against it.
 */
export function doubtOf(metadata: Field, namespace: string | undefined, isThere: IsThere): FieldProblem | undefined {
  const annotations = metadata.child('annotations');
  // Most policies have none.
  const byAnnotation = annotations.isAbsent ? undefined : doubtOfAnnotations(annotations);
  if (byAnnotation !== undefined) return byAnnotation;
  const references = metadata.child('ownerReferences');
  if (!Array.isArray(references.value) || references.value.length === 0) return undefined;
  // The garbage collector deletes what has no owner left (Kubernetes, "Garbage Collection").
  const owners = references.value.map((value) => ownerRef(value, namespace));
  if (owners.some((owner) => owner !== undefined && !isShortLived(owner) && isThere(owner))) return undefined;
  return { ...ownerProblem(owners[0]), path: references.path };
}

function doubtOfAnnotations(annotations: Field): FieldProblem | undefined {
  const hook = HOOK_KEYS.find((key) => typeof annotations.child(key).value === 'string');
  if (hook !== undefined) return { ...hookProblem(hook, annotations.child(hook)), path: annotations.child(hook).path };
  const leftOut = Object.keys(LEFT_OUT).find((key) => {
    const { value } = annotations.child(key);
    return typeof value === 'string' && LEFT_OUT[key](value);
  });
  if (leftOut === undefined) return undefined;
  return { ...leftOutProblem(leftOut, annotations.child(leftOut)), path: annotations.child(leftOut).path };
}

/** What makes a hook of an object, and why it does. */
export interface Hook {
  readonly key: string;
  readonly value: string;
  readonly why: string;
}

/** What makes a hook of a plain object; undefined where nothing does. */
export function hookAmong(object: unknown): Hook | undefined {
  const metadata = isObject(object) ? object.metadata : undefined;
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  if (!isObject(annotations)) return undefined;
  const key = Object.keys(HOOKS).find((each) => typeof annotations[each] === 'string');
  return key === undefined ? undefined : { key, value: said(annotations[key]), why: HOOKS[key] };
}

/** What was read of an object, as what may be there or not. */
export function inDoubt<T extends object>(found: readonly T[], doubt: Problem | undefined): readonly T[] {
  return doubt === undefined ? found : found.map((each) => ({ ...each, isUncertain: true as const, doubt }));
}

/**
 * Owners among these objects: of the same namespace, or of none, with the identity that is told where they say one. A hook
 * is none, since it goes.
 */
export function ownersAmong(objects: () => Iterable<unknown>): IsThere {
  let known: Map<string, Readonly<Record<string, unknown>>[]> | undefined;
  return ({ apiVersion, kind, name, uid, namespace }) => {
    known ??= byIdentity(objects());
    const candidates = known.get(`${groupOf(apiVersion)}/${kind}/${name}`) ?? [];
    return candidates.some(
      (metadata) =>
        (metadata.namespace === undefined || metadata.namespace === namespace) &&
        (metadata.uid === undefined || metadata.uid === uid),
    );
  };
}

function byIdentity(objects: Iterable<unknown>): Map<string, Readonly<Record<string, unknown>>[]> {
  const known = new Map<string, Readonly<Record<string, unknown>>[]>();
  for (const object of objects) {
    if (!isObject(object) || typeof object.apiVersion !== 'string' || !isObject(object.metadata)) continue;
    if (hookAmong(object) !== undefined) continue;
    const key = `${groupOf(object.apiVersion)}/${String(object.kind)}/${String(object.metadata.name)}`;
    into(known, key, object.metadata);
  }
  return known;
}

function ownerRef(value: unknown, namespace: string | undefined): OwnerRef | undefined {
  if (!isObject(value)) return undefined;
  const { apiVersion, kind, name, uid } = value;
  if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') return undefined;
  return {
    apiVersion,
    kind,
    name,
    ...(typeof uid === 'string' && { uid }),
    ...(namespace !== undefined && { namespace }),
  };
}

function isShortLived({ apiVersion, kind }: OwnerRef): boolean {
  return SHORT_LIVED.includes(`${groupOf(apiVersion)}/${kind}`);
}

function hookProblem(key: string, annotation: Field): Problem {
  return {
    rule: 'policy-hook',
    what: `The annotation ${key}: ${shown(annotation.value)} makes a hook of it: ${HOOKS[key]}, so that nobody can rely on it`,
    value: said(annotation.value),
    allowed: 'a policy without annotations of hooks',
    fix: 'Take the annotation out; waves (argocd.argoproj.io/sync-wave) say when it is applied.',
  };
}

function leftOutProblem(key: string, annotation: Field): Problem {
  return {
    rule: 'policy-left-out',
    what: `The annotation ${key}: ${shown(annotation.value)} keeps ${key.includes('fluxcd') ? 'Flux' : 'kustomize'} from applying it, so that nobody can rely on it`,
    value: said(annotation.value),
    allowed: 'a policy without annotations that leave it out',
    fix: `Take the annotation ${key} out, so that the policy is applied.`,
  };
}

function ownerProblem(owner: OwnerRef | undefined): Problem {
  const text = owner === undefined ? 'something that is not named' : `${owner.kind} ${owner.name}`;
  const why =
    owner !== undefined && isShortLived(owner)
      ? 'which ends by itself'
      : 'which is not among what was read, or is another one of that name, or a hook';
  return {
    rule: 'policy-owner',
    what: `It belongs to ${text}, ${why}: what belongs to nothing that is there is deleted`,
    value: text,
    allowed: 'no ownerReferences, or an owner that is among the manifests and stays',
    fix: 'Take ownerReferences out of the manifest, or read the owner with it.',
  };
}

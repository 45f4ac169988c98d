import { podSet } from '../../model/pod-set';
import * as selectors from '../../model/selector';
import type { UnreadPolicy } from '../../model/unread-policy';
import { type FieldProblem, isObject } from '../field';
import { knownKind } from '../known-kinds';
import { groupOf, type ObjectRef, objectText, placed } from '../manifest';
import { kindText, type Origin, policyRef } from './origin';
import { namespaceOr } from './subjects';
import { BOTH } from './traits';
import { valueAt } from './value-at';

/** Policies that stand whole in an object whose controller applies what is in it. */
export function embeddedPolicies(object: unknown, ref: ObjectRef, origin: Origin): UnreadPolicy[] {
  return policiesIn(object).map(({ kind, name, namespace }) => {
    const text = objectText({ kind, namespace, name });
    const problem: FieldProblem = {
      path: [],
      rule: 'writes-policies',
      what: `${objectText(ref)} holds ${text}, which its controller applies and which is not read there`,
      value: text,
      allowed: 'policies among the manifests themselves',
      fix: 'Take it out, and apply it beside the others.',
    };
    const namespaces = namespace === undefined ? selectors.anything : namespaceOr(namespace);
    return {
      policy: policyRef(ref, origin),
      kind: kindText(ref),
      subject: podSet(namespaces, selectors.anything),
      directions: BOTH,
      effect: 'both',
      problem: placed(problem, objectText(ref), origin.sourceOf([])),
    };
  });
}

interface Embedded {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** More than any object of a real cluster has fields. */
const MOST_FIELDS = 100_000;

function policiesIn(object: unknown): Embedded[] {
  const found: Embedded[] = [];
  const seen = new Set<unknown>();
  const waiting: unknown[] = isObject(object) ? Object.values(object) : [];
  while (waiting.length > 0 && seen.size < MOST_FIELDS) {
    const value = waiting.pop();
    if (typeof value !== 'object' || value === null || seen.has(value)) continue;
    seen.add(value);
    const policy = isObject(value) ? policyOf(value) : undefined;
    if (policy !== undefined) found.push(policy);
    else waiting.push(...Object.values(value));
  }
  return found;
}

function policyOf({ apiVersion, kind, metadata }: Readonly<Record<string, unknown>>): Embedded | undefined {
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') return undefined;
  const group = groupOf(apiVersion);
  const classes = knownKind(group, kind)?.classes ?? [];
  const isPolicy = classes.includes('decides-traffic') || (classes.includes('read') && !READ_BESIDES.has(kind));
  if (!isPolicy) return undefined;
  const [name, namespace] = [valueAt(metadata, ['name']), valueAt(metadata, ['namespace'])];
  return {
    kind,
    name: typeof name === 'string' ? name : '(no name)',
    ...(typeof namespace === 'string' && namespace !== '' && { namespace }),
  };
}

/** Kinds that are read and are no policies. */
const READ_BESIDES: ReadonlySet<string> = new Set([
  'CronJob',
  'DaemonSet',
  'Deployment',
  'Job',
  'Namespace',
  'Pod',
  'ReplicaSet',
  'ReplicationController',
  'Service',
  'StatefulSet',
]);

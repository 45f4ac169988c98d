import { isEmptyPodSet } from '../../model/pod-set';
import type { UnreadPolicy } from '../../model/unread-policy';
import type { FieldProblem } from '../field';
import type { KnownKind } from '../known-kinds';
import { type ObjectRef, objectText, placed } from '../manifest';
import { DECIDERS } from './deciders';
import { embeddedPolicies } from './embedded-policies';
import { kindText, type Origin, policyRef } from './origin';
import type { UnreadTraits } from './traits';
import { WRITERS } from './writers';

/**
 * What an object of a kind that is not read may do to connections; nothing where its kind does nothing, or where the field
 * that turns it off is set so. `ref.namespace` is absent for an object that may land in any namespace.
 */
export function unreadPolicies(object: unknown, ref: ObjectRef, known: KnownKind, origin: Origin): UnreadPolicy[] {
  const key = `${known.group}/${known.kind}`;
  const decides = known.classes.includes('decides-traffic') ? DECIDERS[key] : undefined;
  const writes = known.classes.includes('writes-policies') ? WRITERS[key] : undefined;
  return [
    ...(decides === undefined ? [] : unreadPolicy(object, ref, decides, decidesProblem(ref, known, decides), origin)),
    ...(writes === undefined ? [] : unreadPolicy(object, ref, writes, writesProblem(ref, known, writes), origin)),
    ...(known.classes.includes('brings-objects') ? embeddedPolicies(object, ref, origin) : []),
  ];
}

function unreadPolicy(
  object: unknown,
  ref: ObjectRef,
  { effect, directions, subject, changesOthers, isOn = () => true }: UnreadTraits,
  problem: FieldProblem,
  origin: Origin,
): UnreadPolicy[] {
  if (!isOn(object)) return [];
  const pods = subject(object, ref);
  if (isEmptyPodSet(pods)) return [];
  const place = placed(problem, objectText(ref), origin.sourceOf(problem.path));
  const more = changesOthers === true ? { changesOthers } : {};
  const policy = policyRef(ref, origin);
  return [{ policy, kind: kindText(ref), subject: pods, directions, effect, ...more, problem: place }];
}

const CONSEQUENCES: Readonly<Record<UnreadPolicy['effect'], string>> = {
  opens: 'what it lets through is not known',
  closes: 'what it takes away is not known',
  both: 'every verdict about these pods could be wrong',
};

function decidesProblem(ref: ObjectRef, { note }: KnownKind, { effect, fix }: UnreadTraits): FieldProblem {
  const about = note === undefined ? '' : ` (${note})`;
  return {
    path: ['kind'],
    rule: 'unread-policy',
    what: `The ${ref.kind} of '${ref.apiVersion}' decides on connections and is not read${about}, so that ${CONSEQUENCES[effect]}`,
    value: ref.kind,
    allowed:
      'policies that are read: NetworkPolicy, and the kinds of Cilium, Calico, Antrea and the Network Policy API',
    fix: fix ?? 'Judge these manifests with a tool of that engine, or keep it away from the pods of this app.',
  };
}

function writesProblem(ref: ObjectRef, { note }: KnownKind, { fix }: UnreadTraits): FieldProblem {
  const about = note === undefined ? '' : ` (${note})`;
  return {
    path: ['kind'],
    rule: 'writes-policies',
    what: `The controller of the ${ref.kind} of '${ref.apiVersion}' writes or changes policies that are not among the manifests${about}`,
    value: ref.kind,
    allowed: 'policies among the manifests',
    fix: fix ?? 'Keep it away from the pods of this app.',
  };
}

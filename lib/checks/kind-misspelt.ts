import { type KnownKind, knownKind, knownKinds } from '../kinds/known-kinds';
import { isOneEditApart } from '../model/one-edit';
import type { Check, CheckFinding } from './check';
import { oneOfEachKind, type SeenObject } from './seen';

export const kindMisspelt: Check = {
  id: 'kind-misspelt',
  level: 'error',
  title: 'a kind that there is none of, one slip away from a policy',
  why: 'No API server takes it, so that what it was to deny passes, and what it was to allow does not',
  fix: 'Write apiVersion and kind as the API has them.',
  avoid: `apiVersion: networking.k8s.io/v1
kind: NetworkPolcy
metadata: { name: deny-all, namespace: models }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  prefer: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: deny-all, namespace: models }
spec: { podSelector: {}, policyTypes: [Ingress, Egress] }
`,
  source:
    'Kubernetes documentation, "Objects In Kubernetes": required fields; the groups of each policy kind as lib/kinds has them',
  *find(seen) {
    if (oneOfEachKind(seen).every((object) => meantBy(object) === undefined)) return;
    for (const object of seen.objects) {
      const meant = meantBy(object);
      if (meant !== undefined) yield findingOf(object, meant);
    }
  },
};

function findingOf(object: SeenObject, meant: KnownKind): CheckFinding {
  const given = kindText(object.group, object.ref.kind);
  const right = kindText(meant.group, meant.kind);
  return {
    object,
    path: [object.group === meant.group ? 'kind' : 'apiVersion'],
    what: `there is no kind ${given} that anybody knows, and one slip makes it ${right}`,
    value: given,
    fix: `Write ${right}, if that is what is meant.`,
  };
}

/** The policy that is one slip away: of another case, another letter, or in a group that does not have it. */
function meantBy({ group, ref: { kind } }: SeenObject): KnownKind | undefined {
  if (knownKind(group, kind) !== undefined) return undefined;
  return (
    policyKinds().find((known) => known.group === group && isNear(known.kind, kind)) ??
    policyKinds().find((known) => known.kind === kind && (group === '' || isOneEditApart(known.group, group)))
  );
}

function isNear(known: string, given: string): boolean {
  const [a, b] = [known.toLowerCase(), given.toLowerCase()];
  return a === b || isOneEditApart(a, b);
}

/** Kinds that decide on connections and say so by their names; those that are read come first, as the ones that are meant. */
function policyKinds(): readonly KnownKind[] {
  const policies = knownKinds().filter(({ kind }) => kind.endsWith('Policy'));
  return [...policies.filter(isRead), ...policies.filter((known) => !isRead(known) && decides(known))];
}

function isRead({ classes }: KnownKind): boolean {
  return classes.includes('read');
}

function decides({ classes }: KnownKind): boolean {
  return classes.includes('decides-traffic');
}

function kindText(group: string, kind: string): string {
  return `${kind} of ${group === '' ? 'the core group' : group}`;
}

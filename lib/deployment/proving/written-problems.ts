import type { ManifestReading } from '../../analysis';
import type { PoliciesRead } from '../../kinds/policies-read';
import type { PolicyRef } from '../../model/layer';
import type { Problem } from '../../model/problem';
import type { Labels } from '../../model/selector';
import type { NamespaceRecord } from '../records';
import { namespaceLabels } from '../workloads/namespace-labels';

/** What an app renders, as far as the proof of its written manifests relies on it. */
export interface WhatIsRendered {
  readonly objects: number;
  readonly policies: PoliciesRead;
  readonly namespaces: readonly NamespaceRecord[];
}

/** Where the objects in a folder are not those that are rendered, whatever their policies say. */
export function writtenProblems(folder: string, read: ManifestReading, rendered: WhatIsRendered): Problem[] {
  return [
    ...lostObjects(folder, rendered, read),
    ...strayPolicies(folder, rendered, read),
    ...changedLabels(folder, rendered, read),
  ];
}

function lostObjects(folder: string, rendered: WhatIsRendered, read: ManifestReading): Problem[] {
  if (rendered.objects === read.objects) return [];
  return [
    {
      rule: 'written-objects',
      where: folder,
      what: `${rendered.objects} objects are rendered and ${read.objects} are in the folder`,
      value: String(read.objects),
      allowed: String(rendered.objects),
      fix: 'Synthesize into an empty folder, one file a chart.',
    },
  ];
}

/** The proof is about our namespaces; a policy of ours in another one would isolate the pods of somebody else. */
function strayPolicies(folder: string, { policies }: WhatIsRendered, read: ManifestReading): Problem[] {
  const [rendered, written] = [namesOf(policies), namesOf(read)];
  const gone = [...rendered].filter((name) => !written.has(name));
  const strange = [...written].filter((name) => !rendered.has(name));
  return [
    ...gone.map((name) => strayProblem(folder, name, 'is rendered, and is not in the folder')),
    ...strange.map((name) => strayProblem(folder, name, 'is in the folder, and is not rendered')),
  ];
}

function namesOf({ rules, isolations, others = [] }: PoliciesRead): Set<string> {
  const policies = [...rules, ...isolations, ...others].map(({ policy }) => policy);
  return new Set(policies.map(nameOf));
}

function nameOf({ kind, namespace, name }: PolicyRef): string {
  return `${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`;
}

function strayProblem(folder: string, name: string, what: string): Problem {
  return {
    rule: 'written-policies',
    where: folder,
    what: `${name} ${what}`,
    value: name,
    allowed: 'the policies that are rendered, each in its namespace',
    fix: 'Synthesize anew, into an empty folder.',
  };
}

/** The proof knows every label of our namespaces, so they must be what is applied. */
function changedLabels(folder: string, { namespaces }: WhatIsRendered, { world }: ManifestReading): Problem[] {
  const written = new Map(world.namespaces.map(({ name, labels }) => [name, labelsText(labels)]));
  return namespaces
    .filter(({ management }) => management === 'own')
    .flatMap((record) => {
      const allowed = labelsText(namespaceLabels(record));
      const value = written.get(record.name) ?? 'none, since it is not there';
      if (value === allowed) return [];
      return [
        {
          rule: 'written-labels',
          where: folder,
          what: `the Namespace ${record.name} has the labels ${value}, and is rendered with ${allowed}`,
          value,
          allowed,
          fix: 'Give labels to the ZeroTrustNamespace and synthesize anew: policies select namespaces by them.',
        },
      ];
    });
}

function labelsText(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',');
}

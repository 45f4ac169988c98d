import type { Injection } from '../kinds/core';
import type { PolicyReading } from '../kinds/policy-reading';
import type { Isolation, Rule } from '../model/layer';
import type { Problem } from '../model/problem';
import type { UnreadPolicy } from '../model/unread-policy';
import type { Namespace, Service } from '../model/world';
import type { PassedOver } from './assumptions';
import type { Found } from './found';
import type { NetworkSet } from './network-sets';
import type { PodsOfObject } from './world';

/** What all objects add to the reading, each part in the order of the objects. */
export interface Gathered {
  readonly namespaces: readonly Namespace[];
  readonly mentioned: readonly string[];
  readonly injections: readonly (readonly [namespace: string, injection: Injection])[];
  readonly pods: readonly PodsOfObject[];
  readonly services: readonly Service[];
  readonly rules: readonly Rule[];
  readonly isolations: readonly Isolation[];
  readonly leftOut: readonly Rule[];
  readonly others: readonly PolicyReading[];
  readonly unread: readonly UnreadPolicy[];
  readonly networkSets: readonly NetworkSet[];
  readonly refused: readonly UnreadPolicy[];
  readonly passedOver: readonly PassedOver[];
  readonly problems: readonly Problem[];
  readonly notes: readonly Problem[];
  /** How many of the policies have no problem. */
  readonly sound: number;
}

/** In one pass, since objects are many, and most have nothing of nearly all parts. */
export function gathered(found: readonly Found[]): Gathered {
  const all = {
    namespaces: [] as Namespace[],
    mentioned: [] as string[],
    injections: [] as (readonly [string, Injection])[],
    pods: [] as PodsOfObject[],
    services: [] as Service[],
    rules: [] as Rule[],
    isolations: [] as Isolation[],
    leftOut: [] as Rule[],
    others: [] as PolicyReading[],
    unread: [] as UnreadPolicy[],
    networkSets: [] as NetworkSet[],
    refused: [] as UnreadPolicy[],
    passedOver: [] as PassedOver[],
    problems: [] as Problem[],
    notes: [] as Problem[],
    sound: 0,
  };
  for (const each of found) {
    addAll(all.mentioned, each.mentioned);
    addAll(all.problems, each.problems);
    addAll(all.unread, each.unread);
    const { policy, other } = each;
    const rules = policy ?? each.written;
    if (rules !== undefined) {
      addAll(all.rules, rules.rules);
      addAll(all.isolations, rules.isolations);
    }
    const reading = policy ?? other;
    if (reading !== undefined) {
      addAll(all.refused, reading.refused);
      if (reading.problems.length === 0) all.sound++;
    }
    addAll(all.leftOut, policy?.leftOut);
    addAll(all.namespaces, each.namespaces);
    addAll(all.injections, each.injections);
    addAll(all.pods, each.pods);
    addAll(all.services, each.services);
    addAll(all.notes, each.notes);
    if (other !== undefined) all.others.push(other);
    if (each.networkSet !== undefined) all.networkSets.push(each.networkSet);
    if (each.passedOver !== undefined) all.passedOver.push(each.passedOver);
  }
  return all;
}

function addAll<T>(all: T[], more: readonly T[] | undefined): void {
  if (more !== undefined) for (const item of more) all.push(item);
}

import type { Match } from '../../analysis/connectivity/match';
import { labelsOfKind } from '../../model/unlabelled-pods';
import type { KnownEnd, KnownPods, WhyUnknown } from './known-end';
import type { EndMatches, Terms } from './terms';

/** An end of a flow in the terms of the graph. Ends that these terms do not tell apart are one. */
export interface AttributedEnd {
  /** Unique among the ends of one attribution. */
  readonly id: number;
  /** As results call it: `ai-agents/agent`, `api.example.com`, `203.0.113.9`, `internet`. */
  readonly name: string;
  /** Of the first of them. */
  readonly known: KnownEnd;
  /** For each end of the graph whether it is that. */
  readonly matches: EndMatches;
  /** Whether it is in a namespace in which everything is denied that is not declared; where there is no graph, always. */
  readonly inScope: Match;
  /** Policies there are only tried out. */
  readonly isAudited: boolean;
  /** Why it cannot be tied to anything that is declared, where that is so. */
  readonly why: WhyUnknown | undefined;
  /** It is not known what it is, and it may be a node. */
  readonly mayBeNode: boolean;
}

export function describedEnd(id: number, known: KnownEnd, matches: EndMatches, terms: Terms): AttributedEnd {
  return {
    id,
    name: nameOfEnd(known, matches, terms),
    known,
    matches,
    inScope: inScope(known, terms),
    isAudited: known.kind === 'pods' && terms.audited.has(known.namespace),
    why: whyOf(known),
    mayBeNode: known.kind === 'unknown' && known.mayBeNode,
  };
}

function inScope(known: KnownEnd, { namespaces }: Terms): Match {
  if (known.kind === 'unknown') return known.mayBePod ? 'perhaps' : 'no';
  if (known.kind !== 'pods') return 'no';
  return namespaces === undefined || namespaces.has(known.namespace) ? 'surely' : 'no';
}

export function whyOf(known: KnownEnd): WhyUnknown | undefined {
  return known.kind === 'entity' ? undefined : known.why;
}

/** By the graph where it surely has it, else by the log. */
export function nameOfEnd(known: KnownEnd, matches: EndMatches, { endpoints }: Terms): string {
  const sure = [...matches].flatMap(([number, match]) => (match === 'surely' ? [endpoints[number]] : []));
  const of = sure.find(({ endpoint }) => endpoint.kind !== 'addresses' && endpoint.kind !== 'hosts');
  if (of !== undefined) return of.text;
  switch (known.kind) {
    case 'pods':
      return podsName(known);
    case 'addresses':
      return known.hosts[0] ?? known.heard[0] ?? blockOf(sure) ?? known.address ?? OUTSIDE;
    case 'entity':
      return `<${known.entity}>`;
    case 'unknown':
      return known.address ?? 'unknown';
  }
}

const OUTSIDE = 'outside the cluster';

/** The narrowest of the declared blocks is not looked for: the first in the order of the graph names it. */
function blockOf(sure: Terms['endpoints']): string | undefined {
  return sure.find(({ endpoint }) => endpoint.kind === 'addresses')?.text;
}

/** By its workload, by the labels that people name pods with, or by what the log calls it. */
function podsName({ namespace, labels, workload, called, servicePorts }: KnownPods): string {
  if (workload !== undefined) return workload.id.replace(/#\d+$/, '');
  const named = NAMING.find((key) => Object.hasOwn(labels, key));
  if (named !== undefined) return `${namespace}/{${named}=${labels[named]}}`;
  const kind = Object.entries(labelsOfKind(labels)).slice(0, MOST_LABELS);
  if (kind.length > 0) return `${namespace}/{${kind.map(([key, value]) => `${key}=${value}`).join(',')}}`;
  if (called === undefined) return `${namespace}/*`;
  return servicePorts === undefined ? `${namespace}/${withoutSuffix(called)}` : `${namespace}/Service/${called}`;
}

/** The recommended label, and those that were usual before. */
const NAMING = ['app.kubernetes.io/name', 'app', 'k8s-app', 'name'];
const MOST_LABELS = 3;

/** Pods of one workload are called alike: what controllers put behind the name is left out. */
function withoutSuffix(called: string): string {
  const base = called.replace(/(-[bcdfghjklmnpqrstvwxz2456789]{6,10})?-[bcdfghjklmnpqrstvwxz2456789]{5}$|-\d+$/, '');
  return base === called ? called : `${base}-*`;
}

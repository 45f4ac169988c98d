import { endOfAddress, outsideResolved } from '../asking/address-end';
import { podsFound } from '../asking/pod-ends';
import type { ResolvedEnd } from '../asking/resolved-end';
import { isAddress, isHost, podsInWords } from '../asking/words';
import { Deployment } from '../deployment/deployment';
import { isObject, reading } from '../model/checked';
import { type PodSet, podSet, podSetText, podsIn } from '../model/pod-set';
import * as selectors from '../model/selector';
import { Tier } from '../tiers';
import { Hostname } from '../values/hostname';
import { type IPeer, type PeerSpec, peerSpec } from '../values/peer';
import { notAnEnd } from './end-of-words';
import { isOutside, type OutsideSpec, outsideEnd } from './outside-ends';
import { QuestionEnd } from './question-end';
import type { ReadSubject } from './subject';

/**
 * One end of a connection in a test: whatever can stand at the end of a flow (a tier, a `ZeroTrustNamespace`, `Pods`,
 * `Cidr`, `Internet`, `Nodes`, `CloudMetadata`, `cluster.apiServer`, `Hostname`), a stranger, or text:
 * `namespace/label=value,…` (`namespace/*` for any pod), an address, the name of a host (`huggingface.co`).
 *
 * Pods are the workloads of the manifests; where these have none, one that could exist. Of `Pods` without a namespace,
 * those of every namespace. A host is only ever a destination.
 */
export type TestEnd = IPeer | Stranger | string;

/** A pod that the manifests do not know, on purpose. */
export interface Stranger {
  readonly stranger: string;
}

/** A pod that no manifest mentions, `namespace/label=value,…`: the intruder of a test. */
export function stranger(pod: string): Stranger {
  if (typeof pod !== 'string') throw notAnEnd(pod);
  return { stranger: parsed(pod).name };
}

/** What an end stands for in these manifests. `role` keeps two ends of the same words two pods. */
export function resolveEnd(asked: TestEnd, role: string, read: ReadSubject): ResolvedEnd {
  const end = QuestionEnd._is(asked) ? asked._words : asked;
  const { world, plane, facts } = read;
  if (typeof end === 'string' && isAddress(end)) {
    return endOfAddress(end, read);
  }
  const given = typeof end === 'string' && isHost(end) ? Hostname.exact(end) : end;
  const spec = typeof given === 'string' || strangerOf(given) !== undefined ? undefined : specOf(given);
  if (spec !== undefined && isOutside(spec)) return outsideResolved(outsideEnd(spec, facts, plane));
  const { name, set, isDeclared } = spec === undefined ? inWords(given) : selected(spec, given);
  return { name, ...podsFound(set, role, isDeclared, world, plane) };
}

/** Pods by what stands for them; those that were declared, or are strangers on purpose, need not be in the manifests. */
interface Selection {
  readonly name: string;
  readonly set: PodSet;
  readonly isDeclared: boolean;
}

function inWords(end: unknown): Selection {
  const text = strangerOf(end);
  return { ...parsed(text ?? end), isDeclared: text !== undefined };
}

function selected(spec: Exclude<PeerSpec, OutsideSpec>, end: unknown): Selection {
  switch (spec.kind) {
    case 'tier':
      if (!isTier(spec.construct)) throw notAnEnd(end);
      return { ...ofTier(spec.construct), isDeclared: true };
    case 'namespace':
      return { name: `${spec.name}/*`, set: podsIn(spec.name, selectors.anything), isDeclared: true };
    case 'pods': {
      const set = podSet(spec.namespaces ?? selectors.anything, spec.pods);
      return { name: podSetText(set), set, isDeclared: false };
    }
  }
}

function specOf(end: unknown): PeerSpec {
  const isPeer = reading('the end', () => isObject(end) && 'endpoint' in end);
  if (!isPeer) throw notAnEnd(end);
  return peerSpec(end, 'the end');
}

function isTier(end: unknown): end is Tier {
  return reading('the end', () => end instanceof Tier && typeof end.tierName === 'string');
}

/** What `stranger` made; undefined for anything else. */
function strangerOf(end: unknown): string | undefined {
  if (typeof end !== 'object' || end === null) return undefined;
  const pod = reading('the end', () => (end as { stranger?: unknown }).stranger);
  return typeof pod === 'string' ? pod : undefined;
}

function parsed(text: unknown): Omit<Selection, 'isDeclared'> {
  const set = typeof text === 'string' ? podsInWords(text) : undefined;
  if (set === undefined) throw notAnEnd(text);
  return { name: String(text), set };
}

function ofTier(tier: Tier): Omit<Selection, 'isDeclared'> {
  const { namespaceName, tierName } = tier;
  const { graph } = Deployment.of(tier).state();
  const pods = graph.tiers.find(({ namespace, name }) => namespace === namespaceName && name === tierName)?.pods.pods;
  return { name: `${namespaceName}/${tierName}`, set: podsIn(namespaceName, pods ?? selectors.nothing) };
}

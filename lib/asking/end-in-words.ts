import { knowsEntities } from '../cluster/entities';
import { internetAddresses } from '../cluster/internet-addresses';
import type { Endpoint } from '../model/endpoint';
import { exactHost } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import type { Entity } from '../model/layer';
import { nearOnes } from '../model/near';
import { podsIn } from '../model/pod-set';
import { type Problem, ZeroTrustError } from '../model/problem';
import * as selectors from '../model/selector';
import { shown } from '../model/shown';
import type { Workload } from '../model/world';
import { endOfAddress, outsideResolved } from './address-end';
import type { KnownWorld } from './known-world';
import { labelsAskedIn, namespaceMissing } from './nearest';
import { namesEntities } from './outside';
import { podsFound } from './pod-ends';
import type { ResolvedEnd } from './resolved-end';
import { isAddress, isBlock, isHost, podsInWords } from './words';

/** What an end may be, in one phrase. */
export const ENDS_ALLOWED =
  'namespace/name of a workload, namespace/Kind/name, namespace/label=value,… of pods, namespace/* for any pod there, an address, a block of addresses, the name of a host, internet, nodes, api-server';

/**
 * The end of a connection that words stand for: all workloads of a name, pods by their labels (one that could exist, where a
 * policy speaks of such and no workload is one), addresses, a host, nodes or the API server.
 *
 * @param role keeps two ends of the same words two pods.
 * @throws for what is no end, and for what is nothing in these manifests, with the names that come nearest.
 */
export function endInWords(text: string, role: 'client' | 'server', known: KnownWorld): ResolvedEnd {
  if (text === 'internet') return outside(text, internet(known));
  if (text === 'nodes' || text === 'api-server') return outsideResolved(entity(text, known));
  if (isAddress(text)) return endOfAddress(text, known);
  if (isBlock(text)) return outside(text, { kind: 'addresses', addresses: ips.fromBlocks([text]), name: text });
  if (isHost(text)) return outside(text, { kind: 'hosts', patterns: [exactHost(text)] });
  const pods = podsInWords(text);
  if (pods === undefined) return ofName(text, known);
  const found = podsFound(pods, role, false, known.world, known.plane);
  const isShown = found.workloads.some(({ id }) => known.world.workloads.some((workload) => workload.id === id));
  if (!isShown && text.endsWith('/*')) throw noneThere(text, known);
  if (!found.isUnknown) return { name: text, ...found };
  throw unknownEnd(`${text} matches nothing in these manifests, neither a workload nor a policy`, text, found.hint);
}

/** What a pod may do hangs on its labels, so that an answer about one without any would be about that one alone. */
function noneThere(text: string, { world, plane }: KnownWorld): ZeroTrustError {
  const namespace = text.slice(0, -2);
  if (!world.namespaces.some(({ name }) => name === namespace)) {
    return unknownEnd(namespaceMissing(namespace, world), text);
  }
  const asked = labelsAskedIn(namespace, world, plane);
  return unknownEnd(
    `There is no workload in the namespace '${namespace}' in these manifests, and whom a pod reaches hangs on its labels`,
    text,
    `Read the workloads as well, or name the labels${asked.length === 0 ? ` of a pod: ${namespace}/label=value` : `: ${asked.slice(0, MOST_NEAR).join(' or ')}`}`,
  );
}

function outside(name: string, endpoint: Endpoint): ResolvedEnd {
  return outsideResolved(endpoint, name);
}

function internet({ facts }: KnownWorld): Endpoint {
  return { kind: 'addresses', addresses: internetAddresses('any', facts), name: 'internet' };
}

/** By itself where engine or policies know it so, and where its addresses are not known; else by these. */
function entity(which: Entity, { facts, plane }: KnownWorld): Endpoint {
  const addresses = which === 'nodes' ? facts.nodeRanges : facts.apiServer?.addresses;
  const isByItself = knowsEntities(facts) || namesEntities(plane) || facts.ipBlockMode === 'external-only';
  if (isByItself || addresses === undefined) return { kind: 'entity', entity: which };
  return { kind: 'addresses', addresses, name: which };
}

/** `namespace/name`, `namespace/Kind/name`: every workload that is called so, in any variant of its labels. */
function ofName(text: string, known: KnownWorld): ResolvedEnd {
  const { world } = known;
  const parts = text.split('/');
  if (parts.length < 2 || parts.length > 3 || parts.includes('')) throw noEnd(text, world.workloads);
  const [namespace] = parts;
  const there = world.workloads.filter((workload) => workload.namespace === namespace);
  const workloads = there.filter((workload) => isCalled(workload, parts));
  if (workloads.length === 0) throw noWorkload(text, namespace, there, known);
  // The pods that policies would see: of several workloads those of the first stand for the kind of end alone.
  const pods = podsIn(namespace, selectors.fromLabels(workloads[0].labels));
  return {
    name: text,
    endpoint: { kind: 'pods', pods, owner: 'the manifests' },
    workloads,
    namespaces: [],
    isUnknown: false,
  };
}

function isCalled({ id }: Workload, parts: readonly string[]): boolean {
  const [, kind, name] = baseOf(id).split('/');
  return parts.length === 2 ? name === parts[1] : kind === parts[1] && name === parts[2];
}

/** Without the number of a variant. */
function baseOf(id: string): string {
  return id.replace(/#\d+$/, '');
}

function noWorkload(
  text: string,
  namespace: string,
  there: readonly Workload[],
  { world, plane }: KnownWorld,
): ZeroTrustError {
  if (!world.namespaces.some(({ name }) => name === namespace))
    return unknownEnd(namespaceMissing(namespace, world), text);
  const names = [...new Set(there.map(({ id }) => baseOf(id).split('/').slice(1).join('/')))];
  const wanted = text.slice(namespace.length + 1);
  const byName = new Map(names.map((name) => [wanted.includes('/') ? name : name.slice(name.indexOf('/') + 1), name]));
  const near = nearOnes(wanted, [...byName.keys()]).slice(0, MOST_NEAR);
  const hint =
    near.length > 0
      ? `Did you mean ${near.map((name) => `'${namespace}/${name}'`).join(' or ')}?`
      : names.length === 0
        ? `No workload of ${namespace} is in these manifests. Ask by labels: ${labelsAskedIn(namespace, world, plane)[0] ?? `${namespace}/label=value`}`
        : `There ${names.length === 1 ? 'is' : 'are'} ${names.slice(0, MOST_NAMES).join(', ')}${names.length > MOST_NAMES ? ', …' : ''}.`;
  return unknownEnd(`There is no workload '${wanted}' in the namespace '${namespace}'`, text, hint);
}

const MOST_NEAR = 3;
const MOST_NAMES = 10;

/** A word without a namespace: perhaps of a workload, or of a namespace as a whole. */
function noEnd(text: string, workloads: readonly Workload[]): ZeroTrustError {
  const ofName = workloads.filter(({ id }) => baseOf(id).split('/')[2] === text);
  const inIt = workloads.filter(({ namespace }) => namespace === text);
  const meant = [
    ...new Set([...ofName.map(({ namespace }) => `${namespace}/${text}`), ...(inIt.length > 0 ? [`${text}/*`] : [])]),
  ].slice(0, MOST_NEAR);
  const hint = meant.length === 0 ? undefined : `Did you mean ${meant.map((name) => `'${name}'`).join(' or ')}?`;
  return unknownEnd(`${shown(text)} is not an end of a connection`, text, hint);
}

function unknownEnd(what: string, value: string, hint?: string): ZeroTrustError {
  const problem: Problem = { rule: 'unknown-end', what, value, allowed: ENDS_ALLOWED };
  return new ZeroTrustError(hint === undefined ? problem : { ...problem, fix: hint });
}

import { comment, key, list, object, quoted, WIDTH } from '../../init/code/words';
import type { PortSet } from '../../model/port-set';
import * as portSets from '../../model/port-set';
import { remembered } from '../../model/remembered';
import type { HttpMatch, PathPattern } from '../../model/request-match';
import type { Labels, Requirement } from '../../model/selector';
import type { BlocksPeer, PlannedPeer, Waiver } from '../plan';
import { policiesIn } from '../reasons';

/** The values of a plan as code that makes them: what `realised` calls, in words. */

export function podsCode(pods: readonly Requirement[]): string {
  if (pods.length === 0) return 'Pods.all()';
  const isLabels = pods.every(({ operator, values = [] }) => operator === 'In' && values.length === 1);
  if (isLabels)
    return `Pods.labeled(${labelsCode(Object.fromEntries(pods.map((each) => [each.key, (each.values ?? [])[0]])))})`;
  return `Pods.matching(${list(pods.map(requirementCode))})`;
}

export function labelsCode(labels: Labels): string {
  return object(Object.entries(labels).map(([name, value]) => [key(name), quoted(value)]));
}

function requirementCode({ key: name, operator, values }: Requirement): string {
  return object([
    ['key', quoted(name)],
    ['operation', `LabelOperator.${OPERATORS[operator]}`],
    ...(values ? [['values', list(values.map(quoted))] as const] : []),
  ]);
}

const OPERATORS = { In: 'IN', NotIn: 'NOT_IN', Exists: 'EXISTS', DoesNotExist: 'DOES_NOT_EXIST' } as const;

/** @param tierCode what a tier, and what a namespace is called in the code around. */
export function peerCode(
  peer: PlannedPeer,
  names: { readonly tier: (key: string) => string; readonly namespace: (name: string) => string },
): string {
  switch (peer.kind) {
    case 'tier':
      return names.tier(peer.tier);
    case 'namespace':
      return names.namespace(peer.name);
    case 'pods': {
      const place =
        'name' in peer.place
          ? `.inNamespace(${quoted(peer.place.name)})`
          : `.inNamespacesLabeled(${labelsCode(peer.place.labels)})`;
      return `${podsCode(peer.pods)}${place}.ownedBy(${quoted(peer.owner)})`;
    }
    case 'block': {
      const options = peer.except.length === 0 ? '' : `, { excluding: ${list(peer.except.map(quoted))} }`;
      return `Cidr.of(${quoted(peer.cidr)}${options})`;
    }
    case 'blocks':
      return blocksCode(peer);
    case 'host':
      return hostCode(peer.host);
    case 'entity':
      return peer.entity === 'nodes' ? 'Nodes.all()' : 'cluster.apiServer';
  }
}

/** A block a line, with the policies that allow it, unless all are allowed by the same. */
function blocksCode({ blocks, because }: BlocksPeer): string {
  const isOneReason = blocks.every((block) => block.because === because);
  const line = list(blocks.map(({ cidr }) => quoted(cidr)));
  if (isOneReason && line.length <= WIDTH) return `Cidr.anyOf(${line})`;
  const lines = blocks.map(
    (block) => `    ${quoted(block.cidr)},${isOneReason ? '' : ` ${comment(policiesIn(block.because))}`}\n`,
  );
  return `Cidr.anyOf([\n${lines.join('')}  ])`;
}

function hostCode(host: Extract<PlannedPeer, { kind: 'host' }>['host']): string {
  switch (host.kind) {
    case 'exact':
      return `Hostname.exact(${quoted(host.name)})`;
    case 'one-label':
      return `Hostname.oneLabelUnder(${quoted(host.under)})`;
    case 'any-depth':
      return `Hostname.anyDepthUnder(${quoted(host.under)})`;
  }
}

export const portsCode = remembered((set: PortSet): string => {
  if (portSets.isEverything(set)) return '[Port.allTraffic()]';
  return list(portSets.PROTOCOLS.flatMap((protocol) => portsOfProtocol(set, protocol)));
});

function portsOfProtocol(set: PortSet, protocol: portSets.Protocol): readonly string[] {
  const name = protocol.toLowerCase();
  if (portSets.covers(set, portSets.allOf(protocol))) return [`Port.all${protocol[0]}${name.slice(1)}()`];
  const { ranges, names } = set[protocol];
  return [
    ...ranges.map(([first, last]) =>
      first === last ? `Port.${name}(${first})` : `Port.${name}Range(${first}, ${last})`,
    ),
    ...names.map((each) =>
      protocol === 'TCP' ? `Port.named(${quoted(each)})` : `Port.named(${quoted(each)}, Protocol.${protocol})`,
    ),
  ];
}

export function requestCode({ methods, path, host, headers }: HttpMatch): string {
  return `HttpRule.of(${object([
    ...(methods ? [['methods', list(methods.map(quoted))] as const] : []),
    ...(path ? [['path', pathCode(path)] as const] : []),
    ...(host === undefined ? [] : [['host', quoted(host)] as const]),
    ...(headers ? [['headers', list(headers.map(quoted))] as const] : []),
  ])})`;
}

function pathCode(path: PathPattern): string {
  const { method, text } = pathSaid(path);
  return `HttpPath.${method}(${quoted(text)})`;
}

/** The method of `HttpPath` that says a path, with its text. */
export function pathSaid({ segments, below }: PathPattern): { method: 'below' | 'template' | 'exact'; text: string } {
  const text = `/${segments.map((segment, i) => segment ?? `{part${i + 1}}`).join('/')}`;
  if (below) return { method: 'below', text };
  return { method: segments.some((segment) => segment === undefined) ? 'template' : 'exact', text };
}

export function waivedCode(waived: readonly Waiver[]): string {
  return list(
    waived.map(({ rule, because }) =>
      object([
        ['rule', quoted(rule)],
        ['because', quoted(because)],
      ]),
    ),
  );
}

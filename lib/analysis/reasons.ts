import { FLOWS_ANNOTATION, type FlowLine, parsedLine } from '../graph/flow-lines';
import { isObject } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import type { PolicyRef } from '../model/layer';
import { type PortSet, PROTOCOLS } from '../model/port-set';

/** The flows that policies of this library say they are for, by what the policy is called (`NetworkPolicy ns/name`). */
export type FlowsSaid = ReadonlyMap<string, readonly FlowLine[]>;

/** Reads the flows that policies have in their annotation; whoever edits a policy can edit it, so that it proves nothing. */
export function flowsSaid(written: readonly { readonly object: unknown }[]): FlowsSaid {
  const said = new Map<string, readonly FlowLine[]>();
  for (const { object } of written) {
    if (!isObject(object) || !isObject(object.metadata) || typeof object.kind !== 'string') continue;
    const { annotations, namespace, name } = object.metadata;
    const text = isObject(annotations) ? annotations[FLOWS_ANNOTATION] : undefined;
    if (typeof text !== 'string' || typeof name !== 'string') continue;
    const lines = text.split('\n').flatMap((line) => {
      const parsed = parsedLine(line);
      return parsed?.kind === 'in' || parsed?.kind === 'out' ? [parsed] : [];
    });
    const policy = { kind: object.kind, name, ...(typeof namespace === 'string' && { namespace }) };
    if (lines.length > 0) said.set(objectText(policy), lines);
  }
  return said;
}

/** What is looked for in them. */
export interface FlowAsked {
  /** Where the policy stands: at the destination, or at the source. */
  readonly kind: FlowLine['kind'];
  /** The namespace of the other end, where that is pods. */
  readonly namespace: string | undefined;
  readonly ports: PortSet;
}

/** The reasons that a policy gives for flows like this, each once. */
export function reasonsGiven(said: FlowsSaid, policy: PolicyRef, { kind, namespace, ports }: FlowAsked): string[] {
  const lines = (said.get(objectText(policy)) ?? []).filter(
    (line) =>
      line.kind === kind &&
      (namespace === undefined || line.peer.startsWith(`${namespace}/`)) &&
      mayShare(line.traffic, ports),
  );
  return [...new Set(lines.flatMap(({ because }) => because))];
}

/** Whether ports as flows are written (`TCP/80,443,8000-8100,http UDP/53`) may have one of the set: a name may be any. */
function mayShare(traffic: string, set: PortSet): boolean {
  return traffic
    .split(' (')[0]
    .split(' ')
    .some((part) => {
      const [protocol, list = ''] = part.split('/');
      if (part === '*' || part === 'other') return true;
      const own = PROTOCOLS.find((each) => each === protocol);
      return own !== undefined && list.split(',').some((token) => meets(token, set[own].ranges));
    });
}

function meets(token: string, ranges: PortSet['TCP']['ranges']): boolean {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(token) ?? [];
  if (from === undefined) return true;
  return ranges.some(([first, last]) => first <= Number(to) && Number(from) <= last);
}

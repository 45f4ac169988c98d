import { FLOWS_ANNOTATION, type FlowLine, parsedLine } from '../graph/flow-lines';
import { isObject } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import { into } from '../model/into';
import type { PolicyRef } from '../model/layer';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import { portsOfText } from '../model/ports-of-text';

/** The flows that a policy of this library says it is for, by what the policy is called (`NetworkPolicy ns/name`). */
export type FlowsSaid = (policy: string) => readonly FlowSaid[];

interface FlowSaid {
  readonly line: FlowLine;
  /** Whatever requests they are limited to; undefined where the line says none. */
  readonly ports: PortSet | undefined;
}

/**
 * The flows that policies have in their annotation; whoever edits a policy can edit it, so that it proves nothing. Each is
 * read when it is first asked for: few policies are behind something that anybody asks about.
 */
export function flowsSaid(written: readonly { readonly object: unknown }[]): FlowsSaid {
  const texts = new Map<string, string[]>();
  for (const { object } of written) {
    if (!isObject(object) || !isObject(object.metadata) || typeof object.kind !== 'string') continue;
    const { namespace, name } = object.metadata;
    const text = flowsAnnotation(object);
    if (typeof text !== 'string' || typeof name !== 'string') continue;
    const policy = objectText({ kind: object.kind, name, ...(typeof namespace === 'string' && { namespace }) });
    into(texts, policy, text);
  }
  const known = new Map<string, readonly FlowSaid[]>();
  return (policy) => {
    const found = known.get(policy) ?? lastSaid(texts.get(policy) ?? []);
    known.set(policy, found);
    return found;
  };
}

/** Of objects of one name the last that says any. */
function lastSaid(texts: readonly string[]): readonly FlowSaid[] {
  return texts.map(linesSaid).findLast((lines) => lines.length > 0) ?? [];
}

function linesSaid(text: string): readonly FlowSaid[] {
  return text.split('\n').flatMap((line) => {
    const parsed = parsedLine(line);
    return parsed?.kind === 'in' || parsed?.kind === 'out' ? [flowSaid(parsed)] : [];
  });
}

/** The annotation of an object in which its flows are said, of whatever type it is; undefined where there is none. */
export function flowsAnnotation(object: unknown): unknown {
  const metadata = isObject(object) && isObject(object.metadata) ? object.metadata : {};
  return isObject(metadata.annotations) ? metadata.annotations[FLOWS_ANNOTATION] : undefined;
}

function flowSaid(line: FlowLine): FlowSaid {
  return { line, ports: portsOfText(line.traffic.split(' (')[0]) };
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
export function reasonsGiven(
  said: FlowsSaid,
  policy: PolicyRef,
  { kind, namespace, ports: asked }: FlowAsked,
): string[] {
  const flows = said(objectText(policy)).filter(
    (flow) =>
      flow.line.kind === kind &&
      (namespace === undefined || flow.line.peer.startsWith(`${namespace}/`)) &&
      mayShare(flow, asked),
  );
  return [...new Set(flows.flatMap(({ line }) => line.because))];
}

/** Whether the flow may have one of the ports: a name may be any. */
function mayShare({ ports: own }: FlowSaid, set: PortSet): boolean {
  return own !== undefined && !ports.isEmpty(ports.intersection(own, set).possible);
}

import type { Endpoint } from '../model/endpoint';
import type { Flow } from '../model/flow';
import { remembered } from '../model/remembered';
import type { Traffic } from '../model/traffic';
import { type AddressNames, endCell } from './ends';
import type { GraphTier } from './graph-data';
import { inline, isPlain, quoted, unquoted } from './plain-words';
import { exceptedText, remarks, waiverText } from './policy-flow';
import { trafficText } from './traffic-text';

/** What a policy allows, a flow a line, with its reasons; for people, and in a grammar that is read back. */
export const FLOWS_ANNOTATION = 'cdk8s-zero-trust/flows';

/**
 * A line of the annotation of a policy: half a flow, what is said of the tier, or why a guardrail is there. The grammar is
 * in `docs/policy-graph.md`; no text has two meanings, and no meaning two texts.
 */
export type PolicyLine = FlowLine | TierLine | GuardrailLine;

/** Half a flow, as its policy allows it. */
export interface FlowLine extends Remarks {
  readonly kind: 'in' | 'out';
  /** Ports, and requests in brackets where not all pass. */
  readonly traffic: string;
  /** The other end, with its owner in brackets where that is somebody else. */
  readonly peer: string;
  readonly because: readonly string[];
  readonly encrypted: boolean;
  readonly excepted: readonly string[];
}

/** What is said of the tier itself. */
export interface TierLine extends Remarks {
  readonly kind: 'tier';
}

/** Why a guardrail is there. */
export interface GuardrailLine {
  readonly kind: 'guardrail';
  readonly because: string;
}

interface Remarks {
  /** Waived rules, each `rule: reason`. */
  readonly acknowledged: readonly string[];
  readonly notes: readonly string[];
}

const FROM = ' from ';
const TO = ' to ';
const COLON = ': ';
const NEXT = '; ';
const ENCRYPTED = 'encrypted';
const MARKS = { excepted: 'except ', acknowledged: 'acknowledged ', notes: 'note: ' } as const;

/** The lines as the value of an annotation. It ends with a line break, so that YAML writes one line as it writes many. */
export function linesText(lines: readonly string[]): string {
  return [...lines, ''].join('\n');
}

/** The two halves of a flow: the line at its destination, and the line at its source. */
export interface FlowHalves {
  readonly ingress: () => string;
  readonly egress: () => string;
}

/** Writes the flows of a graph with these names. Ends and traffic recur in many flows, so each is written once. */
export function flowLines(names: AddressNames): (flow: Flow) => FlowHalves {
  const ofPeer = remembered((end: Endpoint) => peerPart(endCell(end, names)));
  const incoming = remembered((traffic: Traffic) => trafficPart('in', trafficText(traffic)));
  const outgoing = remembered((traffic: Traffic) => trafficPart('out', trafficText(traffic)));
  return (flow) => {
    const said = saidOf(flow);
    return {
      ingress: () => incoming(flow.traffic) + ofPeer(flow.from) + said,
      egress: () => outgoing(flow.traffic) + ofPeer(flow.to) + said,
    };
  };
}

/** Most flows have a reason, and nothing else is said of them. */
function saidOf({ because, encrypted, excepted, acknowledged, notes }: Flow): string {
  if (because.length === 1 && !encrypted && excepted.length + acknowledged.length + notes.length === 0)
    return inline(because[0]);
  return flowRemarks({
    because,
    encrypted: encrypted ?? false,
    excepted: excepted.map(exceptedText),
    acknowledged: acknowledged.map(waiverText),
    notes,
  });
}

/** What is said of a tier; nothing for most. */
export function tierLines({ acknowledged, notes }: Pick<GraphTier, 'acknowledged' | 'notes'>): string[] {
  if (acknowledged.length + notes.length === 0) return [];
  return [lineText({ kind: 'tier', acknowledged: acknowledged.map(waiverText), notes })];
}

export function lineText(line: PolicyLine): string {
  switch (line.kind) {
    case 'guardrail':
      return `guardrail: ${inline(line.because)}`;
    case 'tier':
      return `tier: ${remarks(line).join(NEXT)}`;
    default:
      return trafficPart(line.kind, line.traffic) + peerPart(line.peer) + flowRemarks(line);
  }
}

/** What a line of an annotation says; undefined for what `lineText` would not write. */
export function parsedLine(text: string): PolicyLine | undefined {
  const line = read(text);
  return line !== undefined && lineText(line) === text ? line : undefined;
}

function trafficPart(kind: 'in' | 'out', traffic: string): string {
  const preposition = prepositionOf(kind);
  return `${kind} ${field(traffic, preposition)}${preposition}`;
}

function peerPart(peer: string): string {
  return `${field(peer, COLON)}${COLON}`;
}

function prepositionOf(kind: 'in' | 'out'): string {
  return kind === 'in' ? FROM : TO;
}

function flowRemarks({ because, encrypted, ...others }: Omit<FlowLine, 'kind' | 'traffic' | 'peer'>): string {
  return [...because.map(inline), ...(encrypted ? [ENCRYPTED] : []), ...remarks(others)].join(NEXT);
}

/** As it is, or as a JSON string where it could be taken to end earlier, or would not be seen. */
function field(text: string, end: string): string {
  const endsThere = `${text}${end}`.indexOf(end) === text.length;
  return endsThere && isPlain(text) && !text.startsWith('"') && text !== '' ? text : quoted(text);
}

function read(text: string): PolicyLine | undefined {
  const [kind] = /^(?:in |out |tier: |guardrail: )/.exec(text) ?? [];
  if (kind === undefined) return undefined;
  const rest = text.slice(kind.length);
  if (kind === 'guardrail: ') {
    const because = unquoted(rest);
    return because === undefined ? undefined : { kind: 'guardrail', because };
  }
  if (kind === 'tier: ') {
    const said = readRemarks(rest);
    if (said === undefined || said.because.length + said.excepted.length > 0 || said.encrypted) return undefined;
    return { kind: 'tier', acknowledged: said.acknowledged, notes: said.notes };
  }
  return readHalf(kind === 'in ' ? 'in' : 'out', rest);
}

function readHalf(kind: 'in' | 'out', text: string): FlowLine | undefined {
  const traffic = readField(text, prepositionOf(kind));
  const peer = traffic && readField(traffic.rest, COLON);
  const said = peer && readRemarks(peer.rest);
  if (said === undefined || said.because.length === 0) return undefined;
  return { kind, traffic: traffic?.value ?? '', peer: peer?.value ?? '', ...said };
}

function readField(text: string, end: string): { readonly value: string; readonly rest: string } | undefined {
  const [json] = JSON_STRING.exec(text) ?? [];
  const length = json === undefined ? text.indexOf(end) : json.length;
  if (length < 0 || !text.startsWith(end, length)) return undefined;
  const value = json === undefined ? text.slice(0, length) : unquoted(json);
  return value === undefined ? undefined : { value, rest: text.slice(length + end.length) };
}

const JSON_STRING = /^"(?:[^"\\]|\\.)*"/;

/** Plain text holds no semicolon and no quote, so a remark ends where it seems to. */
const REMARK = /(except |acknowledged |note: )?("(?:[^"\\]|\\.)*"|[^;"]+)(?:; |$)/y;

function readRemarks(text: string): Omit<FlowLine, 'kind' | 'traffic' | 'peer'> | undefined {
  const found = new Map<string, string[]>(Object.values(MARKS).map((mark) => [mark, []]));
  const because: string[] = [];
  let encrypted = false;
  REMARK.lastIndex = 0;
  for (let position = 0; position < text.length; position = REMARK.lastIndex) {
    const [, mark, written] = REMARK.exec(text) ?? [];
    const value = written === undefined ? undefined : unquoted(written);
    if (value === undefined) return undefined;
    if (mark === undefined && written === ENCRYPTED) encrypted = true;
    else (mark === undefined ? because : found.get(mark))?.push(value);
  }
  const of = (name: keyof typeof MARKS) => found.get(MARKS[name]) ?? [];
  return { because, encrypted, excepted: of('excepted'), acknowledged: of('acknowledged'), notes: of('notes') };
}

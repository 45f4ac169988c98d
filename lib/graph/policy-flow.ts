import type { Excepted, Flow, Waiver } from '../model/flow';
import * as ips from '../model/ip-set';
import { type AddressNames, endCell, endText, ownerOf } from './ends';
import { inline } from './plain-words';
import { trafficText } from './traffic-text';

/** One flow of a policy graph, in words: who may open connections to whom, with what traffic, and why. */
export interface PolicyFlow {
  /**
   * Where connections come from: a tier (`ai-agents/agent`), pods of somebody else (`monitoring/{app=prometheus}`), or
   * addresses (`192.0.2.0/24`, or a name such as `internet`, which the text form of the graph spells out), host names
   * (`api.example.com`, `*.example.com` for one label, `**.example.com` for any depth), or `<api-server>` and `<nodes>`,
   * which the engine knows by itself.
   */
  readonly source: string;
  /** Where they go, in the same words. */
  readonly destination: string;
  /**
   * Protocols and pod ports, such as `TCP/8000,9000-9100 UDP/53`; `*` is all traffic. Where only some requests pass, they
   * are in brackets behind: `TCP/8000 (POST /v1/chat/completions)`.
   */
  readonly traffic: string;
  /** Whether the flow must be encrypted on its way, which the cluster promises and no policy can. */
  readonly encrypted: boolean;
  /** Why the flow is there: every reason that was given for it, sorted. */
  readonly because: string[];
  /**
   * Who must allow the other half of the flow, where one end is pods of somebody else.
   * @default - both ends are tiers of this deployment, or the other end is addresses
   */
  readonly owner?: string;
  /** Addresses that the flow would have had and does not, each with its reason: `10.0.0.0/28: …`. */
  readonly excepted: string[];
  /** Rules that are waived for this flow, each with its reason: `wide-egress: …`. */
  readonly acknowledged: string[];
  /** What a reader must know about the flow, sorted. */
  readonly notes: string[];
}

/** The flow in words. */
export function policyFlow(flow: Flow, names: AddressNames): PolicyFlow {
  const owner = ownerOf(flow.from) ?? ownerOf(flow.to);
  return {
    source: endText(flow.from, names),
    destination: endText(flow.to, names),
    traffic: trafficText(flow.traffic),
    encrypted: flow.encrypted ?? false,
    because: [...flow.because],
    ...(owner === undefined ? {} : { owner }),
    excepted: flow.excepted.map(exceptedText),
    acknowledged: flow.acknowledged.map(waiverText),
    notes: [...flow.notes],
  };
}

/** The flow as cells of a line: source, arrow, destination, traffic, and everything that is said about it. */
export function flowCells(flow: Flow, names: AddressNames): string[] {
  const { traffic, because, encrypted, excepted, acknowledged, notes } = policyFlow(flow, names);
  return [
    endCell(flow.from, names),
    `-> ${endCell(flow.to, names)}`,
    traffic,
    [...because.map(inline), ...(encrypted ? ['encrypted'] : []), ...remarks({ excepted, acknowledged, notes })].join(
      '; ',
    ),
  ];
}

/** What is said beside the reasons, each beginning with the word that tells what it is. */
export function remarks(about: {
  excepted?: readonly string[];
  acknowledged: readonly string[];
  notes: readonly string[];
}): string[] {
  return [
    ...(about.excepted ?? []).map((text) => `except ${inline(text)}`),
    ...about.acknowledged.map((text) => `acknowledged ${inline(text)}`),
    ...about.notes.map((text) => `note: ${inline(text)}`),
  ];
}

/** `rule: reason`. */
export function waiverText({ rule, because }: Waiver): string {
  return `${rule}: ${because}`;
}

/** The addresses as blocks, and the reason. */
export function exceptedText({ addresses, because }: Excepted): string {
  return `${ips.plainBlocks(addresses).join(', ')}: ${because}`;
}

import type { Guardrail, GuardrailDeny, HostAllow, HostGuardrail } from '../model/guardrail';
import { podSetText } from '../model/pod-set';
import { portsText } from '../model/port-set';
import { selectorText } from '../model/selector';
import { endText } from './ends';
import type { GraphData } from './graph-data';
import { inline } from './plain-words';
import type { TextSection } from './text-section';

/** Guardrails of the cluster and of its nodes, a line each. */
export function guardrailSections({ guardrails = [], hostGuardrails = [] }: GraphData): TextSection[] {
  return [
    { kind: 'guardrail', heading: 'guardrails of the cluster', lines: guardrails.map(guardrailCells) },
    { kind: 'host-guardrail', heading: 'guardrails of nodes', lines: hostGuardrails.map(hostGuardrailCells) },
  ];
}

function guardrailCells({ name, because, denies, isolates }: Guardrail): string[] {
  const parts = [
    ...denies.map((deny) => `deny ${denyText(deny)}`),
    ...isolates.map((pods) => `isolate ${podSetText(pods)}`),
  ];
  return [name, parts.join('; '), inline(because)];
}

function denyText({ direction, subject, peer, ports }: GuardrailDeny): string {
  return connectionText(podSetText(subject), direction, endText(peer, new Map()), portsText(ports));
}

function hostGuardrailCells({ name, because, nodes, allows }: HostGuardrail): string[] {
  const subject = `nodes {${selectorText(nodes)}}`;
  return [name, allows.map((allow) => `allow ${allowText(subject, allow)}`).join('; '), inline(because)];
}

function allowText(subject: string, { direction, peer, ports, because }: HostAllow): string {
  return `${connectionText(subject, direction, endText(peer, new Map()), portsText(ports))} (${inline(because)})`;
}

function connectionText(subject: string, direction: 'ingress' | 'egress', peer: string, ports: string): string {
  return direction === 'egress' ? `${subject} -> ${peer} ${ports}` : `${peer} -> ${subject} ${ports}`;
}

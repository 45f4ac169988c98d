import { KNOWN_SYSTEMS, type KnownSystem, type SystemPart, type SystemRequest } from '../known-systems';
import type { HttpRule } from '../values/http-rule';
import type { CatalogEntry, CatalogPart } from './entry';
import { conditionsOf, flowsWithOthers, partsOfUsers, systemNamed } from './known';
import { ruleOf } from './request-values';

/** Ids of all systems, in the order of the alphabet. */
export function systemIds(): string[] {
  return KNOWN_SYSTEMS.map(({ id }) => id).sort();
}

/** What is known of a system, for whoever asks. */
export function describedSystem(id: string): CatalogEntry {
  const system = systemNamed(id);
  const { title, role, parts, requests = [], administration = [], calls = [], telemetry = [], ...rest } = system;
  const here = new Set(partsOfUsers(system).map(({ name }) => name));
  return {
    id,
    title,
    role,
    parts: parts.map((part) => describedPart(part, system)),
    others: [...new Set(flowsWithOthers(system, here).map(({ other }) => other))],
    conditions: [...conditionsOf(system)],
    requests: requests.map(requestText),
    administration: administration.map(requestText),
    hosts: calls.map(({ host, port = 443, because }) => ({ host, port, because })),
    telemetry: telemetry.map(({ host, port = 443, what = 'figures about its use', off }) => ({
      host,
      port,
      because: what,
      ...(off !== undefined && { off }),
    })),
    policies: (rest.policies ?? []).map((policy) => ({ ...policy })),
    traps: [...(rest.traps ?? [])],
    versions: rest.versions,
    source: rest.source,
    lookedAt: rest.lookedAt,
  };
}

/** The requests for users of a system; none where every request is for them. */
export function requestsForUsers(id: string): HttpRule[] {
  return (systemNamed(id, 'Catalog.requests').requests ?? []).map(ruleOf);
}

function describedPart({ name, role, ports, labels }: SystemPart, system: KnownSystem): CatalogPart {
  return {
    name,
    role: role ?? system.role,
    ports: ports.map(({ number, last, protocol = 'TCP', purpose, what, isOptional = false }) => ({
      number,
      ...(last !== undefined && { last }),
      protocol,
      purpose,
      what,
      isOptional,
    })),
    hasLabels: labels.length > 0,
  };
}

function requestText({ method, path }: SystemRequest): string {
  return method === undefined ? path : `${method} ${path}`;
}

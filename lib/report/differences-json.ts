import type { Cause, Change, ChangeEnd, Differences } from '../analysis';
import { hostText } from '../model/host-pattern';
import * as ips from '../model/ip-set';
import type { PolicyRef } from '../model/layer';
import * as ports from '../model/port-set';
import { verdictLine } from './change-words';

/** What the JSON of differences says that it is. */
export const DIFFERENCES_SCHEMA = 'cdk8s-zero-trust/differences/v1';

/** Differences for programs: every change whole, ends and all, in the one order. */
export function differencesJson(found: Differences): string {
  const { changes, paths, policies, requests, workloads, unseen, engine } = found;
  const json = {
    schema: DIFFERENCES_SCHEMA,
    verdict: verdictLine(found),
    ...(engine && { engine }),
    paths,
    workloads,
    ...(unseen.length > 0 && { unseen: unseen.map(({ id }) => id) }),
    changes: changes.map(changeJson),
    policies: policies.map(({ change, policy }) => ({ change, ...policyJson(policy) })),
    requests: requests.map(({ policy, gone, come }) => ({ ...policyJson(policy), removed: gone, added: come })),
  };
  return `${JSON.stringify(json, undefined, 2)}\n`;
}

function changeJson({ kind, from, to, before, after, presence, paths, internet, causes, reasons }: Change) {
  return {
    kind,
    from: endJson(from),
    to: endJson(to),
    before: verdictJson(before),
    after: verdictJson(after),
    workloads: presence,
    paths,
    ...(internet && { internet }),
    causes: causes.map(causeJson),
    reasons,
  };
}

/** Whole: a list of workloads, blocks without excepts, the name of an entity, or a host. */
export function endJson(end: ChangeEnd) {
  switch (end.kind) {
    case 'workloads':
      return { workloads: end.workloads };
    case 'addresses':
      return { addresses: ips.blocks(end.addresses) };
    case 'entity':
      return { entity: end.entity };
    case 'host':
      return { host: hostText(end.host) };
  }
}

function verdictJson({ must, may }: Change['before']) {
  return { must: ports.portsText(must), may: ports.portsText(may) };
}

function causeJson(cause: Cause) {
  return cause.kind === 'policy'
    ? { cause: cause.kind, change: cause.change, ...policyJson(cause.policy) }
    : causeOf(cause);
}

function causeOf({ kind, ...rest }: Exclude<Cause, { kind: 'policy' }>) {
  return { cause: kind, ...rest };
}

function policyJson({ kind, namespace, name, source }: PolicyRef) {
  return { kind, ...(namespace !== undefined && { namespace }), name, ...(source !== undefined && { source }) };
}

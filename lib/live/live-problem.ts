import { type Problem, ZeroTrustError } from '../model/problem';

// What goes wrong between us and an API server. Nothing of it may look like something that is not there.

/** An RBAC rule that is missing: what a ClusterRole has to grant. */
export interface MissingRight {
  /** `''` for the core group. */
  readonly group: string;
  readonly resource: string;
  readonly verb: 'get' | 'list';
  /** Where only that namespace was asked about. */
  readonly namespace?: string;
  /** Of a single object. */
  readonly name?: string;
}

export function rightText({ group, resource, verb, namespace, name }: MissingRight): string {
  const of = group === '' ? 'the core group' : group;
  return [
    `${verb} ${resource} of ${of}`,
    ...(name === undefined ? [] : [`named ${name}`]),
    ...(namespace === undefined ? [] : [`in the namespace ${namespace}`]),
  ].join(' ');
}

/** The rule as a manifest has it. */
export function rightRule({ group, resource, verb, name }: MissingRight): string {
  const names = name === undefined ? '' : `, resourceNames: ['${name}']`;
  return `- { apiGroups: ['${group}'], resources: [${resource}]${names}, verbs: [${verb}] }`;
}

export function forbidden(right: MissingRight, where: string): Problem {
  return {
    rule: 'live-forbidden',
    where,
    what: `This user may not ${rightText(right)}, and without them any answer may be wrong`,
    value: rightText(right),
    allowed: 'the ClusterRole of docs/live.md',
    fix: `Grant it: ${rightRule(right)}`,
  };
}

export function failed(path: string, status: number, words: string, where: string): ZeroTrustError {
  const said = words.split('\n')[0].slice(0, 300);
  return new ZeroTrustError({
    rule: status === 0 ? 'live-unreachable' : 'live-failed',
    where,
    what:
      status === 0
        ? `The API server did not answer for ${path}, so that nothing is known of what is there: ${said}`
        : `The API server answered ${status} for ${path}, so that nothing is known of what is there: ${said}`,
    value: path,
    fix: status === 401 ? 'Log in again, as the kubeconfig has it.' : 'Run it again once the API server answers.',
  });
}

/** A list that died between its pages: what was read of it is no answer. */
export function interrupted(path: string, pages: number, words: string, where: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'live-interrupted',
    where,
    what: `The list ${path} ended after ${pages} of its pages: what is on the others is not known, and nothing is reported as absent`,
    value: words.split('\n')[0].slice(0, 300),
    fix: 'Run it again once the API server answers.',
  });
}

export function restless(path: string, tries: number, where: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'live-expired',
    where,
    what: `The list ${path} expired ${tries} times before its last page was read`,
    value: path,
    fix: 'Run it again when the cluster is calmer, or narrow it: --only-namespace models',
  });
}

export function notJson(path: string, where: string): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'live-failed',
    where,
    what: `The answer for ${path} is not JSON of Kubernetes`,
    value: path,
    fix: 'Look at what answers: kubectl get --raw /api',
  });
}

export function unreachable(of: { kubectl: string; context?: string; words: string }): ZeroTrustError {
  return new ZeroTrustError({
    rule: 'live-kubectl',
    what: `There is no ${of.kubectl} that could be run to ask the cluster: ${of.words.split('\n')[0]}`,
    value: of.kubectl,
    fix: 'Install kubectl, or name the program: --kubectl /usr/local/bin/kubectl',
  });
}

import type { ApiObject } from 'cdk8s';
import { type Problem, problemText, ZeroTrustError } from '../model/problem';
import type { Located } from './records';

/** @throws with every problem, where there are some. */
export function refuseProblems({ problems }: { readonly problems: readonly Located[] }): void {
  if (problems.length > 0) throw new ZeroTrustError(problems.map(({ problem }) => problem));
}

/** What cdk8s prints of a problem, with the path of the construct before it. */
export function messageOf({ construct, problem }: Located): string {
  return problemText(problem.where === construct.node.path ? { ...problem, where: undefined } : problem);
}

/** What a workload or a policy renders that was changed after it was validated. */
export function changedInSynthesis({ node, name }: ApiObject): Problem {
  return {
    rule: 'changed-in-synthesis',
    where: node.path,
    what: 'it renders something else than when the app was validated, so what is written is not what was proved',
    value: name,
    allowed: 'workloads and policies that are complete before app.synth()',
    fix: 'Change it before the synthesis, not in a Lazy or in a validation.',
  };
}

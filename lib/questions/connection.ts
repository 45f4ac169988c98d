import type { ResolvedEnd } from '../asking/resolved-end';
import type { PortSet } from '../model/port-set';
import * as ports from '../model/port-set';
import type { TestVerdict } from './verdict';

/** Whether what was expected of every connection between two ends holds. */
export interface Statement {
  /** Undefined where there is nothing to ask about: an end that nothing is, a port that no container has. */
  readonly holds: boolean | undefined;
  /** What is expected of which connection, and that it is perhaps otherwise. */
  readonly sentence: string;
  /** What was expected and did not hold, or the other way round, with why. */
  readonly message: () => string;
}

/** `sayStranger` is how a pod that no manifest mentions is asked about on purpose. */
export function statementOf(expected: 'allowed' | 'denied', verdict: TestVerdict, sayStranger: string): Statement {
  const { from, to, ports: set, asked } = verdict;
  const unknown = [from, to].filter(({ isUnknown }) => isUnknown);
  if (unknown.length > 0)
    return { holds: undefined, sentence: asked, message: () => unknownText(unknown, sayStranger) };
  if (verdict.isUnknownPort) return { holds: undefined, sentence: asked, message: () => unknownPortText(to, set) };
  const holds = expected === 'allowed' ? verdict.passes : verdict.isDenied;
  const sentence = holds
    ? `expected ${asked} not to be ${expected}`
    : `expected ${asked} to be ${expected}${perhaps(verdict, expected)}`;
  return { holds, sentence, message: () => (holds ? sentence : `${sentence}\n\n${verdict.explanation(expected)}`) };
}

/** Of what is not certain, the explanation says why, and what would make it so. */
function perhaps(verdict: TestVerdict, expected: 'allowed' | 'denied'): string {
  return verdict.isPerhaps(expected) ? ', and it is perhaps one, perhaps the other' : '';
}

/** What is said of a port that no container has by its name. */
export function unknownPortText({ name, workloads }: ResolvedEnd, set: PortSet): string {
  const named = workloads.flatMap((workload) => workload.ports.flatMap(({ name: own }) => own ?? []));
  const theirs = named.length === 0 ? 'They name no port' : `They name ${[...new Set(named)].join(', ')}`;
  return `No container of ${name} has a port called as in ${ports.portsText(set)}, so the answer would say nothing. ${theirs}.`;
}

/** What is said of ends that nothing in the manifests is. */
export function unknownText(ends: readonly ResolvedEnd[], sayStranger: string): string {
  return ends
    .flatMap(({ name, hint }) => [
      `${name} matches nothing in these manifests, neither a workload nor a policy, so the answer would say nothing.`,
      ...(hint === undefined ? [] : [`  ${hint}`]),
    ])
    .concat(`If that is meant, say so: ${sayStranger}`)
    .join('\n');
}

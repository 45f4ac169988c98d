import { type Answer, answerTo } from '../asking/answer';
import { requestsTaken } from '../asking/requests-taken';
import * as ports from '../model/port-set';
import { type Places, placesIn } from '../report/places';
import type { Given } from './command';
import { ExitCode } from './exit-codes';
import type { Io } from './io';
import { readManifestsGiven } from './manifests';
import { knownWorld, questionGiven } from './question';
import { usageError } from './usage-error';

/** An answer, and where its policies are written. */
export interface AnswerGiven {
  readonly answer: Answer;
  readonly places: Places;
  /** Policies of Cilium are enforced, which say what NetworkPolicy cannot. */
  readonly isCilium: boolean;
}

/** The answer to what a command line asks. @throws where there is nothing to ask about. */
export async function answerGiven(given: Given, io: Io): Promise<AnswerGiven> {
  const manifests = await readManifestsGiven(given, io);
  const known = knownWorld(manifests);
  const answer = answerTo(questionGiven(given, known), known);
  if (answer.isUnknownPort) throw unknownPort(answer);
  const assumed = [...answer.assumed, ...requestsTaken(answer, known)];
  return {
    answer: { ...answer, assumed },
    places: placesIn(manifests.reading),
    isCilium: manifests.plane.engine === 'cilium',
  };
}

export function exitCodeOf({ verdict }: Answer): ExitCode {
  if (verdict === 'yes') return ExitCode.YES;
  return verdict === 'no' ? ExitCode.NO : ExitCode.PERHAPS;
}

function unknownPort({ question: { to, ports: set = ports.none } }: Answer) {
  const named = to.workloads.flatMap((workload) => workload.ports.flatMap(({ name }) => name ?? []));
  const theirs = [...new Set(named)];
  return usageError({
    what: `No container of ${to.name} has a port called as in ${ports.portsText(set)}`,
    value: ports.portsText(set),
    allowed: theirs.length === 0 ? 'numbers, since its containers name no port' : `a number, or ${theirs.join(', ')}`,
  });
}

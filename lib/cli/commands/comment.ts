import { differences } from '../../analysis';
import { CHECKS, seenOf } from '../../checks';
import { ACKNOWLEDGEMENT_UNUSED } from '../../findings/acknowledgement-unused';
import { checked } from '../../report/checked';
import { commentMarkdown } from '../../report/comment-markdown';
import type { FindingsReport } from '../../report/findings-report';
import type { ProofResult } from '../../report/proof-result';
import { thisTool } from '../../report/this-tool';
import { knownRules } from '../../settings/known-rules';
import type { Command, Given } from '../command';
import { ExitCode } from '../exit-codes';
import { revisionOf } from '../git-revision';
import type { Io } from '../io';
import type { ManifestsGiven } from '../manifests';
import { printed } from '../output';
import { STDIN } from '../paths';
import { sidesGiven, stateOf } from '../sides';
import { proved, saysNothing } from './prove';

export const comment: Command = {
  name: 'comment',
  summary: 'what a pull request is told: what changed, what is newly found, what is proved',
  usage: 'comment <old> <new>',
  examples: [
    'cdk8s-zero-trust comment git:origin/main:dist dist',
    'cdk8s-zero-trust comment before after --output comment.md',
  ],
  options: [
    {
      flags: '--graph <file>',
      description: 'what is declared (default: the graph.json beside the new manifests, in each folder that has one)',
    },
  ],
  reads: 'own',
  formats: ['markdown'],
  notes: [
    'It judges nothing, and ends with 0 where it could be written: check, diff and prove fail on what you ask them to.',
    'It begins with a mark in a line of its own, by which whoever keeps one comment for each pull request finds it again, and has less than 60,000 characters.',
  ],
  async run(given, io) {
    const { old, own } = await sidesGiven(given, io);
    const before = findings(old, given, io);
    const after = findings(own, given, io);
    const proofs = await proofsOf(given, io);
    printed(given, io, {
      markdown: () =>
        commentMarkdown({
          differences: differences(stateOf(old), stateOf(own)),
          found: without(after.found, before.found),
          gone: without(before.found, [...after.found, ...after.acknowledged.map(({ finding }) => finding)]).length,
          proofs,
        }),
    });
    return ExitCode.YES;
  },
};

function findings({ reading, plane, facts, settings }: ManifestsGiven, given: Given, io: Io): FindingsReport {
  const defaultNamespace = given.value('namespace');
  const seen = seenOf(reading, plane, {
    ...(facts && { facts }),
    ...(defaultNamespace !== undefined && { defaultNamespace }),
  });
  return checked(seen, {
    checks: CHECKS,
    rules: knownRules(),
    // What settings accept may be only in one of the two: an acknowledgement that waives nothing is told by check.
    isAsked: (rule) => rule !== ACKNOWLEDGEMENT_UNUSED.id,
    given: settings?.acknowledge ?? [],
    paths: given.args,
    folder: io.cwd,
    tool: thisTool(),
  });
}

function without(found: FindingsReport['found'], others: FindingsReport['found']): FindingsReport['found'] {
  const known = new Set(others.map(({ fingerprint }) => fingerprint));
  return found.filter(({ fingerprint }) => !known.has(fingerprint));
}

/** Messages about the reading were printed by then. A graph says which cluster it is for, whatever the rest is told. */
async function proofsOf(given: Given, io: Io): Promise<readonly ProofResult[]> {
  const [, own] = given.args;
  if (own === STDIN || revisionOf(own) !== undefined) return [];
  const asked: Given = {
    ...given,
    paths: [own],
    has: (option) => option !== 'engine' && option !== 'cluster' && given.has(option),
  };
  const results = await proved(asked, { ...io, err: () => undefined });
  return results.filter((result) => !saysNothing(result));
}

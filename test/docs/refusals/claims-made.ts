// The sentences of guides that say that something is refused, warned of or found.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is tried by a test of its own, or is no promise of this library. */
interface Elsewhere {
  readonly page: string;
  readonly says: string;
  readonly rule?: string;
  /** The test. */
  readonly by: string;
}

export const ELSEWHERE: readonly Elsewhere[] = [
  {
    page: 'probes.md',
    says: 'what could not be deleted is an error that names it',
    by: 'test/cli/probe.test.ts',
  },
  {
    page: 'start/ten-minutes.md',
    says: 'a refusal is an exception with the same sentence',
    by: 'test/languages/python/test_mesh.py',
  },
  {
    page: 'explanation/what-the-proof-proves.md',
    says: 'Over the budget the answer is *not proved*, which is an error.',
    by: 'test/proof/prove.test.ts',
  },
  {
    page: 'ci.md',
    says: 'A property that is none is a violation, and so is everything else that goes wrong:',
    by: 'test/validation/validated.test.ts',
  },
  {
    page: 'command-line.md',
    says: 'A kustomization that changes what is read (patches, another namespace, labels in selectors, components, replacements), or leaves out policies or Namespaces beside it, is refused',
    by: 'test/analysis/kustomizations.test.ts',
  },
  {
    page: 'probes.md',
    says: 'what could not be deleted is an error that names it.',
    by: 'test/cli/probe.test.ts',
  },
  {
    page: 'adopting.md',
    says: 'where the entry would open more or less, or is refused beside what passes today, a plain tier names the system',
    by: 'test/adopt/with-entries.test.ts',
  },
  {
    page: 'engines.md',
    says: 'Each row is one declaration, rendered for each engine and proved on it, or refused for the reason below the table.',
    by: 'test/engines/portability',
  },
  {
    page: 'engines.md',
    says: 'What a policy of ours would lose there is written otherwise, or refused; what no policy can change is a precondition.',
    by: 'test/deployment/rules/platform-limits.test.ts',
  },
];

/** Somebody else refuses: a pod, an API server, cdk8s-cli. */
const BY_OTHERS: readonly string[] = [
  'a refused connection is an answer from a pod that does not listen',
  'an API server with the standard channel drops the field and refuses what is left',
  '`--validation-reports-output-file` refuses a file that is there.',
];

/** Written by a script from what they are about, and held by the tests of that. */
const GENERATED = /^(catalog|checks|rules|flows|flow-logs|load-balancers|field-notes|api\/.*)\.md$/;
/** About the code and its measurements, and not about what somebody declares. */
const ABOUT_US = /^(architecture|decisions|quality)\.md$/;

const CLAIMING =
  /\brefus(es|ed|al)\b|synthesis (fails|warns|stops)|\b(is|are) an? (finding|warning|violation|problem|error)\b/;

const RULES: ReadonlySet<string> = new Set(
  ['rules.md', 'checks.md'].flatMap((page) =>
    [...readFileSync(join('docs', page), 'utf8').matchAll(/^### ([a-z-]+)$/gm)].map(([, rule]) => rule),
  ),
);

/** Page and sentence. */
export function sentencesThatClaim(): readonly (readonly [string, string])[] {
  const navigation: Readonly<Record<string, readonly { readonly page: string }[]>> = JSON.parse(
    readFileSync('docs/site.json', 'utf8'),
  );
  return Object.values(navigation)
    .flat()
    .map(({ page }) => page)
    .filter((page) => !GENERATED.test(page) && !ABOUT_US.test(page))
    .flatMap((page) =>
      sentencesOf(readFileSync(join('docs', page), 'utf8'))
        .filter((sentence) => !BY_OTHERS.some((one) => sentence.includes(one)))
        .filter((sentence) => CLAIMING.test(sentence) || rulesNamed(sentence).length > 0)
        .map((sentence) => [page, sentence] as const),
    );
}

/** Ids of rules that a sentence names; `api-server` is what an end of a connection is called as well. */
export function rulesNamed(sentence: string): readonly string[] {
  return [...sentence.matchAll(/`([a-z]+(?:-[a-z]+)+)`/g)]
    .map(([, id]) => id)
    .filter((id) => RULES.has(id) && id !== 'api-server');
}

/** Whether one of them is a part of the other. */
export function pieces(one: string, other: string): boolean {
  return one.includes(other) || other.includes(one);
}

/** Outside of code and of tables that are written by a script; rows of other tables are sentences. */
function sentencesOf(markdown: string): readonly string[] {
  return markdown
    .replace(/^```[\s\S]*?^```/gm, '')
    .replace(/<!-- begin:[\s\S]*?<!-- end -->/g, '')
    .split('\n')
    .flatMap((line) => line.replace(/^(#+|-|\d+\.) /, '').split(/(?<=[.:]\*{0,2}) (?=[A-Z*`])/))
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== 'What is refused')
    .filter((sentence) => sentence !== '');
}

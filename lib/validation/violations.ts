import type { SeenObject } from '../checks/seen';
import type { FoundProblem } from '../findings/finding';
import { objectText } from '../kinds/manifest';
import { groupBy } from '../model/group-by';
import { printable, printableLines } from '../model/printable';
import { problemText } from '../model/problem';
import type { RuleInfo } from '../report/findings-report';
import type { ProofResult } from '../report/proof-result';
import { verdictText } from '../report/proof-text';
import type { ZeroTrustViolatingResource, ZeroTrustViolation } from './report';
import type { Together } from './together';

/** The name that cdk8s-cli looks a construct up by, from how a person names the object. */
export type ResourceNames = (object: string) => string | undefined;

/**
 * The name alone where it is of one object. Of several, cdk8s-cli would show the construct of whichever came last: with kind
 * and namespace it shows none.
 */
export function resourceNames(objects: readonly SeenObject[]): ResourceNames {
  const texts = new Map(objects.map(({ ref }) => [objectText(ref), ref.name]));
  const count = new Map<string, number>();
  for (const name of texts.values()) count.set(name, (count.get(name) ?? 0) + 1);
  return (object) => {
    const name = texts.get(object);
    return name === undefined || count.get(name) !== 1 ? undefined : name;
  };
}

/** Findings as cdk8s-cli reports them: by rule, and for each rule by object. */
export function violationsOf(
  found: readonly FoundProblem[],
  rules: ReadonlyMap<string, RuleInfo>,
  names: ResourceNames,
): readonly ZeroTrustViolation[] {
  return [...groupBy(found, ({ rule }) => rule)].map(([rule, ofRule]) =>
    violation(rule, ofRule, rules.get(rule), names),
  );
}

function violation(
  rule: string,
  found: readonly FoundProblem[],
  info: RuleInfo | undefined,
  names: ResourceNames,
): ZeroTrustViolation {
  const [{ level, what, why = info?.why, fix = 'See what is allowed above.' }] = found;
  const about = info === undefined ? what : info.title;
  const link = info?.link === undefined ? '' : ` ${info.link}`;
  return {
    ruleName: rule,
    recommendation: printable(`${level}: ${about}.${why === undefined ? '' : ` ${why}.`}${link}`),
    fix: printableLines(info?.fix ?? fix),
    violatingResources: [...groupBy(found, resourceKey)].map(([, ofOne]) => resourceOf(ofOne, names)),
  };
}

function resourceKey({ place, where = '' }: FoundProblem): string {
  return JSON.stringify([place?.file ?? where, place?.object]);
}

function resourceOf(found: readonly FoundProblem[], names: ResourceNames): ZeroTrustViolatingResource {
  const [{ place, where = 'no file' }] = found;
  const file = printable(place?.file ?? where);
  const object = place?.object;
  return {
    resourceName: printable(object === undefined ? file : (names(object) ?? object)),
    locations: found.map(locationOf),
    manifestPath: file,
  };
}

/** `NetworkPolicy ai-data/weaviate spec.ingress[0] (dist/a.yaml:41): what is wrong.` */
function locationOf({ place, where, about, what, allowed }: FoundProblem): string {
  const at = place?.file === undefined ? undefined : [place.file, ...(place.line === undefined ? [] : [place.line])];
  const named = [place?.object, place?.field].filter((part) => part !== undefined).join(' ');
  const places = [...(named === '' ? [] : [named]), ...(at === undefined ? [] : [`(${at.join(':')})`])];
  const start = places.length === 0 ? (where ?? '') : places.join(' ');
  const text = [...(about === undefined ? [] : [about]), `${what}.`].join(': ');
  const more = allowed === undefined ? '' : ` Allowed: ${allowed}.`;
  return printable(`${start === '' ? '' : `${start}: `}${text}${more}`);
}

/** What speaks against a proof: one violation, with everything that does. */
export function violationsOfProof(proof: ProofResult, { name, graph }: Together): readonly ZeroTrustViolation[] {
  const { against, conclusion } = proof;
  const rule = conclusion === 'undecided' ? 'proof-undecided' : graph === undefined ? 'not-consistent' : 'not-proved';
  return [
    {
      ruleName: rule,
      recommendation: verdictText(proof),
      fix:
        graph === undefined
          ? 'Render the policies anew, so that they and what they say of themselves are of one state.'
          : 'Render the app anew, so that manifests and graph are of one state; or take back what was changed by hand.',
      violatingResources: [
        {
          resourceName: printable(name),
          locations: against.map((problem) =>
            [problemText(problem), ...problem.places.map((place) => `at ${printable(place)}`)]
              .join('\n')
              .replaceAll('\n', '\n        '),
          ),
          manifestPath: printable(graph ?? name),
        },
      ],
    },
  ];
}

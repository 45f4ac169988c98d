import type { Location, Log, ReportingDescriptor, Result, Suppression } from 'sarif';
import type { MarkedFinding } from '../findings/fingerprint';
import { printable } from '../model/printable';
import type { FindingsReport, RuleInfo } from './findings-report';
import { plainMarkdown } from './markdown-escape';
import { pathInRepository } from './relative-path';
import { sentences } from './sentences';

/** SARIF 2.1.0 (OASIS standard of 27 March 2020, with Errata 01), as code scanning takes it. */
export function findingsAsSarif(report: FindingsReport): string {
  const { found, acknowledged, baselined, gone, rules, tool } = report;
  const positions = new Map(rules.map(({ id }, position) => [id, position]));
  const hasBaseline = baselined.length + gone.length > 0;
  const result = (finding: MarkedFinding, state: 'new' | 'unchanged', suppressions: Suppression[]): Result => ({
    ruleId: finding.rule,
    ruleIndex: positions.get(finding.rule) ?? -1,
    level: finding.level,
    message: { text: sentences(finding) },
    locations: [locationOf(finding, report)],
    partialFingerprints: { [FINGERPRINT]: finding.fingerprint },
    ...(hasBaseline && { baselineState: state }),
    suppressions,
  });
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            version: tool.version,
            semanticVersion: tool.version,
            informationUri: tool.link,
            rules: rules.map(descriptor),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: [
          ...found.map((finding) => result(finding, 'new', [])),
          ...acknowledged.map(({ finding, because, by }) =>
            result(finding, 'new', [{ kind: KINDS[by], status: 'accepted', justification: printable(because) }]),
          ),
          ...baselined.map((finding) => result(finding, 'unchanged', [])),
        ],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** The number is raised when what a fingerprint is made of changes. */
const FINGERPRINT = 'cdk8sZeroTrustFinding/v1';

/** Whether the suppression is where the finding is. */
const KINDS = { code: 'inSource', annotation: 'inSource', settings: 'external' } as const;

function descriptor({ id, level, title, why, fix, link }: RuleInfo): ReportingDescriptor {
  const help = [why === undefined ? undefined : `${why}.`, fix].filter((part) => part !== undefined);
  const text = help.length === 0 ? title : help.join('\n\n');
  const page = link === undefined ? '' : `\n\n[${id}](${link})`;
  return {
    id,
    shortDescription: { text: title },
    ...(why !== undefined && { fullDescription: { text: `${why}.` } }),
    help: { text, markdown: `${text.split('\n').map(plainMarkdown).join('\n')}${page}` },
    ...(link !== undefined && { helpUri: link }),
    defaultConfiguration: { level },
  };
}

/** Code scanning refuses a result without a file: what is of no file is of what was read. */
function locationOf({ place = {} }: MarkedFinding, report: FindingsReport): Location {
  const { file = report.reading.paths[0] ?? '.', line, object, field } = place;
  return {
    physicalLocation: {
      artifactLocation: { uri: uriOf(file, report) },
      ...(line !== undefined && { region: { startLine: line } }),
    },
    ...(object !== undefined && {
      logicalLocations: [
        { fullyQualifiedName: printable(field === undefined ? object : `${object}: ${field}`), kind: 'object' },
      ],
    }),
  };
}

/** Relative to the top of the repository, or to where the check ran; unless the path is absolute. */
function uriOf(file: string, report: FindingsReport): string {
  const path = printable(pathInRepository(file, report)).split('/').map(encodeURIComponent).join('/');
  return path.startsWith('/') ? `file://${path}` : path;
}

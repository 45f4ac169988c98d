import { Cidr, Hostname, HttpRule, ZeroTrustFindings } from '../../../lib';
import { WARNINGS } from '../../../lib/deployment/warnings';
import { WAIVABLE } from '../../../lib/findings/waivable';
import { problemText } from '../../../lib/model/problem';
import { EXAMPLES } from '../../deployment/warnings/examples';
import { type BadInput, refusalOf } from '../../tiers/bad-input/refusal';
import { flowTo } from '../../tiers/bad-input/scenarios';
import { TABLES } from '../../tiers/bad-input/tables';

/** The page of the rules: what each protects from, what it says of an app that breaks it, and how it is acknowledged. */
export function rulesPage(): string {
  const refusals = [...firstByRule()].sort(([a], [b]) => (a < b ? -1 : 1));
  const isWaivable = (rule: string) => Object.hasOwn(WAIVABLE, rule);
  return `${[
    '# Rules',
    INTRODUCTION,
    '## Findings',
    'What is allowed and probably not meant. A synthesis prints warnings, and goes on; notes are for who asks (`ZeroTrustFindings.of(app)`).',
    ...[...WARNINGS].sort((a, b) => (a.id < b.id ? -1 : 1)).map(warningSection),
    '## Refusals that can be acknowledged',
    'Errors that somebody may have a reason to accept. The acknowledgement shows in the graph with its reason.',
    ...refusals.filter(([rule]) => isWaivable(rule)).map(refusalSection),
    '## Refusals',
    'Errors that nothing waives. The example is one of several that a rule can refuse.',
    ...refusals.filter(([rule]) => !isWaivable(rule)).map(refusalSection),
  ].join('\n\n')}\n`;
}

const INTRODUCTION = `Everything that this library refuses or warns of has an id, which the message and the acknowledgement share. This page is written by \`npm run rules\` from the rules and their tests.

\`\`\`ts
agent.connections.allowTo(Internet.any(), {
  because: 'agents browse the web',
  ports: [Port.allTcp()],
  acknowledge: [{ rule: Rule.AGENT_ALL_PORTS, because: 'the sandbox inspects all traffic' }],
});
\`\`\`

An acknowledgement stands on the flow, the tier or the namespace that it is about. One that waives nothing is a finding itself (\`acknowledgement-unused\`).`;

function warningSection({ id, level, why, fix }: (typeof WARNINGS)[number]): string {
  return section(id, [
    `Level: ${level}${id === 'port-not-served' ? '; error where a Service of the app maps the port to another one' : ''}. ${acknowledged(id)}`,
    `Why: ${why}.`,
    block(ZeroTrustFindings.of(EXAMPLES[id].fails()).toText()),
    `Fix: ${fix}`,
  ]);
}

function refusalSection([rule, row]: readonly [string, BadInput]): string {
  return section(rule, [
    `Level: error. ${acknowledged(rule)}`,
    ...(Object.hasOwn(WAIVABLE, rule) ? [`What it keeps from happening: ${WAIVABLE[rule]}.`] : []),
    block(problemText(refusalOf(row))),
  ]);
}

function acknowledged(rule: string): string {
  if (!Object.hasOwn(WAIVABLE, rule)) return 'It cannot be acknowledged.';
  return `Acknowledged as \`Rule.${rule.toUpperCase().replaceAll('-', '_')}\`.`;
}

function section(id: string, parts: readonly string[]): string {
  return [`### ${id}`, ...parts].join('\n\n');
}

/** Words that are longer than any line are cut: what is left says enough. */
function block(text: string): string {
  const short = text
    .trimEnd()
    .replace(/[^\s]{200,}/g, (word) => `${word.slice(0, 80)}…`)
    // The line of a test says nothing to a reader, and moves.
    .replaceAll(process.cwd(), '/home/you/platform')
    .replace(/\btest\/[\w/.-]+\.ts:\d+/g, 'platform.ts:41');
  return ['```text', short, '```'].join('\n');
}

function firstByRule(): ReadonlyMap<string, BadInput> {
  const rows = TABLES.flatMap(([, table]) => Object.values(table)).reverse();
  return new Map([...ENGINES, ...rows].map((row) => [row.rule, row]));
}

/** What an engine cannot say is no wrong value: the same declaration is right on another one. */
const ENGINES: readonly BadInput[] = [
  {
    rule: 'engine-host-names',
    make: flowTo(Hostname.exact('api.example.com')),
    says: /names/,
  },
  {
    rule: 'engine-requests',
    make: flowTo(Cidr.of('192.0.2.0/24'), { http: [HttpRule.get('/metrics')] }),
    says: /requests/,
  },
];

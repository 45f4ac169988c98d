import { CHECKS, type Check } from '../../../lib/checks';
import { findingsText } from '../../../lib/findings/finding';
import { foundIn } from '../../checks/found';

/** The page of the checks: for each what to avoid, what to write instead, why, and where that is from. */
export function checksPage(): string {
  return `${['# Checks', INTRODUCTION, table(), ...CHECKS.map(section)].join('\n\n')}\n`;
}

const INTRODUCTION = `What \`cdk8s-zero-trust check\` finds in manifests, whoever wrote them. Each rule has an id, which its findings, their links and their acknowledgements share. An error fails a check unless it is told otherwise; warnings and notes are for who reads them. Where a rule cannot know, since the other end is in another repository, it says so in a note.

This page is written by \`npm run checks:docs\` from the rules and their own examples.`;

function table(): string {
  return [
    '| rule | level | finds |',
    '|---|---|---|',
    ...CHECKS.map(({ id, level, title }) => `| [${id}](#${id}) | ${level} | ${title} |`),
  ].join('\n');
}

function section(check: Check): string {
  const { id, level, title, why, fix, avoid, prefer, source, told } = check;
  const cluster = told?.facts?.platform ?? told?.engine;
  return [
    `## ${id}`,
    `${title[0].toUpperCase()}${title.slice(1)}. Level: ${level}.`,
    `**Why**: ${why}.`,
    `**How to fix**: ${fix}`,
    cluster === undefined ? '**Avoid**' : `**Avoid** (the cluster is said to run ${cluster})`,
    block('yaml', avoid),
    block('text', findingsText(foundIn(check, avoid, check.told))),
    '**Prefer**',
    block('yaml', prefer),
    `**Source**: ${source}.`,
  ].join('\n\n');
}

function block(language: string, text: string): string {
  return [`\`\`\`${language}`, text.trimEnd(), '```'].join('\n');
}

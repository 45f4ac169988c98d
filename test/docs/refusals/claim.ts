// What a page says is refused, warned of or found, and how it is tried.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { ZeroTrustFindings } from '../../../lib';
import { CHECKS } from '../../../lib/checks';
import { run } from '../../cli/run';
import { refusalOf } from '../../tiers/bad-input/refusal';

export interface Claim {
  /** In the words of the page, of which it is one piece. */
  readonly says: string;
  /** Id of the rule, where there is one. */
  readonly rule?: string;
  /** What a user reads; throws where nothing is refused, warned of or found. */
  readonly read: () => string | Promise<string>;
  /** What is in it. */
  readonly words: RegExp;
}

/** It throws, for this rule. */
export function refused(says: string, rule: string, words: RegExp, make: () => unknown): Claim {
  return { says, rule, words, read: () => refusalOf({ make, rule }).message };
}

/** It is rendered, with a warning or a note of this rule. */
export function warned(says: string, rule: string, words: RegExp, make: () => App): Claim {
  return {
    says,
    rule,
    words,
    read: () => {
      const findings = ZeroTrustFindings.of(make()).toText().split('\n\n');
      return named(findings, (text) => new RegExp(`^\\w+ +${rule} `).test(text), rule);
    },
  };
}

/** Nothing is refused, and no warning is printed. */
export function taken(says: string, make: () => App): Claim {
  return {
    says,
    words: /^taken$/,
    read: () => (/^(warning|error)/m.test(ZeroTrustFindings.of(make()).toText()) ? 'warned of' : 'taken'),
  };
}

/** `check` finds it in the example that the rule has of what to avoid. */
export function found(says: string, rule: string, words: RegExp): Claim {
  const { avoid } = named(CHECKS, ({ id }) => id === rule, rule);
  return {
    says,
    rule,
    words,
    read: async () => (await ended(['check', 'a.yaml', '--rule', rule, '--verbose'], { 'a.yaml': avoid })).text,
  };
}

/** A command ends with this code, among these files. */
export function ends(says: string, code: number, words: RegExp, argv: readonly string[], files: Files): Claim {
  return {
    says,
    words,
    read: async () => {
      const { code: given, text } = await ended(argv, files);
      if (given !== code) throw new Error(`it ends with ${given}: ${text}`);
      return text;
    },
  };
}

type Files = Readonly<Record<string, string>>;

async function ended(argv: readonly string[], files: Files): Promise<{ readonly code: number; readonly text: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'claim-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    const { code, out, err } = await run(argv, { cwd });
    return { code, text: out + err };
  } finally {
    rmSync(cwd, { recursive: true });
  }
}

function named<T>(all: readonly T[], is: (one: T) => boolean, rule: string): T {
  const one = all.find(is);
  if (one === undefined) throw new Error(`there is no ${rule}`);
  return one;
}

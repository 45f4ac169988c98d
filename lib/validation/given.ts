import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SETTINGS_FILE } from '../analysis/files/own-files';
import type { GivenAcknowledgement } from '../findings/acknowledged';
import type { KnownFinding } from '../findings/baseline';
import type { Level } from '../findings/finding';
import { isObject, shown } from '../kinds/field';
import { type Problem, ZeroTrustError } from '../model/problem';
import { unknownNameText } from '../model/unknown-name';
import { BASELINE_FILE, readBaselineFile } from '../settings/baseline-file';
import { type ClusterRead, readClusterFile } from '../settings/cluster-file';
import { engineCluster, engineGiven } from '../settings/engine-given';
import { findSettings } from '../settings/find-settings';
import { knownRules } from '../settings/known-rules';
import { FAIL_ON, type FailOn, readSettingsFile } from '../settings/settings';

/** What `cdk8s.yaml` and the settings say together. */
export interface Given {
  /** Absent where nothing fails. */
  readonly failsFrom?: Level;
  readonly graph?: string;
  /** Absent where the graph says it, or nobody. */
  readonly cluster?: ClusterRead;
  readonly baseline: readonly KnownFinding[];
  readonly acknowledge: readonly GivenAcknowledgement[];
}

const NAMES = ['failOn', 'graph', 'cluster', 'engine', 'baseline', 'config'] as const;
type Name = (typeof NAMES)[number];

/** @throws for properties and files that are none. */
export function givenIn(properties: unknown, manifests: readonly string[]): Given {
  const { failOn, graph, cluster, engine, baseline, config } = textsIn(properties);
  const told = engine === undefined ? undefined : engineGiven(engine, 'properties.engine');
  const path = config ?? findSettings([dirname(manifests[0])], SETTINGS_FILE);
  const settings = path === undefined ? undefined : readSettingsFile(path, knownRules, told);
  const own = told ?? settings?.engine;
  const known =
    cluster !== undefined
      ? readClusterFile(cluster, own)
      : (settings?.cluster ?? (own && { facts: engineCluster(own, {}), engine: own }));
  const level = failOn === undefined ? (settings?.failOn ?? 'error') : levelIn(failOn);
  return {
    ...(level !== 'none' && { failsFrom: level }),
    ...(graph !== undefined && { graph }),
    ...(known && { cluster: known }),
    baseline: baselineIn(baseline ?? settings?.baseline),
    acknowledge: settings?.acknowledge ?? [],
  };
}

/** One that is named has to be there. */
function baselineIn(named: string | undefined): readonly KnownFinding[] {
  if (named !== undefined) return readBaselineFile(named);
  return existsSync(BASELINE_FILE) ? readBaselineFile(BASELINE_FILE) : [];
}

function levelIn(text: string): FailOn {
  const level = FAIL_ON.find((each) => each === text);
  if (level !== undefined) return level;
  throw new ZeroTrustError(
    wrong('failOn', { what: unknownNameText('level', text, FAIL_ON), value: text, allowed: FAIL_ON.join(', ') }),
  );
}

function textsIn(properties: unknown): Partial<Record<Name, string>> {
  if (properties === undefined || properties === null) return {};
  if (!isObject(properties))
    throw new ZeroTrustError(wrong(undefined, { what: 'The properties are no object', allowed: NAMES.join(', ') }));
  const entries = Object.entries(properties);
  const problems = entries.flatMap(([name, value]) => problemOf(name, value));
  if (problems.length > 0) throw new ZeroTrustError(problems);
  return Object.fromEntries(entries);
}

function problemOf(name: string, value: unknown): Problem[] {
  if (!(NAMES as readonly string[]).includes(name))
    return [wrong(name, { what: unknownNameText('property', name, NAMES), value: name, allowed: NAMES.join(', ') })];
  if (typeof value === 'string' && value !== '') return [];
  return [
    wrong(name, { what: 'The property is no text', value: shown(value), allowed: 'text', fix: 'Write it in quotes.' }),
  ];
}

function wrong(name: string | undefined, problem: Omit<Problem, 'rule'>): Problem {
  const where = name === undefined ? 'cdk8s.yaml: properties' : `cdk8s.yaml: properties.${name}`;
  return { rule: 'validation-properties', where, fix: 'Mend it in cdk8s.yaml, or leave it out.', ...problem };
}

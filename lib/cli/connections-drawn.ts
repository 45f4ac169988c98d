import { type Connectivity, waysIn } from '../analysis';
import type { ConnectionsOf } from '../asking/connections';
import type { KnownWorld } from '../asking/known-world';
import { CHECKS, type Seen, seenOf } from '../checks';
import { checkLink } from '../checks/link';
import { systemOfWorkload } from '../checks/seen-systems';
import type { FoundProblem } from '../findings/finding';
import { toolVersion } from '../model/tool-version';
import { connectionsPicture } from '../picture/connections-picture';
import type { Picture } from '../picture/picture';
import { pictureFindings } from '../picture/picture-findings';
import { checked } from '../report/checked';
import { counted } from '../report/counted';
import { knownRules } from '../settings/known-rules';
import type { Given } from './command';
import type { Io } from './io';
import type { ManifestsGiven } from './manifests';

// Loaded only where connections are drawn, since it knows every rule.

export interface ConnectionsGiven {
  readonly manifests: ManifestsGiven;
  readonly known: KnownWorld;
  readonly reach: Connectivity;
  readonly found: Iterable<ConnectionsOf>;
  /** Nothing is left out. */
  readonly isWhole: boolean;
}

/** Connections with what decides them, and with what `check` finds where that is asked for. */
export function connectionsDrawn(
  { manifests, known, reach, found, isWhole }: ConnectionsGiven,
  given: Given,
  io: Io,
): Picture {
  const { world, plane } = known;
  const { written } = manifests.reading;
  const seen = seenFrom(manifests, given);
  const findings = given.has('check') ? findingsOf(seen, manifests, given, io) : [];
  return connectionsPicture({
    known,
    reach,
    found,
    written,
    waysIn: isWhole ? waysIn({ world, written }, plane) : { ways: [], problems: [] },
    findings: pictureFindings(findings, (rule) => (IDS.has(rule) ? checkLink(rule) : undefined)),
    roleOf: (workload) => systemOfWorkload(seen, workload)?.system.role,
    title: `Connections of ${given.paths.join(', ')}`,
    about: aboutText(known, manifests.plane.engine, findings.length),
    isWhole,
  });
}

const IDS: ReadonlySet<string> = new Set(CHECKS.map(({ id }) => id));

function seenFrom({ reading, plane, facts }: ManifestsGiven, given: Given): Seen {
  const defaultNamespace = given.value('namespace');
  return seenOf(reading, plane, {
    ...(facts && { facts }),
    ...(defaultNamespace !== undefined && { defaultNamespace }),
  });
}

/** What `check` would find, without what is acknowledged. */
function findingsOf(seen: Seen, { settings }: ManifestsGiven, given: Given, io: Io): readonly FoundProblem[] {
  return checked(seen, {
    checks: CHECKS,
    rules: [...new Set([...IDS, ...knownRules()])].sort(),
    given: settings?.acknowledge ?? [],
    paths: given.paths,
    folder: io.cwd,
    tool: { name: 'cdk8s-zero-trust', version: toolVersion(), link: '' },
  }).found;
}

function aboutText({ world }: KnownWorld, engine: string, findings: number): string {
  const namespaces = new Set(world.workloads.map(({ namespace }) => namespace)).size;
  const workloads = `${counted(world.workloads.length, 'workload')} in ${counted(namespaces, 'namespace')}`;
  return `${workloads}, as ${engine} decides${findings === 0 ? '' : `; ${counted(findings, 'finding')}`}.`;
}

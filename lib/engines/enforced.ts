import { doubtOfPolicies, whereOf } from '../kinds/doubtful';
import type { PolicyReading } from '../kinds/policy-reading';
import type { PlaneDoubt } from '../model/layer';
import type { Problem } from '../model/problem';
import type { Engine } from './engine';
import { engineNamed, enginesOfKind } from './engines';

/**
 * Policies of kinds that the engine does not enforce: on its clusters they decide nothing, in silence. Whoever wrote them
 * means another engine, so that nothing is certain of their pods.
 */
export function notEnforced(
  readings: readonly PolicyReading[],
  engine: Engine,
  version: string | undefined,
  platform?: string,
): PlaneDoubt[] {
  const kinds = engine.kinds(version, platform);
  return readings
    .filter(({ kind }) => !kinds.includes(kind))
    .map((reading) => doubtOfPolicies(notEnforcedProblem(reading, engine, version, kinds), [reading]));
}

function notEnforcedProblem(
  { kind, policy }: PolicyReading,
  engine: Engine,
  version: string | undefined,
  kinds: readonly string[],
): Problem {
  return {
    rule: 'engine-not-enforced',
    ...whereOf(policy),
    what: `${titleOf(engine, version)} does not enforce the ${policy.kind} ${[policy.namespace, policy.name].filter(Boolean).join('/')} of ${groupOf(kind)}, so on this cluster it decides nothing`,
    value: kind,
    allowed: ['networking.k8s.io/NetworkPolicy', ...kinds].join(', '),
    fix: `Leave it out, or say that the cluster runs ${enforcing(kind)}.`,
  };
}

/** The engines that do, and the platform that does by itself. */
function enforcing(kind: string): string {
  const engines = enginesOfKind(kind).map(({ title }) => title);
  const isOnOpenShift = engineNamed('kubernetes').kinds(undefined, 'OpenShift').includes(kind);
  return `${engines.join(' or ')}${isOnOpenShift ? ', or is OpenShift' : ''}`;
}

function titleOf({ title }: Engine, version: string | undefined): string {
  return version === undefined ? title : `${title} ${version}`;
}

function groupOf(kind: string): string {
  return kind.slice(0, kind.indexOf('/'));
}

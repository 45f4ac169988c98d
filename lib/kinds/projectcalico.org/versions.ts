import type { PlaneDoubt } from '../../model/layer';
import type { Problem } from '../../model/problem';
import { isAtLeast } from '../../model/version';
import { doubtOfPolicies, whereOf } from '../doubtful';
import { objectText } from '../manifest';
import type { PolicyReading } from '../policy-reading';
import { asUncertain } from '../uncertain-policy';

/** What a version takes of what was read, and what it refuses. */
export interface Taken {
  readonly taken: readonly PolicyReading[];
  readonly doubts: readonly PlaneDoubt[];
}

/**
 * A version that is older than one which takes a policy refuses it, so that it decides nothing; where the version is not
 * known, it may decide. A tier that may stand in one place or another has none that could be reckoned with.
 */
export function takenBy(readings: readonly PolicyReading[], version: string | undefined): Taken {
  const doubtful = (reading: PolicyReading) => !isTaken(reading, version);
  const isRefused = (reading: PolicyReading) =>
    doubtful(reading) && (version !== undefined || reading.otherwise !== undefined);
  return {
    taken: readings
      .filter((reading) => !isRefused(reading))
      .map((reading) => (doubtful(reading) ? uncertain(reading) : reading)),
    doubts: readings.filter(isRefused).map((reading) => doubtOfPolicies(refused(reading, version), [reading])),
  };
}

function isTaken({ since }: PolicyReading, version: string | undefined): boolean {
  return since === undefined || (version !== undefined && isAtLeast(version, since));
}

function uncertain(reading: PolicyReading): PolicyReading {
  return asUncertain(reading, {
    why: `Calico takes it as it is written from ${reading.since} on, and which version it is is not told`,
    fix: 'Say which version of Calico it is, or write it as every version takes it.',
  });
}

function refused({ policy, since }: PolicyReading, version: string | undefined): Problem {
  const earlier = version === undefined ? 'earlier versions refuse' : `Calico ${version} refuses`;
  return {
    rule: 'calico-version',
    ...whereOf(policy),
    what: `${objectText(policy)} is written as Calico takes it from ${since} on, and ${earlier} it`,
    ...(version !== undefined && { value: version }),
    allowed: `Calico ${since} or later, policies named after their tier, names of ports beside a protocol, tiers of Calico in their order`,
    fix: 'Say which version of Calico it is, or write it as every version takes it.',
  };
}

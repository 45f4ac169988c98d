import type { FoundProblem } from '../findings/finding';
import { fingerprintOf } from '../findings/fingerprint';
import type { FieldPath } from '../kinds/field';
import { objectText } from '../kinds/manifest';
import type { Check, CheckFinding } from './check';
import { placeIn } from './place-in';
import type { Seen, SeenObject } from './seen';

/** What the rules find, in the order of the rules. `before` is told of each before it is asked. */
export function runChecks(
  seen: Seen,
  checks: readonly Check[],
  before: (check: Check, position: number) => void = () => undefined,
): readonly FoundProblem[] {
  return checks.flatMap((check, position) => {
    before(check, position);
    return [...check.find(seen)].map((found) => completed(check, found));
  });
}

function completed(check: Check, { object, path = [], ...said }: CheckFinding): FoundProblem {
  const { id: rule, level, why, fix } = check;
  const found: FoundProblem = { rule, level, why, fix, ...said };
  if (object === undefined) return found;
  places.set(found, new Place(rule, object, path, said.about));
  Object.defineProperty(found, 'where', WHERE);
  Object.defineProperty(found, 'place', PLACE);
  return Object.defineProperty(found, 'fingerprint', FINGERPRINT);
}

/** Lines and fingerprints are dear, and most readers of findings ask for some of them alone. */
class Place {
  #at: ReturnType<typeof placeIn> | undefined;
  #fingerprint: string | undefined;

  constructor(
    private readonly rule: string,
    private readonly object: SeenObject,
    private readonly path: FieldPath,
    private readonly about: string | undefined,
  ) {}

  get at(): ReturnType<typeof placeIn> {
    this.#at ??= placeIn(this.object, this.path);
    return this.#at;
  }

  get fingerprint(): string {
    const { rule, object, path, about } = this;
    this.#fingerprint ??= fingerprintOf({ rule, on: objectText(object.ref), object: object.json, path, about });
    return this.#fingerprint;
  }
}

const places = new WeakMap<object, Place>();

// All findings share these, so that they have one shape: accessors of its own would cost more than the rest of a finding.
const WHERE = onDemand((place) => place.at.where);
const PLACE = onDemand((place) => place.at.place);
const FINGERPRINT = onDemand((place) => place.fingerprint);

function onDemand(of: (place: Place) => unknown): PropertyDescriptor {
  return {
    enumerable: true,
    configurable: true,
    get(this: object) {
      const place = places.get(this);
      return place && of(place);
    },
  };
}

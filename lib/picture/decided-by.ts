import { type Explanation, explain, type Side } from '../analysis';
import { walkthrough } from '../analysis/explanation/walkthrough';
import type { WrittenObject } from '../analysis/files/read-files';
import { type FlowsSaid, flowsSaid, reasonsGiven } from '../analysis/reasons';
import type { KnownWorld } from '../asking/known-world';
import * as ips from '../model/ip-set';
import type { Rule } from '../model/layer';
import type { PortSet, Protocol } from '../model/port-set';
import * as ports from '../model/port-set';
import { explainedText, nearestLine, sideHeading, stepLines } from '../report/explanation-lines';
import { type Places, placesIn, policyAt, ruleAt } from '../report/places';
import type { Example } from './joined';
import type { Arrow } from './picture';

/** How a connection is decided, and what for. */
export interface DecidedBy extends Pick<Arrow, 'reasons' | 'policies' | 'engines' | 'explanation'> {
  /** The rules that allow it. */
  readonly rules: readonly Rule[];
}

export const UNDECIDED: DecidedBy = { reasons: [], policies: [], engines: [], explanation: [], rules: [] };

/** Explains one connection at a time; places and reasons are looked up once. */
export function decisions(
  known: KnownWorld,
  written: readonly WrittenObject[],
): (example: Example, passing: PortSet) => DecidedBy {
  const places = placesIn({ written });
  const said = flowsSaid(written);
  const options = known.podAddresses === undefined ? {} : { podAddresses: known.podAddresses };
  return (example, passing) => {
    const port = firstPort(passing);
    const ends = endsOf(example);
    if (port === undefined || ends === undefined) return UNDECIDED;
    const explanation = explain(known.world, known.plane, { ...ends, ...port }, options);
    return decidedBy(explanation, example, passing, places, said, known);
  };
}

function decidedBy(
  explanation: Explanation,
  example: Example,
  passing: PortSet,
  places: Places,
  said: FlowsSaid,
  { plane }: KnownWorld,
): DecidedBy {
  const sides = [explanation.egress, explanation.ingress];
  const rules = sides.flatMap(rulesOf);
  const policies = [...rules, ...sides.flatMap(isolationsOf)];
  return {
    rules,
    reasons: [...new Set(sides.flatMap((side) => reasonsOf(side, example, passing, said)))],
    policies: [
      ...new Set([
        ...rules.map((rule) => ruleAt(rule, places)),
        ...sides.flatMap(isolationsOf).map((policy) => policyAt(policy, places)),
      ]),
    ],
    engines: [...new Set(policies.map((each) => ('policy' in each ? each.policy.kind : each.kind)))],
    explanation: [
      explainedText(explanation),
      ...sides.flatMap((side) => {
        const nearest = nearestLine(side, places);
        return [
          sideHeading(side),
          ...walkthrough(side, plane)
            .filter(({ decisions: own }) => own.length > 0)
            .flatMap((step) => stepLines(step, places)),
          ...(nearest === undefined ? [] : [nearest]),
        ];
      }),
    ],
  };
}

function rulesOf({ decisions: all }: Side): readonly Rule[] {
  return all.flatMap((one) => (one.kind === 'rule' ? [one.rule] : []));
}

function isolationsOf({ decisions: all, verdict }: Side) {
  return verdict === 'denied' ? all.flatMap((one) => (one.kind === 'isolation' ? one.isolatedBy : [])) : [];
}

/** At the source a policy says where flows go, at the destination where they come from. */
function reasonsOf(side: Side, example: Example, passing: PortSet, said: FlowsSaid): readonly string[] {
  const other = 'to' in example ? (side.direction === 'egress' ? example.to : example.from) : undefined;
  return rulesOf(side).flatMap(({ policy }) =>
    reasonsGiven(said, policy, {
      kind: side.direction === 'egress' ? 'out' : 'in',
      namespace: other?.namespace,
      ports: passing,
    }),
  );
}

function endsOf(example: Example): { readonly from: string; readonly to: string } | undefined {
  if ('to' in example) return { from: example.from.id, to: example.to.id };
  const { workload, outside } = example;
  const other = 'entity' in outside ? outside.entity : ips.sampleAddress(outside.addresses);
  if (other === undefined) return undefined;
  return outside.direction === 'egress' ? { from: workload.id, to: other } : { from: other, to: workload.id };
}

function firstPort(set: PortSet): { readonly protocol: Protocol; readonly port: number } | undefined {
  for (const protocol of ports.PROTOCOLS) {
    const [range] = set[protocol].ranges;
    if (range !== undefined) return { protocol, port: range[0] };
  }
  return undefined;
}

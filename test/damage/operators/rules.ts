import type { Random } from '../../judges/random';
import type { Edit } from '../edit';
import { DIRECTIONS, type Files, policiesOf, rulesOf, sideOf } from '../manifests';

export function dropRules(files: Files): Edit[] {
  return policiesOf(files)
    .flatMap(rulesOf)
    .map(
      ({ rule, all }) =>
        () =>
          all.splice(all.indexOf(rule), 1),
    );
}

/** A rule without peers is about everything, whether its list is empty or not there. */
export function dropPeers(files: Files): Edit[] {
  return policiesOf(files).flatMap((policy) =>
    rulesOf(policy).flatMap(({ rule }): Edit[] => {
      const side = sideOf(policy, rule);
      const peers = rule[side] ?? [];
      if (peers.length === 0) return [];
      return [
        ...peers.map((_, i) => () => void peers.splice(i, 1)),
        () => {
          delete rule[side];
        },
      ];
    }),
  );
}

/** What is set need not be said: without policyTypes, a policy is about egress only where it has a rule for it. */
export function changePolicyTypes(files: Files, random: Random): Edit[] {
  return policiesOf(files).flatMap(({ spec }): Edit[] => {
    const types = spec.policyTypes ?? [];
    return [
      ...types.map((type) => () => {
        spec.policyTypes = types.filter((each) => each !== type);
      }),
      ...types.map((type) => () => {
        const other = type === 'Ingress' ? 'Egress' : 'Ingress';
        spec.policyTypes = types.length === 1 ? [other] : [other, other];
      }),
      () => {
        delete spec.policyTypes;
      },
      // Isolated both ways, and without the rules of one.
      () => {
        const direction = random.oneOf(DIRECTIONS.filter((each) => spec[each] !== undefined));
        if (direction === undefined) delete spec.policyTypes;
        else delete spec[direction];
      },
    ];
  });
}

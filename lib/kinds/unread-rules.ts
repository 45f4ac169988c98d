import type { Layer, Rule } from '../model/layer';
import * as ports from '../model/port-set';
import type { UnreadPolicy } from '../model/unread-policy';

/**
 * What a policy that is not read whole may do, as rules: an uncertain allow of anything where it may open, an uncertain
 * denial of anything where it may close. Whatever it says is between having all of these and having none.
 */
export function unreadRules({ policy, subject, directions, effect, problem }: UnreadPolicy): Rule[] {
  const actions = [
    ...(effect === 'closes' ? [] : ['allow' as const]),
    ...(effect === 'opens' ? [] : ['deny' as const]),
  ];
  return directions.flatMap((direction) =>
    actions.map(
      (action, index): Rule => ({
        policy,
        direction,
        index,
        subject,
        peers: [{ kind: 'anything' }],
        ports: ports.everything,
        action,
        isUncertain: true,
        doubt: problem,
      }),
    ),
  );
}

/** A layer of such rules, which isolates nobody: what they leave goes on. */
export function unreadLayer(rules: readonly Rule[]): Layer {
  return { name: 'not read', order: 'ranked', rules, isolations: [], otherwise: 'next' };
}

import type { Layer, Plane } from '../../model/layer';
import type { Decision } from './decided';
import type { Side } from './explain';

/** What one layer says of a connection, in the order in which layers are asked. */
export interface LayerStep {
  readonly layer: string;
  /**
   * `nothing`: none of its policies is about the connection, so that the next is asked; `passed`: a rule hands it to the
   * next on purpose; `perhaps`: what it says hangs on what is not known; `not asked`: one before has decided.
   */
  readonly said: 'allowed' | 'denied' | 'passed' | 'perhaps' | 'nothing' | 'not asked';
  readonly decisions: readonly Exclude<Decision, { kind: 'own-node' | 'default' }>[];
}

/** The layers of the plane as one end of a connection meets them; none where no policy binds it. */
export function walkthrough({ verdict, decisions }: Side, { layers }: Plane): readonly LayerStep[] {
  if (verdict === 'unbound') return [];
  const said = decisions.flatMap((it) => (it.kind === 'rule' || it.kind === 'isolation' ? [it] : []));
  const isDecided = !decisions.some(({ kind }) => kind === 'default');
  const last = said.at(-1)?.layer;
  const end = isDecided && last !== undefined ? layers.indexOf(last) : layers.length;
  return layers.map((layer, position) => stepOf(layer, said, position > end));
}

function stepOf(layer: Layer, said: LayerStep['decisions'], isAfter: boolean): LayerStep {
  const decisions = said.filter((decision) => decision.layer === layer);
  return { layer: layer.name, said: isAfter ? 'not asked' : saidBy(decisions), decisions };
}

function saidBy(decisions: LayerStep['decisions']): LayerStep['said'] {
  if (decisions.length === 0) return 'nothing';
  if (decisions.some(({ doubts }) => doubts.length > 0)) return 'perhaps';
  const [first] = decisions;
  if (first.kind === 'isolation') return 'denied';
  return ({ allow: 'allowed', deny: 'denied', pass: 'passed' } as const)[first.rule.action];
}

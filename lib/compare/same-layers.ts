import type { Layer, Rule, RulePeer } from '../model/layer';
import type { Selector } from '../model/selector';
import { keyOf } from '../proof/terms/key-of';
import { peerKey } from '../proof/terms/traffic-by-ends';
import { hasBlocks } from './cases';
import type { SideAtEnd } from './ends';

/**
 * Whether two sides say the same in the same words at an end, so that nothing has to be searched. Never so where one of
 * them is not sure of what it says: two policies of which only a part is read may differ in the rest.
 */
export function saySame(a: SideAtEnd, b: SideAtEnd): boolean {
  if (!a.isKnown || !b.isKnown) return false;
  const [own, others] = [a, b].map(({ layers }) => layers.map(layerText).filter((text) => text !== ''));
  return own.length === others.length && own.every((text, i) => text === others[i]) && blocksMeanTheSame(a, b);
}

function blocksMeanTheSame(a: SideAtEnd, b: SideAtEnd): boolean {
  return a.mode === b.mode || !hasBlocks(a);
}

/** Empty for a layer that says nothing. */
function layerText({ order, otherwise, rules, isolations }: Layer): string {
  if (rules.length + isolations.length === 0) return '';
  const texts = rules.map(ruleText);
  const isolated = otherwise === 'deny' ? [...new Set(isolations.map(({ subject }) => keyOf(subject.pods)))] : [];
  return [order, ...(order === 'union' ? [...new Set(texts)].sort() : texts), '', ...isolated.sort()].join('\n');
}

function ruleText({ action, subject, peers, ports, requests = [] }: Rule): string {
  const limits = requests.map((match) => JSON.stringify(match)).sort();
  return JSON.stringify([action, keyOf(subject.pods as Selector), peersText(peers), keyOf(ports), limits]);
}

function peersText(peers: readonly RulePeer[]): readonly string[] {
  return [...new Set(peers.map(peerKey))].sort();
}

import { type PodSet, podsIn } from '../model/pod-set';
import type { Labels } from '../model/selector';
import * as selectors from '../model/selector';

// What the words for an end of a connection say by their shape.

/** One address, of either family. */
export function isAddress(text: string): boolean {
  return !text.includes('/') && (text.includes(':') || /^[\d.]*\.[\d.]*$/.test(text));
}

/** A block of addresses: `10.0.0.0/8`. */
export function isBlock(text: string): boolean {
  return /^[\d.]+\/\d+$/.test(text) || /^[\da-fA-F:.]*:[\da-fA-F:.]*\/\d+$/.test(text);
}

/** Neither pods, which have a slash, nor an address. */
export function isHost(text: string): boolean {
  return !text.includes('/') && text.includes('.') && !isAddress(text);
}

/** `namespace/label=value,…`, and `namespace/*` for any pod; undefined for anything else. */
export function podsInWords(text: string): PodSet | undefined {
  const [namespace, labels] = text.split(/\/(.*)/s);
  if (namespace === undefined || namespace === '' || labels === undefined || labels === '') return undefined;
  if (labels === '*') return podsIn(namespace, selectors.anything);
  const pairs = labels.split(',').map((pair) => pair.split(/=(.*)/s));
  if (pairs.some(([key, value]) => !key || value === undefined)) return undefined;
  return podsIn(namespace, selectors.fromLabels(Object.fromEntries(pairs) as Labels));
}

import { objectText } from '../kinds/manifest';
import type { PolicyRef } from '../model/layer';
import { remembered } from '../model/remembered';

/** So many policies are named in a reason; the others are counted. */
const MOST_NAMED = 3;

/** The reason that is known of a flow: which policies allow it today. */
export function allowedBy(policies: readonly PolicyRef[]): string {
  const names = [...new Set(policies.map(nameOf))].sort();
  if (names.length === 0) return 'allowed today: no policy isolates this end';
  const named = names.slice(0, MOST_NAMED);
  const more = names.length - named.length;
  return `allowed by ${[...named, ...(more > 0 ? [`${more} more`] : [])].join(' and ')}`;
}

/** A policy allows many flows. */
const nameOf = remembered(objectText);

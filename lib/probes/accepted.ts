import { printable } from '../model/printable';
import type { Untested } from './plan';

/** What a test leaves untested, and why somebody said that may be. */
export interface Accepted {
  readonly because: string;
  readonly untested: readonly Untested[];
}

/** On the namespace that a test brings: what it leaves untested, for whoever has the manifests alone. */
export const UNTESTED_ANNOTATION = 'cdk8s-zero-trust/untested';

/** Of more, the number is said: an annotation has its bounds. */
const MOST_NAMED = 200;

/** The reason, and a line for each thing that is left untested. */
export function acceptedLines({ because, untested }: Accepted): string {
  const more = untested.length - MOST_NAMED;
  return [
    because,
    ...untested.slice(0, MOST_NAMED).map(({ what, why }) => `- ${what}: ${why}`),
    ...(more > 0 ? [`- ${more} more: toText() of the test has each`] : []),
  ].join('\n');
}

/** What such lines say; undefined for what are none. */
export function acceptedIn(text: unknown): Accepted | undefined {
  if (typeof text !== 'string') return undefined;
  const [because, ...lines] = text.split('\n').map(printable);
  const untested = lines.flatMap((line) => {
    const [, what, why] = /^- (.+?): (.+)$/.exec(line) ?? [];
    return what === undefined || why === undefined ? [] : [{ what, why }];
  });
  return untested.length === 0 ? undefined : { because, untested };
}

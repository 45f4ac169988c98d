/**
 * What became of one try, told apart as agnhost's `connect` tells it. `unreachable` is a network or a kernel that said no
 * by ICMP or at once; `broken` is a try that says nothing about the way there, such as a protocol that the kernel lacks.
 */
export type Answer = 'open' | 'refused' | 'timeout' | 'unreachable' | 'unresolved' | 'broken';

/** What `connect` prints on standard error (kubernetes `test/images/agnhost/connect`); a script adds OPEN where it was silent. */
const WORDS: Readonly<Record<string, Answer>> = {
  OPEN: 'open',
  REFUSED: 'refused',
  TIMEOUT: 'timeout',
  DNS: 'unresolved',
};

/** Errors of Linux behind OTHER that are an answer of the way there: ENETUNREACH, EHOSTUNREACH, EACCES, EPERM. */
export const UNREACHABLE = ['unreachable', 'no route to host', 'permission denied', 'operation not permitted'] as const;

/** What the words of `connect` mean; its exit code is the same for every failure. */
export function answerOf(said: string): Answer {
  const word = /^[A-Z]+/.exec(said.trim())?.[0] ?? '';
  if (Object.hasOwn(WORDS, word)) return WORDS[word];
  return word === 'OTHER' && UNREACHABLE.some((text) => said.includes(text)) ? 'unreachable' : 'broken';
}

/** Whether something kept the connection from being made, which only policy would where another one is made. */
export function isBlocked(answer: Answer): boolean {
  return answer === 'refused' || answer === 'timeout' || answer === 'unreachable';
}

/**
 * Regular expressions of somebody else about requests, each of which has to match as a whole: the method, and the path with
 * its query.
 */
export interface RequestRegexes {
  readonly method?: string;
  readonly path?: string;
  /** The rule asks for nothing else; without it, what matches is perhaps let through. */
  readonly isAll: boolean;
}

/** Whether this very request passes; undefined where that is not known. */
export function matchesRegexes(
  { method, path, isAll }: RequestRegexes,
  request: { readonly method: string; readonly path: string },
): boolean | undefined {
  const found = [
    method === undefined ? true : matchesWhole(method, request.method),
    path === undefined ? true : isSentAsWritten(request.path) ? matchesWhole(path, request.path) : undefined,
  ];
  if (found.includes(false)) return false;
  return found.includes(undefined) || !isAll ? undefined : true;
}

/** A proxy may rewrite a path with dots, doubled slashes, escapes or a fragment before it compares it. */
function isSentAsWritten(path: string): boolean {
  return !/\/\/|\/\.|[%\\#]/.test(path);
}

/** What RE2 and JavaScript read alike: text, `.`, simple classes, groups, alternatives, anchors, and `?`, `*`, `+`. */
const ALIKE =
  /^(?:[A-Za-z0-9 _/~:@!,;=&%'"<>#-]|[.*+?|^$)]|\((?:\?:)?(?!\?)|\\[^A-Za-z0-9_\s]|\\[dw]|\[\^?[A-Za-z0-9_./?=&%~@!,;-]+\])*$/;
const LONGEST = 300;
const MOST_REPEATED = 3;
const MOST_OPTIONAL = 8;

/** Undefined where the engine may read the expression otherwise, or where to try it could take long. */
function matchesWhole(regex: string, text: string): boolean | undefined {
  if (!ALIKE.test(regex) || !/^[\x21-\x7e]+$/.test(text) || text.length > LONGEST || mayTakeLong(regex))
    return undefined;
  try {
    return new RegExp(`^(?:${regex})$`).test(text);
  } catch {
    return undefined;
  }
}

function mayTakeLong(regex: string): boolean {
  const bare = regex
    .replace(/\\./g, 'x')
    .replace(/\[[^\]]*\]/g, 'x')
    .replace(/\(\?:/g, '(');
  const repeated = bare.match(/[*+]/g)?.length ?? 0;
  const optional = bare.match(/\?/g)?.length ?? 0;
  const repeatsGroup = /\)[*+]/.test(bare) && (repeated > 1 || optional > 0 || bare.includes('|'));
  return repeatsGroup || repeated > MOST_REPEATED || optional > MOST_OPTIONAL;
}

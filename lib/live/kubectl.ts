import { execFile } from 'node:child_process';
import { unreachable } from './live-problem';
import type { Answer, LiveCluster, LiveTarget } from './transport';

/** Where the program runs. */
export interface Around {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A page of 500 large pods has some ten megabytes. */
const MOST_BYTES = 500_000_000;

/**
 * The cluster that kubectl reaches: it knows contexts, login plugins, proxies, and the service account of the pod that it
 * runs in. It is asked without a shell between, and for nothing but `get --raw`.
 *
 * @throws where there is no kubectl.
 */
export async function clusterByKubectl(
  { context, kubectl = 'kubectl' }: LiveTarget,
  around: Around,
): Promise<LiveCluster> {
  const flags = context === undefined ? [] : [`--context=${context}`];
  const get = async (path: string): Promise<Answer> => {
    const { isThere, ok, out, err } = await run(kubectl, [...flags, 'get', '--raw', path], around);
    if (!isThere) throw unreachable({ kubectl, context, words: err });
    return ok ? { status: 200, body: out } : { status: statusOf(err), body: err.trim() };
  };
  return { name: context ?? (await currentContext(kubectl, around)), get };
}

/** In a pod there is no context: the service account is who asks. */
async function currentContext(kubectl: string, around: Around): Promise<string> {
  const { ok, out } = await run(kubectl, ['config', 'current-context'], around);
  return ok && out.trim() !== '' ? out.trim() : around.env['KUBERNETES_SERVICE_HOST'] ? 'of this pod' : 'by default';
}

/** By the reason that kubectl prints (apimachinery, `StatusReason`); every failure has the same exit code. */
const STATUSES: readonly (readonly [RegExp, number])[] = [
  [/\(NotFound\)/, 404],
  [/\(Forbidden\)/, 403],
  [/\(Expired\)|\(Gone\)/, 410],
  [/\(Unauthorized\)/, 401],
  [/\(TooManyRequests\)/, 429],
  [/\(ServiceUnavailable\)/, 503],
  [/\(BadRequest\)/, 400],
  [/^Error from server/m, 500],
];

/** 0 for what is no answer of an API server: no connection, no such context, no login. */
export function statusOf(stderr: string): number {
  return STATUSES.find(([words]) => words.test(stderr))?.[1] ?? 0;
}

interface Ended {
  readonly isThere: boolean;
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
}

function run(program: string, args: readonly string[], { cwd, env }: Around): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, env: { ...env }, maxBuffer: MOST_BYTES, encoding: 'utf8' }, (error, out, err) => {
      const isThere = !(error !== null && typeof error.code === 'string' && error.code.startsWith('EN'));
      resolve({ isThere, ok: error === null, out, err: err === '' && error !== null ? error.message : err });
    });
  });
}

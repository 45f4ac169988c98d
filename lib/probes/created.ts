import { ZeroTrustError } from '../model/problem';
import type { JobManifest } from './job';
import type { Kubectl } from './kubectl';

/** An object as kubectl creates it. */
export interface Creatable {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: object;
}

/** On every object of one run, with a value that no other has: what is removed is what wears it, and nothing else. */
export const RUN_LABEL = 'cdk8s-zero-trust/probe-run';

/** Objects of one run of probes in a cluster: only it writes there, and it removes whatever it may have written. */
export class Created {
  /** By kind and namespace, the last to be created first. */
  private readonly places: { readonly kind: string; readonly namespace?: string }[] = [];

  constructor(
    private readonly kubectl: Kubectl,
    private readonly run: string,
  ) {}

  /** @throws where the cluster does not take all of them; those that it took are removed with the others. */
  async create(objects: readonly Creatable[]): Promise<void> {
    if (objects.length === 0) return;
    // Noted before: a call that dies may have created them all the same.
    for (const object of objects) this.note(object);
    const items = objects.map((object) => ({
      ...object,
      metadata: { ...object.metadata, labels: { ...object.metadata.labels, [RUN_LABEL]: this.run } },
    }));
    const list = JSON.stringify({ apiVersion: 'v1', kind: 'List', items });
    const { ok, err } = await this.kubectl(['create', '-f', '-'], list);
    if (!ok) throw notCreated(err);
  }

  /** Removes everything, and says what is left of it, by the commands that would remove that. */
  async remove(): Promise<string[]> {
    const left: string[] = [];
    for (const place of this.places) {
      const args = this.deletion(place);
      if (!(await this.removed(args))) left.push(`kubectl ${args.join(' ')}`);
    }
    return left;
  }

  private async removed(args: readonly string[]): Promise<boolean> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const { ok, err } = await this.kubectl(args);
      // A namespace, or a kind, that is not there has nothing of ours in it.
      if (ok || /\(NotFound\)|the server doesn't have a resource type/.test(err)) return true;
    }
    return false;
  }

  private deletion({ kind, namespace }: { readonly kind: string; readonly namespace?: string }): string[] {
    const of = namespace === undefined ? [] : ['-n', namespace];
    const cascade = kind === 'jobs.batch' ? ['--cascade=foreground'] : [];
    return ['delete', kind, '-l', `${RUN_LABEL}=${this.run}`, ...of, ...cascade, '--ignore-not-found', '--timeout=60s'];
  }

  private note({ apiVersion, kind, metadata: { namespace } }: Creatable): void {
    const name = resourceOf(apiVersion, kind);
    if (this.places.some((place) => place.kind === name && place.namespace === namespace)) return;
    this.places.unshift({ kind: name, ...(namespace !== undefined && { namespace }) });
  }
}

const ATTEMPTS = 3;

/** As kubectl takes it: every kind that we render has the usual plural. */
function resourceOf(apiVersion: string, kind: string): string {
  const group = apiVersion.includes('/') ? `.${apiVersion.split('/')[0]}` : '';
  const singular = kind.toLowerCase();
  return `${singular.endsWith('y') ? `${singular.slice(0, -1)}ies` : `${singular}s`}${group}`;
}

function notCreated(words: string): ZeroTrustError {
  const first = words.trim().split('\n')[0].slice(0, 300);
  return new ZeroTrustError({
    rule: 'probe-not-created',
    what: `the cluster did not take what the test needs, so that nothing was shown: ${first}`,
    value: first,
    allowed: 'the rights of docs/probes.md, and no other test of that name at the same time',
    fix: 'Grant the rights, or give another name: --name probe-2',
  });
}

/** How a Job stands, of the answer of `kubectl get job -o json`. */
export function jobState(job: unknown): 'running' | 'done' | { readonly failed: string } {
  const conditions = (job as { status?: { conditions?: readonly Record<string, string>[] } }).status?.conditions ?? [];
  const ended = conditions.find(({ type, status }) => status === 'True' && (type === 'Complete' || type === 'Failed'));
  if (ended === undefined) return 'running';
  return ended.type === 'Complete' ? 'done' : { failed: `${ended.reason}: ${ended.message}` };
}

/** What a Job printed. */
export async function logOf(
  kubectl: Kubectl,
  { metadata: { name, namespace } }: JobManifest,
): Promise<string | undefined> {
  const { ok, out } = await kubectl(['logs', `job/${name}`, '-n', namespace, '--tail=-1']);
  return ok ? out : undefined;
}

import type { Kubectl } from '../../lib/cli/kubectl-run';

/** What connections of a load come to: what the Job says of each second, and whether it is over before it is asked. */
export interface LoadFaults {
  readonly holds?: readonly number[];
  readonly endsLoad?: boolean;
}

/** An object as the fake is given it. */
export interface Created {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: whatever a kind has.
  readonly spec?: any;
}

/** A cluster that answers tries as policies do, or otherwise for some legs. */
export class FakeCluster {
  readonly created: string[] = [];
  readonly deleted: string[] = [];
  readonly objects: Created[] = [];
  private readonly jobs = new Map<string, readonly string[]>();
  /** How often the log of each load was read: each time two seconds more are over. */
  private readonly reads = new Map<string, number>();

  constructor(
    private readonly says: (leg: string, expected: string) => string = (_, expected) =>
      expected === 'allow' ? 'OPEN' : 'TIMEOUT',
    private readonly fails: (args: readonly string[], text: string) => string | undefined = () => undefined,
    private readonly load: LoadFaults = {},
  ) {}

  readonly kubectl: Kubectl = (args, input = '') => {
    const failure = this.fails(args, input);
    if (failure !== undefined) return Promise.resolve({ ok: false, out: '', err: failure });
    return Promise.resolve(this.answer(args, input));
  };

  private answer(args: readonly string[], input: string) {
    const [verb, , name] = args;
    const yes = (out = '') => ({ ok: true, out, err: '' });
    if (verb === 'create') {
      const object: Created = JSON.parse(input);
      const { kind, metadata, spec } = object;
      this.objects.push(object);
      this.created.push(`${kind} ${metadata.name}`);
      if (kind === 'Job')
        this.jobs.set(`${metadata.namespace}/${metadata.name}`, spec.template.spec.containers[0].args);
      return yes();
    }
    if (verb === 'delete') {
      const { kind, metadata } = JSON.parse(input);
      this.deleted.push(`${kind} ${metadata.name}`);
      return yes();
    }
    const job = `${args[args.indexOf('-n') + 1]}/${verb === 'logs' ? args[1].replace('job/', '') : name}`;
    if (!this.jobs.has(job)) return { ok: false, out: '', err: 'Error from server (NotFound)' };
    if (verb === 'logs') return yes(this.log(job));
    const isHolding = job.includes('-load-') && this.load.endsLoad !== true;
    return yes(isHolding ? '' : 'Complete ');
  }

  private log(job: string): string {
    if (job.includes('-load-')) {
      const reads = (this.reads.get(job) ?? 0) + 1;
      this.reads.set(job, reads);
      const holds = this.load.holds ?? [3, 7, 7, 7];
      return holds
        .slice(0, 2 * reads)
        .map((count) => `holding ${count} of 7\n`)
        .join('');
    }
    const lines = (this.jobs.get(job) ?? []).flatMap((arg) => {
      const [id, expected] = arg.split(',');
      return [1, 2, 3].map((round) => `probe ${round} ${id} ${this.says(id, expected)}`);
    });
    return ['resolved', ...lines, 'done'].join('\n');
  }
}

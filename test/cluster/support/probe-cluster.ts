import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { KubectlEnded } from '../../../lib/cli/kubectl-run';
import type { LiveCluster } from '../../../lib/live/transport';
import type { KubernetesObject } from '../../judges/world';
import { ApiServer } from './api-server';
import { defineKindsOf } from './definitions';
import { CLUSTER_NETWORK_POLICY, createPod, placePod, seen, startEngine } from './enforcement';
import { Netlab } from './netlab';
import type { Program } from './program';

/** What stands in a cluster that probes are run in, before they come. */
export interface Standing {
  readonly namespaces: readonly KubernetesObject[];
  /** With the address of each in its status. */
  readonly pods: readonly KubernetesObject[];
  readonly policies: readonly KubernetesObject[];
  /** Addresses outside that answer. */
  readonly hosts: readonly string[];
  readonly ports: readonly { readonly protocol: 'TCP' | 'UDP'; readonly port: number }[];
  /** What pods are told of name servers and of the API server. */
  readonly nameServer: string;
  readonly apiServer: string;
  readonly names: Readonly<Record<string, string>>;
}

/** A Job as it ran: who tried what, and how its program ended. */
export interface JobRun {
  readonly namespace: string;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** `id,allow,tcp,host:port` */
  readonly args: readonly string[];
  log: string;
  /** Undefined while it runs. */
  exitCode?: number;
}

interface Running extends JobRun {
  readonly pod: string;
  readonly address: string;
  readonly process: ChildProcess;
}

/** How packets are refused: dropped in silence, or with an answer of either kind. */
export const REFUSALS = {
  dropped: ['DROP'],
  reset: ['REJECT', '--reject-with', 'tcp-reset'],
  unreachable: ['REJECT', '--reject-with', 'icmp-host-unreachable'],
} as const;

/** Where a Job finds programs of its image that are the machine's here: a shell, awk, dig. */
const PROGRAMS = process.env['PATH'] ?? '';

/** How many Jobs may have been at one time: each has a network namespace. */
const SEATS = 70;

/**
 * A cluster for the command: an API server, an engine that enforces on real packets, and, in place of a Job controller and
 * a kubelet, the container of each Job run in a network namespace, with its own command, arguments and variables. Only its
 * clocks are shorter, and `/agnhost connect` is the same program outside of its image.
 */
export class ProbeCluster {
  static async start(programs: string, standing: Standing): Promise<ProbeCluster> {
    const server = await ApiServer.start(programs);
    const cluster = new ProbeCluster(programs, server, standing);
    try {
      await cluster.stand();
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  /** Every Job that ever ran. */
  readonly jobs: JobRun[] = [];
  private readonly running = new Map<string, Running>();
  private readonly free = Array.from({ length: SEATS }, (_, index) => `10.244.8.${index + 1}`);
  private lab: Netlab | undefined;
  private engine: Program | undefined;
  private pods = 0;
  private policies = 0;
  private readonly folder = mkdtempSync(join(tmpdir(), 'probe-cluster-'));

  private constructor(
    private readonly programs: string,
    private readonly server: ApiServer,
    private readonly standing: Standing,
  ) {}

  readonly live: LiveCluster = {
    name: 'lab',
    get: async (path) => {
      const { status, body } = await this.server.ask('GET', path);
      return { status, body: JSON.stringify(body) };
    },
  };

  private async stand(): Promise<void> {
    const { namespaces, pods, policies, hosts, ports, names, nameServer } = this.standing;
    writeFileSync(this.resolvConf, `nameserver ${splitAddress(nameServer)[0]}\n`);
    const [first = '10.244.7.1'] = pods.map(addressOf);
    const ends = [
      ...pods.map((pod) => ({ pod: pod.metadata.name, addresses: [addressOf(pod)] })),
      ...this.free.map((address) => ({ pod: 'prober', addresses: [address] })),
      ...hosts.map((address) => ({ addresses: [address] })),
    ];
    const flows = ports.map((port) => ({ from: first, to: first, ...port }));
    this.lab = await Netlab.start(this.programs, [{ ends, flows }], names);
    for (const address of ends.flatMap((end) => end.addresses)) this.speakAs(address);
    for (const { metadata } of namespaces) await this.server.ensureNamespace(metadata.name, metadata.labels);
    for (const pod of pods) await createPod(this.server, pod);
    this.pods = pods.length;
    const hasTiers = policies.some(({ kind }) => kind === 'ClusterNetworkPolicy');
    if (hasTiers) await defineKindsOf(this.server, CLUSTER_NETWORK_POLICY);
    this.engine = await startEngine(this.programs, this.server, this.lab, hasTiers);
    for (const policy of policies) await this.addPolicy(policy);
    await this.settle();
  }

  /** A seat has an address of its link beside that of its pod, which nobody knows. */
  private speakAs(address: string): void {
    const route = ['route', 'replace', 'default', 'via', '169.254.1.1', 'dev', 'eth0', 'src', address];
    mustRun('ip', ['-n', this.netnsOf(address), ...route]);
  }

  private netnsOf(address: string): string {
    return this.lab?.netnsOf(address) ?? '';
  }

  /** How the engine's refusals of TCP look from now on. */
  refuseBy(way: keyof typeof REFUSALS): void {
    const rule = ['-R', 'FORWARD', '2', '-m', 'mark', '--mark', '2', '-p', 'tcp', '-j', ...REFUSALS[way]];
    mustRun('ip', ['netns', 'exec', this.lab?.node ?? '', 'iptables', '-w', ...rule]);
  }

  async addPolicy(policy: KubernetesObject): Promise<void> {
    await this.server.mustCreate(policy);
    this.policies++;
  }

  async removePolicy({ apiVersion, kind, metadata }: KubernetesObject): Promise<void> {
    await this.delete({ apiVersion, kind, metadata });
    await this.settle();
  }

  private async settle(): Promise<void> {
    if (this.engine !== undefined) await seen(this.engine, { pods: this.pods, policies: this.policies });
  }

  /** kubectl, as far as the command speaks to it. */
  readonly kubectl = async (args: readonly string[], input = ''): Promise<KubectlEnded> => {
    const [verb] = args;
    try {
      if (verb === 'create') return await this.create(JSON.parse(input));
      if (verb === 'delete') return await this.delete(JSON.parse(input));
      if (verb === 'logs') return yes(this.jobNamed(args, args[1].replace('job/', ''))?.log ?? '');
      const job = this.jobNamed(args, args[2]);
      if (job === undefined) return no('NotFound');
      return yes(job.exitCode === undefined ? '' : job.exitCode === 0 ? 'Complete ' : 'Failed ');
    } catch (error) {
      return no('InternalError', String(error));
    }
  };

  private jobNamed(args: readonly string[], name: string): Running | undefined {
    return this.running.get(`${args[args.indexOf('-n') + 1]}/${name}`);
  }

  private async create(object: KubernetesObject): Promise<KubectlEnded> {
    const { status, body } = await this.server.create(object);
    if (status !== 201) return no(String(body.reason), String(body.message));
    if (object.kind === 'Job') await this.run(object);
    if (object.kind.endsWith('NetworkPolicy')) {
      this.policies++;
      await this.settle();
    }
    return yes();
  }

  private async delete({ apiVersion, kind, metadata }: KubernetesObject): Promise<KubectlEnded> {
    const { name, namespace } = metadata;
    await this.server.mustDelete({ apiVersion, kind, metadata });
    if (kind.endsWith('NetworkPolicy')) this.policies--;
    const job = kind === 'Job' ? this.running.get(`${namespace}/${name}`) : undefined;
    if (job !== undefined) {
      this.running.delete(`${namespace}/${name}`);
      if (job.exitCode === undefined) kill(job.process);
      await this.server.mustDelete({ apiVersion: 'v1', kind: 'Pod', metadata: { name: job.pod, namespace } });
      this.pods--;
      this.free.push(job.address);
    }
    return yes();
  }

  /** What the controller of Jobs and the kubelet do: the pod of the template, at an address, running. */
  private async run({ metadata, spec }: KubernetesObject): Promise<void> {
    const { namespace = '', name } = metadata;
    const address = this.free.shift();
    if (address === undefined) throw new Error(`more than ${SEATS} Jobs at one time`);
    const { template } = spec as { template: { metadata: { labels: Record<string, string> }; spec: PodSpec } };
    const ofController = { 'batch.kubernetes.io/job-name': name, 'job-name': name };
    const pod = `${name}-${address.split('.')[3]}`;
    const labels = { ...template.metadata.labels, ...ofController };
    await placePod(this.server, {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: pod, namespace, labels },
      spec: { ...template.spec, nodeName: 'node1' },
      status: { phase: 'Running', podIP: address, podIPs: [{ ip: address }] },
    });
    this.pods++;
    await this.settle();
    const [{ command, args, env }] = template.spec.containers;
    const process = spawn('ip', ['netns', 'exec', this.netnsOf(address), ...command, ...args], {
      env: { PATH: PROGRAMS, ...this.variables(env) },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const job: Running = { namespace, name, labels, args, log: '', pod, address, process };
    const say = (text: Buffer) => {
      job.log += text.toString();
    };
    process.stdout.on('data', say);
    process.stderr.on('data', say);
    process.on('close', (code) => {
      job.exitCode = code ?? 1;
    });
    this.running.set(`${namespace}/${name}`, job);
    this.jobs.push(job);
  }

  /** As the kubelet writes it into each pod. */
  private get resolvConf(): string {
    return join(this.folder, 'resolv.conf');
  }

  private variables(env: PodSpec['containers'][number]['env']): Record<string, string> {
    const [host, port] = splitAddress(this.standing.apiServer);
    return {
      ...Object.fromEntries(env.map(({ name, value }) => [name, value])),
      PROBE_CONNECT: join(this.programs, 'connect'),
      PROBE_SETTLE: '0',
      PROBE_PATIENCE: '2',
      PROBE_PAUSE: '0',
      KUBERNETES_SERVICE_HOST: host,
      KUBERNETES_SERVICE_PORT: port,
      LAB_NAME_SERVER: this.standing.nameServer,
      PROBE_RESOLV_CONF: this.resolvConf,
    };
  }

  async stop(): Promise<void> {
    for (const { process, exitCode } of this.running.values()) if (exitCode === undefined) kill(process);
    await sleep(50);
    for (const one of [this.engine, this.lab, this.server]) await one?.stop();
    rmSync(this.folder, { recursive: true });
  }
}

interface PodSpec {
  readonly containers: readonly {
    readonly command: readonly string[];
    readonly args: readonly string[];
    readonly env: readonly { readonly name: string; readonly value: string }[];
  }[];
}

export function addressOf({ status }: KubernetesObject): string {
  return (status as { podIP: string }).podIP;
}

/** `10.0.0.1:443` */
function splitAddress(address: string): [host: string, port: string] {
  const colon = address.lastIndexOf(':');
  return [address.slice(0, colon), address.slice(colon + 1)];
}

function yes(out = ''): KubectlEnded {
  return { ok: true, out, err: '' };
}

function no(reason: string, message = ''): KubectlEnded {
  return { ok: false, out: '', err: `Error from server (${reason}): ${message}` };
}

/** The program of a Job, and what it started. */
function kill({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}

function mustRun(program: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
}

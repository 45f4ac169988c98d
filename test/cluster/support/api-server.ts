import { Agent, request } from 'node:https';
import { join } from 'node:path';
import type { KubernetesObject } from '../../judges/world';
import { Program } from './program';

export interface Answer {
  readonly status: number;
  /** What the server says: the object, or the Status of a refusal. */
  readonly body: Record<string, unknown>;
}

interface Resource {
  readonly name: string;
  readonly kind: string;
  readonly namespaced: boolean;
}

/** A kube-apiserver of our own on loopback, with nothing in it. */
export class ApiServer {
  static async start(programs: string): Promise<ApiServer> {
    const program = new Program(join(programs, 'apiserver'));
    const ready = await program.ready();
    const field = (name: string) => new RegExp(`${name}=(\\S+)`).exec(ready)?.[1] ?? '';
    return new ApiServer(program, field('server'), field('token'), field('kubeconfig'));
  }

  /** The certificate is the server's own, made at its start. */
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 16, rejectUnauthorized: false });
  private readonly known = new Map<string, readonly Resource[]>();

  private constructor(
    private readonly program: Program,
    private readonly server: string,
    private readonly token: string,
    readonly kubeconfig: string,
  ) {}

  /** Creates with strict field validation: an unknown or repeated field is refused. */
  async create(object: KubernetesObject, options: { dryRun?: boolean } = {}): Promise<Answer> {
    const path = await this.collectionOf(object);
    if (path === undefined) throw new Error(`the server knows no ${object.kind} of ${object.apiVersion}`);
    const query = `fieldValidation=Strict${options.dryRun === true ? '&dryRun=All' : ''}`;
    return this.ask('POST', `${path}?${query}`, object);
  }

  /** Creates, and throws where the server refuses. */
  async mustCreate(object: KubernetesObject): Promise<void> {
    const { status, body } = await this.create(object);
    if (status !== 201) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${body.message}`);
  }

  /** Deletes at once, and throws where the server refuses. */
  async mustDelete(object: KubernetesObject): Promise<void> {
    const path = `${await this.collectionOf(object)}/${object.metadata.name}`;
    const { status, body } = await this.ask('DELETE', `${path}?gracePeriodSeconds=0&propagationPolicy=Background`);
    if (status >= 300) throw new Error(`${object.kind} ${object.metadata.name}: ${status} ${body.message}`);
  }

  /** Creates it, or gives its labels to one that a server has from its start, such as kube-system. */
  async ensureNamespace(name: string, labels: Record<string, string> = {}): Promise<void> {
    const { status } = await this.ask('GET', `/api/v1/namespaces/${name}`);
    if (status === 404) return this.mustCreate({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
    const patch = { metadata: { labels } };
    await this.ask('PATCH', `/api/v1/namespaces/${name}`, patch, 'application/merge-patch+json');
  }

  async knows(object: KubernetesObject): Promise<boolean> {
    return (await this.collectionOf(object)) !== undefined;
  }

  async ask(method: string, path: string, body?: unknown, contentType = 'application/json'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const headers = { Authorization: `Bearer ${this.token}`, 'Content-Type': contentType };
      const sent = request(`${this.server}${path}`, { method, headers, agent: this.agent }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          resolve({ status: response.statusCode ?? 0, body: parsed(text) });
        });
      });
      sent.on('error', (error) => reject(new Error(`${method} ${path}: ${error.message}\n${this.program.said}`)));
      sent.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await this.program.stop();
  }

  private async collectionOf(object: KubernetesObject): Promise<string | undefined> {
    const group = object.apiVersion.includes('/') ? `/apis/${object.apiVersion}` : `/api/${object.apiVersion}`;
    const resource = (await this.resourcesOf(group)).find(
      ({ kind, name }) => kind === object.kind && !name.includes('/'),
    );
    if (resource === undefined) return undefined;
    const namespace = resource.namespaced ? `/namespaces/${object.metadata.namespace ?? 'default'}` : '';
    return `${group}${namespace}/${resource.name}`;
  }

  private async resourcesOf(group: string): Promise<readonly Resource[]> {
    const known = this.known.get(group);
    if (known !== undefined) return known;
    const { status, body } = await this.ask('GET', group);
    if (status !== 200) return [];
    const resources = body.resources as readonly Resource[];
    this.known.set(group, resources);
    return resources;
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text);
  } catch {
    return { message: text };
  }
}

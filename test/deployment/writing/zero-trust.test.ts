import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, App, Chart } from 'cdk8s';
import {
  InferenceTier,
  Internet,
  Pods,
  PolicyGraph,
  PolicyProof,
  Port,
  Purpose,
  ZeroTrust,
  ZeroTrustFindings,
  ZeroTrustNamespace,
} from '../../../lib';
import { ZeroTrustError } from '../../../lib/model/problem';

let folder: string;
let dist: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'render-'));
  dist = join(folder, 'dist');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function model(props = {}) {
  const app = new App({ outdir: dist, ...props });
  const chart = new Chart(app, 'models');
  const namespace = new ZeroTrustNamespace(chart, 'ai-models', { purpose: Purpose.INFERENCE });
  const tier = new InferenceTier(namespace, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
  return { app, chart, tier };
}

/** Every policy can be rendered, and none of them is what is meant: that is said by a finding that is an error. */
function openPortOfService({ chart, tier }: ReturnType<typeof model>): void {
  new ApiObject(chart, 'service', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'vllm', namespace: 'ai-models' },
    spec: { selector: { app: 'vllm' }, ports: [{ port: 80, targetPort: 8080 }] },
  });
  new ApiObject(chart, 'pod', {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'vllm', namespace: 'ai-models', labels: { app: 'vllm' } },
    spec: {
      securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
      containers: [
        {
          name: 'vllm',
          ports: [{ containerPort: 8080 }],
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
        },
      ],
    },
  });
  const users = Pods.labeled({ app: 'users' }).inNamespace('users').ownedBy('the users');
  tier.connections.allowFrom(users, { ports: [Port.tcp(80)], because: 'users ask the model' });
}

function formerDist(): void {
  mkdirSync(dist);
  writeFileSync(join(dist, 'former.k8s.yaml'), 'kind: Namespace\n');
}

function errorOf(act: () => unknown): ZeroTrustError {
  try {
    act();
  } catch (error) {
    if (error instanceof ZeroTrustError) return error;
    throw error;
  }
  throw new Error('it was not refused');
}

it('says what is found to be an error as a problem, as everything else that is refused', () => {
  const made = model();
  openPortOfService(made);
  expect(errorOf(() => ZeroTrust.render(made.app)).problems).toMatchObject([
    { rule: 'port-not-served', where: 'models/ai-models/vllm', allowed: 'TCP/8080' },
  ]);
});

describe('rendering an app', () => {
  it('replaces the folder of the app as a whole, with the graph and the preconditions beside the manifests', () => {
    formerDist();
    const { app } = model();
    const proof = ZeroTrust.render(app);
    expect(proof.isProved).toBe(true);
    expect(readdirSync(folder)).toEqual(['dist']);
    expect(readdirSync(dist).sort()).toEqual([
      'findings.json',
      'graph.json',
      'graph.mmd',
      'graph.txt',
      'models.k8s.yaml',
      'preconditions.txt',
      'proof.json',
    ]);
    expect(readFileSync(join(dist, 'graph.json'), 'utf8')).toBe(PolicyGraph.of(app).toJson());
    expect(readFileSync(join(dist, 'findings.json'), 'utf8')).toBe(ZeroTrustFindings.of(app).toJson());
    expect(PolicyProof.ofFolder(app, dist).isProved).toBe(true);
    expect(readFileSync(join(dist, 'preconditions.txt'), 'utf8')).toBe(
      proof.preconditions.map((line) => `${line}\n`).join(''),
    );
    expect(PolicyProof.ofFolder(app, dist).isProved).toBe(true);
  });

  it('takes another folder, makes it where it is not there, and leaves the app as it was', () => {
    const { app } = model();
    ZeroTrust.render(app, { folder: join(folder, 'a/b') });
    expect(existsSync(join(folder, 'a/b/models.k8s.yaml'))).toBe(true);
    expect(app.outdir).toBe(dist);
    expect(existsSync(dist)).toBe(false);
  });

  it('follows a link to the folder, and keeps the link', () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), dist);
    ZeroTrust.render(model().app);
    expect(existsSync(join(folder, 'real/models.k8s.yaml'))).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['dist', 'real']);
  });

  it('gives the same bytes each time', () => {
    const { app } = model();
    const bytes = () => readdirSync(dist).map((name) => readFileSync(join(dist, name), 'utf8'));
    ZeroTrust.render(app);
    const first = bytes();
    ZeroTrust.render(app);
    expect(bytes()).toEqual(first);
  });

  it.each<[string, (made: ReturnType<typeof model>) => void]>([
    [
      'declares what is refused',
      ({ tier }) => tier.connections.allowTo(Internet.any(), { ports: [Port.tcp(443)], because: 'weights are pulled' }),
    ],
    [
      'opens more than is declared',
      ({ chart }) =>
        new ApiObject(chart, 'open', {
          apiVersion: 'networking.k8s.io/v1',
          kind: 'NetworkPolicy',
          metadata: { name: 'open', namespace: 'ai-models' },
          spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{}] },
        }),
    ],
    ['opens the port of a Service where its pods listen on another', openPortOfService],
  ])('leaves the folder as it was, and throws our problems, where the app %s', (_, spoil) => {
    formerDist();
    const made = model();
    spoil(made);
    expect(errorOf(() => ZeroTrust.render(made.app)).problems).not.toEqual([]);
    expect(readdirSync(dist)).toEqual(['former.k8s.yaml']);
    expect(readdirSync(folder)).toEqual(['dist']);
  });

  it('leaves the folder as it was where a validation of somebody else fails, and throws what that says', () => {
    formerDist();
    const { app } = model();
    app.node.addValidation({ validate: () => ['the model is not for sale'] });
    expect(() => ZeroTrust.render(app)).toThrow('the model is not for sale');
    expect(readdirSync(dist)).toEqual(['former.k8s.yaml']);
    expect(readdirSync(folder)).toEqual(['dist']);
  });

  it('says of what is proved in the written bytes, not of what the app would render', () => {
    formerDist();
    const { app } = model();
    const synth = app.synth.bind(app);
    app.synth = () => {
      synth();
      const file = join(app.outdir, 'models.k8s.yaml');
      writeFileSync(file, readFileSync(file, 'utf8').replace('app: vllm', 'app: other'));
    };
    expect(errorOf(() => ZeroTrust.render(app)).problems[0]?.rule).toBe('written-fields');
    expect(readdirSync(dist)).toEqual(['former.k8s.yaml']);
  });

  it.each(['notes.md', 'package.json', '.git', 'main.ts'])('does not replace a folder that holds %s', (name) => {
    formerDist();
    writeFileSync(join(dist, name), 'mine');
    const error = errorOf(() => ZeroTrust.render(model().app));
    expect(error.problems[0]).toMatchObject({ rule: 'render-folder', where: dist });
    expect(error.message).toContain(name);
    expect(readdirSync(dist).sort()).toEqual([name, 'former.k8s.yaml'].sort());
  });

  it.each(['.', '..', '/'])('does not replace the folder %s, in which the app runs', (name) => {
    expect(errorOf(() => ZeroTrust.render(model().app, { folder: name })).problems[0]?.rule).toBe('render-folder');
  });

  it('says in our words what the file system refuses', () => {
    writeFileSync(join(folder, 'file'), '');
    const error = errorOf(() => ZeroTrust.render(model().app, { folder: join(folder, 'file/dist') }));
    expect(error.problems[0]?.rule).toBe('render-files');
  });
});

describe('several apps', () => {
  it('come into one folder, each with its proof', () => {
    const proofs = ZeroTrust.renderAll({ staging: model().app, production: model().app }, dist);
    expect(Object.entries(proofs).map(([name, { isProved }]) => [name, isProved])).toEqual([
      ['staging', true],
      ['production', true],
    ]);
    expect(readdirSync(dist).sort()).toEqual(['production', 'staging']);
  });

  it('come all or none, and the one that is refused is named', () => {
    formerDist();
    const bad = model();
    bad.tier.connections.allowTo(Internet.any(), { ports: [Port.tcp(443)], because: 'weights are pulled' });
    const error = errorOf(() => ZeroTrust.renderAll({ good: model().app, bad: bad.app }, dist));
    expect(error.problems[0]?.where).toMatch(/^bad: models\//);
    expect(readdirSync(dist)).toEqual(['former.k8s.yaml']);
  });

  it.each([{}, { '../x': new App() }, { '': new App() }])('have names of folders: not %j', (apps) => {
    expect(() =>
      ZeroTrust.renderAll(Object.fromEntries(Object.keys(apps).map((key) => [key, model().app])), dist),
    ).toThrow(ZeroTrustError);
  });
});

describe('who is killed in the middle', () => {
  const library = join(__dirname, '../../..');

  /** Runs code that has the functions of a file, in a process of its own. */
  function run(file: string, code: string) {
    const script = `const it = require(${JSON.stringify(join(library, 'lib/deployment/writing', file))}); ${code}`;
    return spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', '-e', script], {
      cwd: library,
      encoding: 'utf8',
    });
  }

  it('between the two renames has the former folder back at the next start, also where that one fails', () => {
    formerDist();
    // What such a process leaves.
    spawnSync('mv', [dist, join(folder, '.dist.former')]);
    const { app } = model();
    app.node.addValidation({ validate: () => ['no'] });
    expect(() => ZeroTrust.render(app)).toThrow('no');
    expect(readdirSync(dist)).toEqual(['former.k8s.yaml']);
    expect(readdirSync(folder)).toEqual(['dist']);
  });

  it('while it writes leaves nothing that lasts', () => {
    formerDist();
    const killed = run(
      'replaced-folder',
      `it.replacedFolder(${JSON.stringify(dist)}, () => process.kill(process.pid, 'SIGKILL'));`,
    );
    expect(killed.signal).toBe('SIGKILL');
    expect(readdirSync(dist)).toEqual(['former.k8s.yaml']);
    expect(readdirSync(folder)).toHaveLength(2);
    ZeroTrust.render(model().app);
    expect(readdirSync(folder)).toEqual(['dist']);
  });

  it('by a signal ends after both renames', () => {
    const done = join(folder, 'done');
    const killed = run(
      'held-signals',
      `it.withSignalsHeld(() => {
        process.kill(process.pid, 'SIGTERM');
        const until = Date.now() + 200;
        while (Date.now() < until);
        require('node:fs').writeFileSync(${JSON.stringify(done)}, '');
      });
      setTimeout(() => process.exit(3), 5000);`,
    );
    expect(existsSync(done)).toBe(true);
    expect(killed.signal).toBe('SIGTERM');
  });

  it('listens for signals no longer than that', async () => {
    const soon = () => new Promise((resolve) => setImmediate(resolve));
    await soon();
    const before = process.listenerCount('SIGINT');
    ZeroTrust.render(model().app);
    ZeroTrust.render(model().app);
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    await soon();
    expect(process.listenerCount('SIGINT')).toBe(before);
  });
});

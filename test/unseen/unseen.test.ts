// A case is cases/<name>.yaml: manifests that stand beside an app which closes the namespace `models`. Its first comments say
// what is expected, a line each: `# proof: proved|not-proved` of the app and of its folder; `# names:` and `# assumes:`, text
// in what speaks against the proof and in its assumptions; `# denied: yes|no|refused`, of a stranger on a port that is closed;
// optional `# engine: calico|cilium|antrea|cluster-network-policy`. A title stands in the other comments.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, type ApiObjectProps, App, Chart, Include, JsonPatch } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { Cluster, InferenceTier, Pods, PolicyProof, Port, ZeroTrustNamespace } from '../../lib';
import { stranger, zeroTrustMatchers } from '../../lib/testing';

expect.extend(zeroTrustMatchers);

const CASES = join(__dirname, 'cases');

interface Expected {
  readonly proof: string;
  readonly denied?: string;
  readonly engine: string;
  readonly names: readonly string[];
  readonly assumes: readonly string[];
}

const RANGES = { podCidrs: ['10.244.0.0/16'], serviceCidrs: ['10.96.0.0/12'] };
const CLUSTERS: Readonly<Record<string, () => Cluster>> = {
  kubernetes: () => Cluster.kubernetes(RANGES),
  calico: () => Cluster.calico({ ...RANGES, version: '3.31' }),
  cilium: () => Cluster.cilium({ ...RANGES, version: '1.20' }),
  antrea: () => Cluster.antrea({ ...RANGES, version: '2.7' }),
};

function expectedOf(file: string): Expected {
  const lines = readFileSync(join(CASES, file), 'utf8').split('\n');
  const values = (key: string) =>
    lines.flatMap((line) => (line.startsWith(`# ${key}: `) ? [line.slice(key.length + 4).trim()] : []));
  const [proof] = values('proof');
  if (proof === undefined) throw new Error(`${file} does not say what is expected of the proof`);
  const [engine = 'kubernetes'] = values('engine');
  return { proof, denied: values('denied')[0], engine, names: values('names'), assumes: values('assumes') };
}

/** An app whose one namespace is closed, with the manifests of a case in a chart of their own. */
function appWith(engine: string, file?: string): App {
  const app = new App();
  Cluster.use(app, CLUSTERS[engine]());
  const models = new ZeroTrustNamespace(new Chart(app, 'platform'), 'models', { purpose: 'inference' });
  const vllm = new InferenceTier(models, 'vllm', { pods: Pods.labeled({ app: 'vllm' }) });
  vllm.connections.allowFrom(Pods.labeled({ app: 'chat' }).inNamespace('chat').ownedBy('the chat team'), {
    because: 'users ask',
  });
  if (file !== undefined) include(new Chart(app, 'beside'), file);
  return app;
}

/** As `Include` of cdk8s does it, without a process for each file. */
function include(chart: Chart, file: string): void {
  loadAll(readFileSync(join(CASES, file), 'utf8')).forEach((object, i) => {
    new ApiObject(chart, `object${i}`, object as ApiObjectProps);
  });
}

/** A folder with the manifests of the app, and those of the case beside them. */
function inFolder<T>(engine: string, file: string, work: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'unseen-'));
  try {
    writeFileSync(join(folder, 'platform.yaml'), appWith(engine).synthYaml());
    copyFileSync(join(CASES, file), join(folder, file));
    return work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const files = readdirSync(CASES).filter((file) => file.endsWith('.yaml'));

describe.each(files)('what is unseen: %s', (file) => {
  const { proof, denied, engine, names, assumes } = expectedOf(file);

  it.each<[string, () => PolicyProof]>([
    ['app', () => PolicyProof.of(appWith(engine, file))],
    ['folder', () => inFolder(engine, file, (folder) => PolicyProof.ofFolder(appWith(engine, file), folder))],
  ])(`is ${proof} in the %s`, (_, prove) => {
    const found = prove();
    expect([found.isProved ? 'proved' : 'not-proved', found.witnesses.filter(() => proof === 'proved')]).toEqual([
      proof,
      [],
    ]);
    for (const text of names) expect(found.witnesses.join('\n')).toContain(text);
    for (const text of assumes) expect(found.assumptions.join('\n')).toContain(text);
  });

  const synthesis = proof === 'proved' ? 'is synthesized' : 'stops the synthesis';
  it(synthesis, () => {
    const synth = () => appWith(engine, file).synthYaml();
    if (proof === 'proved') expect(synth).not.toThrow();
    else expect(synth).toThrow();
  });

  const asked = denied === undefined ? it.skip : it;
  asked(`is denied for certain: ${denied}`, () =>
    inFolder(engine, file, (folder) => {
      const deny = () => expect(folder).toDeny(stranger('elsewhere/app=stranger'), 'models/app=vllm', Port.tcp(9999));
      if (denied === 'yes') deny();
      else expect(deny).toThrow(denied === 'refused' ? undefined : /to be denied/);
    }),
  );
});

describe('an object that becomes a policy', () => {
  it('is read where it is included', () => {
    const app = appWith('kubernetes');
    new Include(new Chart(app, 'beside'), 'case', { url: join(CASES, 'list-of-network-policies.yaml') });
    expect(PolicyProof.of(app).witnesses.join('\n')).toContain('lets in what no flow declares');
  });

  it('is read as what it renders', () => {
    const { ConfigMap, patched } = patchedApp();
    expect(ConfigMap.isProved).toBe(true);
    expect(patched.isProved).toBe(false);
    expect(patched.witnesses.join('\n')).toContain('lets in what no flow declares');
  });
});

function patchedApp() {
  const app = appWith('kubernetes');
  const object = new ApiObject(new Chart(app, 'more'), 'innocent', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'innocent', namespace: 'models' },
  });
  const ConfigMap = PolicyProof.of(app);
  object.addJsonPatch(
    JsonPatch.replace('/apiVersion', 'networking.k8s.io/v1'),
    JsonPatch.replace('/kind', 'NetworkPolicy'),
    JsonPatch.add('/spec', { podSelector: {}, ingress: [{}] }),
  );
  return { ConfigMap, patched: PolicyProof.of(app) };
}

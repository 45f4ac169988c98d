import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './run';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'init-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const init = (argv: readonly string[], around = {}) => run(['init', ...argv], { cwd: folder, ...around });

describe('init', () => {
  it('writes a project for the systems that are named', async () => {
    const { code, out } = await init([
      'app',
      '--engine',
      'cilium@1.20',
      '--platform',
      'eks',
      '--with',
      'envoy-ai-gateway,vllm,weaviate',
    ]);
    expect([code, out]).toEqual([
      0,
      'Written to app: 4 systems, 1 flow among them.\n  cd app && npm install && npm test && npm run synth\n',
    ]);
    expect(readdirSync(join(folder, 'app')).sort()).toEqual([
      '.github',
      '.gitignore',
      'README.md',
      'cdk8s.yaml',
      'main.ts',
      'package.json',
      'platform.test.ts',
      'platform.ts',
      'tsconfig.json',
    ]);
    const written = readFileSync(join(folder, 'app/platform.ts'), 'utf8');
    expect(written).toContain("Cluster.use(app, Cluster.cilium({ version: '1.20', platform: Platform.EKS");
    expect(written).toContain(
      "vllm.connections.allowFrom(envoyGateway.tier('proxy'), { http: Catalog.requests('vllm'), because: 'users reach the models through the gateway' });",
    );
  });

  it('asks in a terminal for what is not given', async () => {
    const questions: string[] = [];
    const answers = ['vllm, weaviate', '', 'kind'];
    const ask = (question: string) => {
      questions.push(question);
      return Promise.resolve(answers[questions.length - 1]);
    };
    const { code, err } = await init(['app'], { ask });
    expect(code).toBe(0);
    expect(err).toContain('inference: ');
    expect(questions.map((question) => question.split('?')[0].split(' (')[0])).toEqual([
      'Which systems run there, with commas between',
      'What enforces policies',
      'Where does it run',
    ]);
    expect(readFileSync(join(folder, 'app/platform.ts'), 'utf8')).toContain('Platform.KIND');
  });

  it.each([
    [['app'], 'No system is named that a project could be made of'],
    [['app', '--with', 'vlm'], "There is no system 'vlm'; did you mean 'vllm'?"],
    [['app', '--with', 'vllm', '--engine', 'cillium'], "There is no engine 'cillium'; did you mean 'cilium'"],
    [['app', '--with', 'vllm', '--platform', 'ekss'], "There is no platform 'ekss'; did you mean 'eks'"],
    [['app', '--with', 'vllm', '--api-server', 'there'], 'there'],
  ])('refuses %j and writes nothing', async (argv, says) => {
    const { code, err } = await init(argv);
    expect(code).toBe(3);
    expect(err).toContain(says);
    expect(existsSync(join(folder, 'app'))).toBe(false);
  });

  it('refuses a folder that has something in it', async () => {
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const { code, err } = await init(['.', '--with', 'vllm']);
    expect([code, readdirSync(folder)]).toEqual([3, ['mine.txt']]);
    expect(err).toContain('. has something in it, and nothing is written over');
  });
});

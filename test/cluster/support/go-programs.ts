/**
 * Programs in Go that the tests start, built from sources in this repository with pinned modules. What is built is
 * kept under `node_modules/.cache`, by a hash of the sources and the version of Go, so that it is paid for once.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

export interface GoPrograms {
  /** Part of the name of the folder that they are kept in. */
  readonly name: string;
  /** Holds all their sources. */
  readonly sources: string;
  readonly builds: readonly GoBuild[];
}

/** One run of `go build` in one module. */
export interface GoBuild {
  /** Folder of the module in the sources. */
  readonly module: string;
  readonly packages: readonly string[];
  /** Name of the program, where it is not the package's. */
  readonly output?: string;
  readonly linkerFlags?: readonly string[];
}

export type Built =
  | { readonly kind: 'built'; readonly folder: string }
  | { readonly kind: 'missing'; readonly reason: string };

/** The folder with the programs, built now if need be. What a machine cannot give is a reason; a build that fails throws. */
export function buildGoPrograms(programs: GoPrograms): Built {
  const go = goVersion();
  if (go.kind === 'missing') return go;
  const folder = join(cacheFolder(), `${programs.name}-${hashOf(programs.sources, go.version)}`);
  if (existsSync(folder)) return { kind: 'built', folder };
  const unreachable = programs.builds.map(downloadModules(programs)).find((reason) => reason !== undefined);
  if (unreachable !== undefined) return { kind: 'missing', reason: unreachable };

  // Built beside its place and moved there: a build that was interrupted leaves nothing that looks whole.
  const unfinished = `${folder}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true });
  process.stdout.write(`Building ${programs.name} (some minutes with an empty build cache) …\n`);
  const start = Date.now();
  for (const build of programs.builds) runGoBuild(programs, build, unfinished);
  removeEarlier(programs);
  renameSync(unfinished, folder);
  process.stdout.write(`Built ${programs.name} in ${Math.round((Date.now() - start) / 1000)} s\n`);
  return { kind: 'built', folder };
}

/** What other sources were built into goes: it is some 200 MB each time. */
function removeEarlier({ name }: GoPrograms): void {
  const earlier = readdirSync(cacheFolder()).filter((entry) => new RegExp(`^${name}-[0-9a-f]{16}$`).test(entry));
  for (const entry of earlier) rmSync(join(cacheFolder(), entry), { recursive: true });
}

/** The minor version of Go that the modules' `go` lines ask for. */
const neededMinor = 26;

function goVersion(): { kind: 'found'; version: string } | { kind: 'missing'; reason: string } {
  const answer = spawnSync('go', ['version'], { encoding: 'utf8' });
  if (answer.error !== undefined || answer.status !== 0) return { kind: 'missing', reason: 'Go is not installed' };
  const version = answer.stdout.trim();
  const minor = Number(/go1\.(\d+)/.exec(version)?.[1]);
  if (minor < neededMinor) return { kind: 'missing', reason: `Go 1.${neededMinor} is needed, and this is ${version}` };
  return { kind: 'found', version };
}

function cacheFolder(): string {
  const chosen = process.env.ZERO_TRUST_GO_CACHE;
  return chosen === undefined || chosen === ''
    ? resolve(__dirname, '../../../node_modules/.cache/cdk8s-zero-trust')
    : resolve(chosen);
}

function hashOf(sources: string, version: string): string {
  const hash = createHash('sha256').update(version);
  for (const file of filesUnder(sources))
    hash.update(relative(sources, file)).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex').slice(0, 16);
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const environment = { ...process.env, CGO_ENABLED: '0' };

function downloadModules(programs: GoPrograms): (build: GoBuild) => string | undefined {
  return (build) => {
    const cwd = join(programs.sources, build.module);
    // `go list` fetches what the programs import and no more, unlike `go mod download`.
    const answer = spawnSync('go', ['list', '-deps', ...build.packages], {
      cwd,
      env: environment,
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    if (answer.status === 0) return undefined;
    const said = answer.stderr.trim();
    if (/dial tcp|no such host|connection refused|i\/o timeout|module lookup disabled/.test(said)) {
      return `Go modules cannot be downloaded: ${said.split('\n').pop()}`;
    }
    throw new Error(`go list in ${cwd} failed:\n${said}`);
  };
}

function runGoBuild(programs: GoPrograms, build: GoBuild, folder: string): void {
  const output = build.output === undefined ? `${folder}/` : join(folder, build.output);
  const linkerFlags = ['-s', '-w', ...(build.linkerFlags ?? [])].join(' ');
  execFileSync('go', ['build', '-trimpath', '-ldflags', linkerFlags, '-o', output, ...build.packages], {
    cwd: join(programs.sources, build.module),
    env: environment,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import type { DeploymentProof } from '../deployment/proving/deployment-proof';
import type * as Into from '../deployment/synthesis-into';
import type * as Replaced from '../deployment/writing/replaced-folder';
import { givenConstruct } from '../graph/given-construct';
import { PolicyGraph } from '../graph/policy-graph';
import { optional, reading, type Shape, struct, text, wrongKind } from '../model/checked';
import { ZeroTrustError } from '../model/problem';
import { toolVersion } from '../model/tool-version';
import type * as Record from '../proof/record';
import { PolicyProof } from './policy-proof';
import { ZeroTrustFindings } from './zero-trust-findings';

/** How an app is rendered. */
export interface RenderOptions {
  /**
   * The folder that is replaced. It is made where it is not there; one that holds anything but rendered files is refused.
   *
   * @default - the folder of the app: `outdir` of its props, the environment variable CDK8S_OUTDIR, or `dist`
   */
  readonly folder?: string;
}

/** An app is rendered, proved and put in its place in one step. */
export class ZeroTrust {
  /**
   * Renders an app in place of `app.synth()`: beside its folder, proves what was written there by reading it back, and only
   * then puts it in the place of the folder, as a whole. An error leaves the folder as it was.
   *
   * Beside the manifests are the policy graph (`graph.txt`, `graph.json`, `graph.mmd`), the record of the proof
   * (`proof.json`, see docs/proof-record.md), what is probably not meant (`findings.json`), and what to verify in the live
   * cluster (`preconditions.txt`). Run the app itself (`npx ts-node main.ts`): the command `cdk8s synth` empties its folder
   * before it runs the app.
   *
   * @param app that is rendered.
   * @param options how.
   * @returns the proof of what was written.
   * @throws ZeroTrustError with everything that is wrong.
   *
   * @example
   * console.log(ZeroTrust.render(app).toText());
   */
  public static render(app: App, options: RenderOptions = {}): PolicyProof {
    const given = givenApp(app, 'app');
    const { folder = given.outdir } = renderOptions(options, 'options');
    return refusedInOurWords(folder, () => writing().replacedFolder(folder, (fresh) => renderedInto(given, fresh)));
  }

  /**
   * Renders several apps, each into a folder of its name, and puts all of them in the place of one folder: all or none.
   *
   * @param apps by the names of their folders.
   * @param folder that holds these folders and nothing else.
   * @returns the proof of each app, by the same names.
   * @throws ZeroTrustError with everything that is wrong with the first app that is refused.
   */
  public static renderAll(apps: { [name: string]: App }, folder: string): { [name: string]: PolicyProof } {
    const given = givenApps(apps);
    const target = folderName(folder, 'folder');
    return refusedInOurWords(target, () =>
      writing().replacedFolder(target, (fresh) =>
        Object.fromEntries(given.map(([name, app]) => [name, renderedInto(app, join(fresh, name), name)])),
      ),
    );
  }

  private constructor() {}
}

/** What lies beside the manifests, by the name of its file. */
const BESIDE: Readonly<
  Record<string, (graph: PolicyGraph, proof: PolicyProof, findings: ZeroTrustFindings) => string>
> = {
  'findings.json': (_, __, findings) => findings.toJson(),
  'graph.txt': (graph) => graph.toText(),
  'graph.json': (graph) => graph.toJson(),
  'graph.mmd': (graph) => graph.toMermaid(),
  'preconditions.txt': (_, { preconditions }) => preconditions.join('\n'),
};

/** What was proved, with the hashes of what it was proved of: for who was not there. */
const RECORD = 'proof.json';

function recordOf(graph: PolicyGraph, { _found }: PolicyProof, folder: string): string {
  const { fileDigest, proofRecord, recordJson } = recording();
  const proof = _found as DeploymentProof;
  return recordJson(
    proofRecord({
      graph: graph._data,
      declaration: fileDigest(join(folder, 'graph.json'), folder),
      files: (proof.files ?? []).map((file) => fileDigest(file, folder)),
      proof,
      version: toolVersion(),
    }),
  );
}

// Loaded when an app is rendered: whoever imports the package does not wait for them.

function recording(): typeof Record {
  return require('../proof/record');
}

function writing(): typeof Replaced {
  return require('../deployment/writing/replaced-folder');
}

function synthesis(): typeof Into {
  return require('../deployment/synthesis-into');
}

function renderedInto(app: App, folder: string, name?: string): PolicyProof {
  try {
    synthesis().synthesizeInto(app, folder);
    const proof = PolicyProof.ofFolder(app, folder);
    if (proof._problems.length > 0) throw new ZeroTrustError(proof._problems);
    const graph = PolicyGraph.of(app);
    const findings = ZeroTrustFindings.of(app);
    for (const [file, textOf] of Object.entries(BESIDE)) {
      const body = textOf(graph, proof, findings).trimEnd();
      writeFileSync(join(folder, file), body === '' ? '' : `${body}\n`);
    }
    writeFileSync(join(folder, RECORD), recordOf(graph, proof, folder));
    return proof;
  } catch (error) {
    if (name === undefined || !(error instanceof ZeroTrustError)) throw error;
    const problems = error.problems.map((problem) => ({
      ...problem,
      where: problem.where === undefined ? name : `${name}: ${problem.where}`,
    }));
    throw Object.assign(new ZeroTrustError(problems), { cause: error });
  }
}

const folderName = (value: unknown, name: string): string => {
  const folder = text(value, name);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no path has a null character, and none is meant to have others
  if (folder !== '' && !/[\u0000-\u001f]/.test(folder)) return folder;
  throw wrongKind(value, name, { is: 'a folder', allowed: 'a path', fix: "{ folder: 'dist' }" });
};

const SHAPE: Shape<{ readonly folder?: string }> = { folder: optional(folderName) };
const renderOptions = struct(SHAPE, 'options of rendering');

function givenApp(value: unknown, name: string): App {
  const app = givenConstruct<App>(value, name);
  const { synth, outdir } = app as Partial<App>;
  if (typeof synth === 'function' && typeof outdir === 'string' && (app as App).node.root === app) return app;
  throw wrongKind(value, name, {
    is: 'an App',
    allowed: 'the App that holds the charts',
    fix: 'ZeroTrust.render(app)',
  });
}

function givenApps(value: unknown): (readonly [string, App])[] {
  return reading('apps', () => {
    const apps = typeof value === 'object' && value !== null ? Object.entries(value) : [];
    if (apps.length > 0 && apps.every(([name]) => /^[\w][\w.-]*$/.test(name)))
      return apps.map(([name, app]) => [name, givenApp(app, name)] as const);
    throw wrongKind(value, 'apps', {
      is: 'Apps by the names of their folders, at least one',
      allowed: 'names of letters, digits, dots, dashes and underscores',
      fix: "ZeroTrust.renderAll({ staging, production }, 'dist')",
    });
  });
}

/** What the file system refuses (no room, no right) is a problem of ours, since nothing was changed. */
function refusedInOurWords<T>(folder: string, render: () => T): T {
  try {
    return render();
  } catch (error) {
    const { syscall, message } = error as NodeJS.ErrnoException;
    if (syscall === undefined) throw error;
    throw Object.assign(
      new ZeroTrustError({
        rule: 'render-files',
        where: folder,
        what: `the files cannot be written, and what was there is as it was: ${message}`,
        value: folder,
        allowed: 'a folder beside which there is room, and the right to write',
        fix: 'Make room, or render into another folder.',
      }),
      { cause: error },
    );
  }
}

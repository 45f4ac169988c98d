import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { App } from 'cdk8s';
import { loadAll } from 'js-yaml';
import { Deployment } from '../../lib/deployment/deployment';
import type { DeploymentProof } from '../../lib/deployment/proving/deployment-proof';
import { type Problem, problemText } from '../../lib/model/problem';
import { type Proof, proofText } from '../../lib/proof';
import type { Declaration } from './declarations';
import { firstDifference, isBorneOut } from './difference';
import { type Files, namespacesOf, policiesOf } from './manifests';

/**
 * `caught`: the proof has witnesses, the naive evaluator bears out each of them, and finds a difference by itself.
 * `refused`: the reader reports an object, or an object that was written is not what was rendered. `harmless`: it is
 * proved all the same, and the naive evaluator finds no difference either. `missed` is none of these: the proof, or its
 * judge, is wrong.
 */
export type Outcome = 'caught' | 'refused' | 'harmless' | 'missed';

export interface Judgement {
  readonly outcome: Outcome;
  /** What shows it, for people. */
  readonly why: string;
}

/**
 * The proof stands on its own: to notice what becomes of policies it needs no comparison with what is rendered. It does for
 * what it takes for granted: labels of Namespaces, and that a policy stays once it was applied.
 */
function isNotNeeded({ rule, where = '', what }: Problem): boolean {
  if (rule === 'written-objects') return true;
  return rule === 'written-fields' && !where.includes(': Namespace ') && !/ownerReferences|hook/.test(what);
}

/** The manifests of a declaration, and the judge of what becomes of them. */
export class Subject {
  public readonly files: Files;
  private readonly app: App;
  private readonly folder: string;
  private readonly judged = new Map<string, Judgement>();

  constructor(private readonly declaration: Declaration) {
    this.folder = mkdtempSync(join(tmpdir(), 'damage-'));
    this.app = declaration.make({ outdir: this.folder });
    this.app.synth();
    const names = readdirSync(this.folder).sort();
    this.files = Object.fromEntries(
      names.map((name) => [name, loadAll(readFileSync(join(this.folder, name), 'utf8')) as Files[string]]),
    );
    const { outcome, why } = this.judge(this.files);
    if (outcome !== 'harmless') throw new Error(`${declaration.name} is not proved without damage: ${why}`);
  }

  public get name(): string {
    return this.declaration.name;
  }

  /** What different sets of manifests were judged. */
  public get different(): number {
    return this.judged.size;
  }

  public judge(damaged: Files): Judgement {
    const key = JSON.stringify(damaged);
    const judgement = this.judged.get(key) ?? this.judgementOf(damaged);
    this.judged.set(key, judgement);
    return judgement;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private judgementOf(damaged: Files): Judgement {
    const { proof, unreadable } = this.prove(damaged);
    const refusals = unreadable.map(problemText);
    if (!unreadable.every(isNotNeeded)) return { outcome: 'refused', why: refusals.join('\n') };
    const { witnesses, notProved } = proof;
    if (witnesses.length > 0) return this.caught(proof, damaged);
    if (notProved.length > 0) return { outcome: 'missed', why: `undecided: ${proofText(proof)}` };
    const missed = this.difference(damaged) ?? (refusals.length > 0 ? undefined : this.differenceElsewhere(damaged));
    if (missed !== undefined) return { outcome: 'missed', why: missed };
    return refusals.length > 0
      ? { outcome: 'refused', why: refusals.join('\n') }
      : { outcome: 'harmless', why: 'no connection differs' };
  }

  /** What the proof finds, the naive evaluator finds too: both in the very connection, and in looking by itself. */
  private caught(proof: Proof, damaged: Files): Judgement {
    const unconfirmed = proof.witnesses.filter(({ connection }) => !isBorneOut(connection, this.files, damaged));
    if (unconfirmed.length > 0) {
      return { outcome: 'missed', why: `not borne out: ${proofText({ ...proof, witnesses: unconfirmed })}` };
    }
    return this.difference(damaged) === undefined
      ? { outcome: 'missed', why: `not found by the naive evaluator: ${proofText(proof)}` }
      : { outcome: 'caught', why: proofText(proof) };
  }

  private difference(damaged: Files): string | undefined {
    return firstDifference(this.files, damaged, this.namespaces, this.declaration.podBlocks);
  }

  /** In namespaces that are not ours, but that policies are in: the proof is not about them. */
  private differenceElsewhere(damaged: Files): string | undefined {
    const names = [this.files, damaged].flatMap(policiesOf).map(({ metadata }) => metadata.namespace ?? 'default');
    const others = [...new Set(names)].filter((name) => !this.namespaces.includes(name));
    return firstDifference(this.files, damaged, others, this.declaration.podBlocks);
  }

  private get namespaces(): string[] {
    return namespacesOf(this.files).map(({ metadata }) => metadata.name);
  }

  /** As a pipeline does it, over the bytes of a folder. */
  protected prove(files: Files): DeploymentProof {
    this.write(files);
    return Deployment.of(this.app).proofOfFolder(this.folder);
  }

  private write(files: Files): void {
    rmSync(this.folder, { recursive: true });
    mkdirSync(this.folder);
    for (const [name, objects] of Object.entries(files)) {
      const text = objects.map((object) => `${JSON.stringify(object)}\n`).join('---\n');
      writeFileSync(join(this.folder, name), text);
    }
  }
}

import type { Command } from '../command';
import type * as Adopt from './adopt';
import type * as Can from './can';
import type * as Check from './check';
import type * as Cluster from './cluster';
import type * as Comment from './comment';
import type * as Compare from './compare';
import type * as Diff from './diff';
import type * as Drift from './drift';
import type * as Explain from './explain';
import type * as Flows from './flows';
import type * as Graph from './graph';
import type * as Init from './init';
import type * as List from './list';
import type * as Probe from './probe';
import type * as Prove from './prove';
import type * as Reach from './reach';

/** A command as the list of commands has it. Its module is loaded when it is asked for, so that help is fast. */
export interface CommandEntry {
  readonly name: string;
  /** As the command itself has it. */
  readonly summary: string;
  readonly load: () => Command;
}

/** Every command, in the order of the help. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'list',
    summary: 'every allowed connection, both ends, surely or perhaps',
    load: () => (require('./list') as typeof List).list,
  },
  {
    name: 'graph',
    summary: 'the same as a diagram or a picture: Mermaid, DOT, SVG, one HTML page',
    load: () => (require('./graph') as typeof Graph).graph,
  },
  {
    name: 'can',
    summary: 'yes, no or perhaps: whether one end reaches another',
    load: () => (require('./can') as typeof Can).can,
  },
  {
    name: 'explain',
    summary: 'why one end reaches another or does not: policy, rule, file and line, and what is missing',
    load: () => (require('./explain') as typeof Explain).explain,
  },
  {
    name: 'diff',
    summary: 'what changed between two states: paths that are new, wider, narrower, lost',
    load: () => (require('./diff') as typeof Diff).diff,
  },
  {
    name: 'compare',
    summary: 'whether two sets of policies allow the same, or one implies the other, for every pod that could exist',
    load: () => (require('./compare') as typeof Compare).compare,
  },
  {
    name: 'reach',
    summary: 'how far an intruder gets: what a workload reaches, hop by hop, and where data can leave',
    load: () => (require('./reach') as typeof Reach).reach,
  },
  {
    name: 'check',
    summary: 'findings of all rules: what is wrong, or allowed and probably not meant',
    load: () => (require('./check') as typeof Check).check,
  },
  {
    name: 'prove',
    summary: 'whether manifests allow exactly what is declared',
    load: () => (require('./prove') as typeof Prove).prove,
  },
  {
    name: 'flows',
    summary: 'what flow logs say against what is declared: undeclared, dropped, never seen',
    load: () => (require('./flows') as typeof Flows).flows,
  },
  {
    name: 'drift',
    summary: 'what a live cluster has otherwise than what is rendered: missing, changed, foreign, relabelled',
    load: () => (require('./drift') as typeof Drift).drift,
  },
  {
    name: 'cluster',
    summary: 'what a live cluster is (facts), and whether it meets what manifests take for granted (verify)',
    load: () => (require('./cluster') as typeof Cluster).cluster,
  },
  {
    name: 'comment',
    summary: 'what a pull request is told: what changed, what is newly found, what is proved',
    load: () => (require('./comment') as typeof Comment).comment,
  },
  {
    name: 'probe',
    summary: 'tries in a cluster what an IsolationTest, or a graph, says of it, and removes every trace',
    load: () => (require('./probe') as typeof Probe).probe,
  },
  {
    name: 'init',
    summary: 'a project from nothing: known systems, who talks to whom among them, proved and tested',
    load: () => (require('./init') as typeof Init).init,
  },
  {
    name: 'adopt',
    summary: 'a project that declares what your manifests allow today, proved, with what it changes',
    load: () => (require('./adopt') as typeof Adopt).adopt,
  },
];

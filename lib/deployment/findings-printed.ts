import type { IConstruct } from 'constructs';
import { type FoundProblem, findingsText } from '../findings/finding';
import { isPrinted } from '../findings/printing';

/** Roots of the apps that print nothing. */
const quiet = new WeakSet<IConstruct>();

export function beQuiet({ node }: IConstruct): void {
  quiet.add(node.root);
}

/** Prints warnings on standard error. Errors stop the synthesis, whose message has them; notes are for who asks. */
export function printFindings(root: IConstruct, found: readonly FoundProblem[]): void {
  const warnings = found.filter(({ level }) => level === 'warning');
  if (warnings.length === 0 || !isPrinted(process.env, quiet.has(root))) return;
  process.stderr.write(`${findingsText(warnings)}\n`);
}

import { inShell } from '../../model/in-shell';
import { folderOf, folderWord, pathOf } from '../strangers';

/** What reads what a tool makes of a file, as the end of a pipe: `npx cdk8s-zero-trust list -`. Undefined for none. */
export type PipedTo = (file: string) => string | undefined;

/** What is known around a file that a tool makes manifests of. */
export interface Around {
  /** @default nothing reads a pipe here, and a file is written */
  readonly pipedTo?: PipedTo;
  /** Every file that is read. */
  readonly files: readonly string[];
}

/** Of a file that is read by itself, by nobody who could be named. */
export const NOTHING_AROUND: Around = { files: [] };

/** How to read what Helm makes of a template: of its chart. */
export function helmOutput(template: string, around: Around): string {
  return `Read what it makes: ${readBy(`helm template ${folderWord(chartOf(template, around))}`, template, around)}`;
}

/** How to read what Helm makes with these values, of the chart that they lie in. */
export function helmOutputWith(values: string, around: Around): string {
  const made = `helm template ${folderWord(folderOf(values))} -f ${inShell(pathOf(values))}`;
  return `Read what it makes: ${readBy(made, values, around)}`;
}

/** How to read what kustomize makes of the folder that the kustomization is in. */
export function kustomizeOutput(kustomization: string, around: Around): string {
  return `Read what it builds: ${readBy(`kustomize build ${folderWord(folderOf(kustomization))}`, kustomization, around)}`;
}

function readBy(made: string, file: string, { pipedTo }: Around): string {
  const reader = pipedTo?.(file);
  return reader === undefined ? `${made} > manifests.yaml` : `${made} | ${reader}`;
}

/**
 * The folder of the chart that a template is in: the one above `templates`; and where that is part of another chart, the
 * folder of this, since what a part makes hangs on the values of the whole.
 */
function chartOf(template: string, { files }: Around): string {
  const folder = folderOf(template);
  const [inTemplates, above = ''] = /^(?:(.*)[/\\])?templates(?:[/\\].*)?$/.exec(folder) ?? [];
  let chart = inTemplates === undefined ? folder : above;
  for (;;) {
    const [isPart, whole = ''] = /^(?:(.*)[/\\])?charts[/\\][^/\\]+$/.exec(chart) ?? [];
    const itsFile = whole === '' ? 'Chart.yaml' : `${whole}/Chart.yaml`;
    if (isPart === undefined || !files.some((file) => pathOf(file) === itsFile)) return chart;
    chart = whole;
  }
}

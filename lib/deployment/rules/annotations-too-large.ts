import type { IConstruct } from 'constructs';
import { ArgoSync } from '../../argo/argo-sync';
import { originKey, type PolicyManifest } from '../../engines/manifest';
import { ANNOTATIONS_LIMIT } from '../../graph/flow-annotations';
import { FLOWS_ANNOTATION } from '../../graph/flow-lines';
import { tierKey } from '../../graph/graph-data';
import { originsOf } from '../emission/origins';
import type { Located } from '../records';
import { problemAt, type RuleContext } from './rule';

/** Room for labels, for other annotations of ours, and for what users and Argo CD add, twice. */
const OTHERS = 8192;
const OURS = ANNOTATIONS_LIMIT - OTHERS;

/**
 * The API server refuses an object whose annotations are too large; here it is known before. Whoever applies an object on
 * the client side writes all of it, annotations included, into one more annotation (kubectl `pkg/util/apply.go`, which
 * Argo CD uses): then even a policy with many rules and few words can be too large.
 */
export function annotationsTooLarge({ declarations, annotations, manifests }: RuleContext): Located[] {
  const found: Located[] = [];
  for (const { construct, of } of originsOf(declarations)) {
    const flows = of.kind === 'tier' ? annotations.get(tierKey(of)) : undefined;
    const problem = sizeProblem(construct, manifests.get(originKey(of)) ?? [], flows);
    if (problem !== undefined) found.push(problem);
  }
  return found;
}

function areSmall(policies: readonly PolicyManifest[], flows: string | undefined): boolean {
  const left = OURS - boundOfText(flows);
  for (const policy of policies) if (boundOf(policy) >= left) return false;
  return left > 0;
}

function sizeProblem(
  construct: IConstruct,
  policies: readonly PolicyManifest[],
  flows: string | undefined,
): Located | undefined {
  // Writing every policy as text costs more than the rest of the rules; nearly all are small.
  if (areSmall(policies, flows)) return undefined;
  const own: Annotations = flows === undefined ? {} : { [FLOWS_ANNOTATION]: flows };
  const ofTexts = bytesOf(own);
  if (ofTexts > OURS) return tooLarge(construct, ofTexts);
  if (ArgoSync._of(construct).serverSideApply === true) return undefined;
  // The annotations of a tier are on the first of its policies.
  const largest = policies.reduce((most, policy, i) => Math.max(most, appliedBytes(policy, i === 0 ? own : {})), 0);
  return largest > OURS ? tooLargeWithCopy(construct, largest) : undefined;
}

/** Whether an object, as it was rendered, is too large to be written once more into an annotation of itself. */
export function isTooLargeToCopy(rendered: Omit<PolicyManifest, 'of'> & { readonly metadata: Annotated }): boolean {
  const flows = rendered.metadata.annotations?.[FLOWS_ANNOTATION];
  return appliedBytes(rendered, flows === undefined ? {} : { [FLOWS_ANNOTATION]: flows }) > OURS;
}

interface Annotated {
  readonly annotations?: Annotations;
}

type Annotations = Readonly<Record<string, string>>;

/** As the API server counts them (Kubernetes `apimachinery/pkg/api/validation/objectmeta.go`). */
function bytesOf(annotations: Annotations): number {
  return Object.entries(annotations).reduce(
    (sum, [key, value]) => sum + Buffer.byteLength(key) + Buffer.byteLength(value),
    0,
  );
}

/** With the copy of the object in `last-applied-configuration`. */
function appliedBytes(
  { apiVersion, kind, metadata, spec }: Omit<PolicyManifest, 'of'>,
  annotations: Annotations,
): number {
  const copy = JSON.stringify({ apiVersion, kind, metadata: { ...metadata, annotations }, spec });
  // Go writes each of these as \u003c (encoding/json).
  const escaped = copy.match(/[<>&]/g)?.length ?? 0;
  return bytesOf(annotations) + Buffer.byteLength(copy) + 5 * escaped;
}

/** At least as many bytes as the text takes as an annotation and in the copy: three a character as it is, and six in JSON. */
function boundOfText(text: string | undefined): number {
  return text === undefined ? 0 : 9 * text.length + 1000;
}

/** At least as many bytes as the value takes as JSON: no character takes more than six. */
function boundOf(value: unknown): number {
  if (typeof value === 'string') return 6 * value.length + 3;
  if (typeof value !== 'object' || value === null) return 24;
  let sum = 3;
  if (Array.isArray(value)) {
    for (const item of value) sum += boundOf(item);
    return sum;
  }
  for (const key in value) sum += 6 * key.length + 4 + boundOf((value as Record<string, unknown>)[key]);
  return sum;
}

function tooLarge(construct: IConstruct, bytes: number): Located {
  return problemAt(construct, {
    rule: 'annotation-size',
    what: `the flows of the tier take ${bytes} bytes as annotations, and Kubernetes takes ${ANNOTATIONS_LIMIT} for all of an object`,
    value: String(bytes),
    allowed: `at most ${OURS} bytes`,
    fix: FEWER,
  });
}

function tooLargeWithCopy(construct: IConstruct, bytes: number): Located {
  return problemAt(construct, {
    rule: 'annotation-size',
    what: `a policy of it would have ${bytes} bytes of annotations, and Kubernetes takes ${ANNOTATIONS_LIMIT} for all of an object: kubectl and Argo CD write the whole object once more into its annotation kubectl.kubernetes.io/last-applied-configuration`,
    value: String(bytes),
    allowed: `at most ${OURS} bytes with that copy, or server-side apply`,
    fix: `Where it is applied on the server side, say so: ArgoSync.use(app, { serverSideApply: true }).\n${FEWER}`,
  });
}

const FEWER = 'Split the tier, or name its peers by fewer flows (a namespace, a block).';

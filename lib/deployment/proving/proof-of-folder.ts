import { join, sep } from 'node:path';
import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { objectsOf, readFiles } from '../../analysis';
import type { GraphData } from '../../graph/graph-data';
import { objectText } from '../../kinds/manifest';
import { type Problem, problemText } from '../../model/problem';
import { isEmitted } from '../workloads/emitted';
import { rendering, renderingOnce } from '../workloads/rendering';
import { apiObjectsOf } from '../workloads/workload';
import { type DeploymentProof, proveDeployment } from './deployment-proof';
import { compareWritten } from './written-problems';

/** The proof of what was written to a folder: all that the tree renders is there, field by field, and it means the graph. */
export function proofOfFolder(root: IConstruct, graph: GraphData, folder: string): DeploymentProof {
  return renderingOnce(() => {
    const objects = apiObjectsOf(root);
    const rendered = objectsOf(objects.map(rendering)).map(({ object }) => object);
    const reading = readFiles([folder]);
    const { problems, notes } = compareWritten(folder, rendered, reading.written);
    const proof = proveDeployment({ graph, objects }, { ...reading, problems: [...reading.problems, ...problems] });
    // What is there twice was told by the comparison already.
    const ours = new Set(objects.filter(isEmitted).map(nameOf));
    const passedOver = reading.notes
      .filter((note) => note.rule !== 'duplicate-object' && !isMeantToPass(note, ours))
      .map(problemText);
    const files = [...new Set(reading.written.map(({ file }) => file))];
    // Files are named as they are in the folder: while an app is rendered it has another name.
    const named = [...notes, ...passedOver].map((note) => note.replaceAll(join(folder, sep), ''));
    return { ...proof, notes: named, files };
  });
}

/** The Jobs and Namespaces of a test of isolation are there for as long as it runs. */
function isMeantToPass({ rule, where = '' }: Problem, ours: ReadonlySet<string>): boolean {
  return rule === 'passing-object' && ours.has(where.slice(where.lastIndexOf(': ') + 1).trim());
}

function nameOf({ kind, name, metadata }: ApiObject): string {
  return objectText({ kind, namespace: metadata.namespace, name });
}

import type { IConstruct } from 'constructs';
import { objectsOf, readFiles } from '../../analysis';
import type { GraphData } from '../../graph/graph-data';
import { problemText } from '../../model/problem';
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
    const passedOver = reading.notes.filter(({ rule }) => rule !== 'duplicate-object').map(problemText);
    const files = [...new Set(reading.written.map(({ file }) => file))];
    return { ...proof, notes: [...notes, ...passedOver], files };
  });
}

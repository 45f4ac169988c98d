/**
 * The one file here that knows the library: it has apps rendered and proved, and hands manifests, the JSON of the graph and
 * what is known of the cluster over as plain data.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiObject, type App, type Chart } from 'cdk8s';
import { PolicyGraph } from '../../../lib';
import { leadsToMetadata, metadataOfEveryCloud } from '../../../lib/cluster/metadata-services';
import { Deployment } from '../../../lib/deployment/deployment';
import type { ClusterFacts } from '../../../lib/model/cluster-facts';
import * as ips from '../../../lib/model/ip-set';
import { problemText, ZeroTrustError } from '../../../lib/model/problem';
import { proofText } from '../../../lib/proof';
import { type Files, namespacesOf } from '../../damage/manifests';
import type { Graph } from './graph';
import type { Manifest } from './manifests';
import type { OurVerdict } from './verdict';
import type { Facts, World } from './world';

/** An app and its manifests, in a folder of its own until it is removed. */
export class Rendered {
  public readonly files: Files;
  public readonly graph: Graph;
  public readonly facts: Facts;
  private readonly app: App;
  private readonly folder = mkdtempSync(join(tmpdir(), 'smt-'));

  /** @throws ZeroTrustError for a declaration that is refused */
  constructor(
    public readonly name: string,
    make: (props: { readonly outdir: string }) => App,
  ) {
    try {
      this.app = make({ outdir: this.folder });
      // Refuses what a synthesis would, but for what only the proof finds: that is for both sides to say.
      this.graph = JSON.parse(PolicyGraph.of(this.app).toJson());
    } catch (error) {
      this.remove();
      throw error;
    }
    this.facts = factsOf(Deployment.of(this.app).state().graph.cluster);
    this.files = Object.fromEntries(this.app.charts.map((chart) => [`${chart.node.id}.k8s.yaml`, objectsOf(chart)]));
  }

  /** Everything about these manifests of the app, for others to judge. */
  public world(files: Files): World {
    return { manifests: Object.values(files).flat() as Manifest[], graph: this.graph, facts: this.facts };
  }

  /** Our own proof, over the bytes of a folder. */
  public prove(files: Files): OurVerdict {
    this.write(files);
    const { proof, unreadable } = Deployment.of(this.app).proofOfFolder(this.folder);
    const broken = proof.witnesses.map(({ statement, direction, namespace }) =>
      statement === 'guardrail' ? `${statement} ${direction}` : `${statement} ${direction} ${namespace}`,
    );
    const why = [
      ...unreadable.map(({ rule }) => rule).filter((rule) => !rule.startsWith('written-')),
      ...(broken.length > 0 ? [] : proof.notProved.map(({ reason }) => reason)),
      ...(labelsIn(files) === labelsIn(this.files) ? [] : ['labels of a Namespace']),
      // A server of the standard channel drops it, so that we reckon with the rule and without it, and Z3 with it alone.
      ...(JSON.stringify(files).includes('destinationNamedPort') ? ['destinationNamedPort'] : []),
    ];
    return {
      outcome: why.length > 0 ? 'apart' : broken.length > 0 ? 'refuted' : 'proved',
      broken: [...new Set(broken)].sort(),
      why: [...new Set(why)].sort(),
      text: [...unreadable.map(problemText), proofText(proof)].join('\n'),
    };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(files: Files): void {
    rmSync(this.folder, { recursive: true, force: true });
    mkdirSync(this.folder);
    for (const [name, objects] of Object.entries(files)) {
      writeFileSync(join(this.folder, name), objects.map((object) => `${JSON.stringify(object)}\n`).join('---\n'));
    }
  }
}

/** One by one, since a chart as a whole is validated, which includes our proof. */
function objectsOf(chart: Chart): Files[string] {
  return chart.node.findAll().flatMap((each) => (ApiObject.isApiObject(each) ? [each.toJson()] : []));
}

/** Our proof goes by the labels that were rendered, and refuses others without a look at what they would mean. */
function labelsIn(files: Files): string {
  const labels = namespacesOf(files).map(({ metadata }) => JSON.stringify([metadata.name, metadata.labels]));
  return [...new Set(labels)].sort().join();
}

/** The app of a declaration, or nothing where the library refuses it. */
export function renderedOr<T>(make: () => Rendered, otherwise: T): Rendered | T {
  try {
    return make();
  } catch (error) {
    if (error instanceof ZeroTrustError) return otherwise;
    throw error;
  }
}

/** Pods are where the cluster says, else in every private range that nobody else has. */
function factsOf({ ipBlockMode, podRanges, serviceRanges, nodeRanges, apiServer, dns }: ClusterFacts): Facts {
  const nameServers = dns.servers.flatMap(({ endpoint }) =>
    endpoint.kind === 'addresses' ? ips.plainBlocks(endpoint.addresses).filter((each) => /\/(32|128)$/.test(each)) : [],
  );
  const others = [metadataOfEveryCloud, serviceRanges, nodeRanges, apiServer?.addresses].flatMap((set) =>
    set === undefined ? [] : ips.plainBlocks(set),
  );
  const known = podRanges !== undefined;
  return {
    mode: ipBlockMode,
    podBlocks: known ? ips.plainBlocks(podRanges) : PRIVATE,
    withoutPods: known ? [] : [...others, ...nameServers],
    podBlocksAreKnown: known,
    promises: [
      { rule: 'metadata-service', blocks: ips.plainBlocks(leadsToMetadata) },
      ...(apiServer === undefined ? [] : [{ rule: 'api-server', blocks: ips.plainBlocks(apiServer.addresses) }]),
    ],
  };
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', 'fc00::/7'];

import type { IConstruct } from 'constructs';
import type { Acknowledgement } from '../values/acknowledgement';
import type { IPeer } from '../values/peer';
import type { Pods } from '../values/pods';
import type { Port } from '../values/port';

/** What is said of a known system, whether it is one tier or several. */
export interface CatalogOptions {
  /**
   * Release of the system that runs, `0.33`. Facts that changed with releases are chosen by it; one that was not looked at
   * gets those that are known, and a note.
   *
   * @default - the tag of the image, where the workload is seen; otherwise what is known of any release counts
   */
  readonly version?: string;

  /**
   * Name of the instance: the release of the chart, or the object that its operator made the pods of. It is the value of the
   * label that tells one from another (`app.kubernetes.io/instance`, `ray.io/cluster`).
   *
   * @default - every instance in the namespace
   */
  readonly instance?: string;

  /**
   * The others that the system talks with, by the names that `Catalog.entry` lists under `others`: its operator, its
   * database, its object storage. Naming one opens the flows with it.
   *
   * @default - none, so that flows with them stay closed, and `known-need-missing` says which it cannot do without
   */
  readonly peers?: { [name: string]: IPeer };

  /**
   * Conditions under which it needs more flows, in the words that `Catalog.entry` lists under `conditions`:
   * `it runs as a cluster`.
   *
   * @default - none, so that only what every installation needs is open
   */
  readonly given?: string[];

  /**
   * Who scrapes metrics. Where the system answers them on the port for users, the scraper has that request alone on engines
   * that tell requests apart, and the whole port on others, which the graph says.
   *
   * @default - nobody
   */
  readonly metricsFrom?: IPeer[];

  /**
   * Who administers it: opens the ports for administrators, and of a system that answers administration on the port for
   * users, these requests.
   *
   * @default - nobody
   */
  readonly administrationFrom?: IPeer[];

  /**
   * Whether the hosts outside that it calls for its work are open, by name: `Catalog.entry` lists them under `hosts`. Engines
   * that do not know names refuse the flow.
   *
   * @default false
   */
  readonly callsHosts?: boolean;

  /**
   * Whether it may send telemetry: opens the hosts that `Catalog.entry` lists under `telemetry`, by name.
   *
   * @default false
   */
  readonly sendsTelemetry?: boolean;

  /**
   * Rules that are waived for its tiers and all their flows.
   *
   * @default - none
   */
  readonly acknowledge?: Acknowledgement[];
}

/** What is said of a known system that is one tier. */
export interface CatalogTierOptions extends CatalogOptions {
  /**
   * Which pods.
   *
   * @default - those with the labels of its official chart or operator, where it has one
   */
  readonly pods?: Pods;

  /**
   * Pod ports that it serves on, where it was told others than its own.
   *
   * @default - those that it has unless it is told
   */
  readonly servingPorts?: Port[];
}

/** What is said of a known system that is several tiers. */
export interface CatalogSystemOptions extends CatalogOptions {
  /**
   * The chart, or the object of its operator: its workloads are told by image and labels, and each part of the system takes
   * its own. Of an object whose operator makes the pods, they are selected by the labels that the operator gives them.
   *
   * @default - pods are those with the labels of its official chart or operator
   */
  readonly workload?: IConstruct;

  /**
   * Pods of parts, by the name of the part.
   *
   * @default - as `workload` or the labels tell
   */
  readonly pods?: { [part: string]: Pods };

  /**
   * The parts that run in this namespace.
   *
   * @default - all but those of the cluster, such as the operator; of a system of the cluster all
   */
  readonly parts?: string[];

  /**
   * Pod ports that parts serve on, where they were told others than their own, by the name of the part.
   *
   * @default - those that they have unless they are told
   */
  readonly servingPorts?: { [part: string]: Port[] };
}

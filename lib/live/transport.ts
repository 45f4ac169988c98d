/** What an API server says to one request. */
export interface Answer {
  /** Of HTTP; 0 where there was no answer at all. */
  readonly status: number;
  /** The text of the answer, or the words of the failure. */
  readonly body: string;
}

/** Asks an API server for what is at a path. It has no other verb: nothing that reads a cluster can change it. */
export type Transport = (path: string) => Promise<Answer>;

/** A cluster as commands see it. */
export interface LiveCluster {
  /** As messages call it: the name of a context. */
  readonly name: string;
  readonly get: Transport;
}

/** Which cluster is asked, and by what. */
export interface LiveTarget {
  /** Of the kubeconfig. @default the one that kubectl would take */
  readonly context?: string;
  /** The program. @default 'kubectl' */
  readonly kubectl?: string;
}

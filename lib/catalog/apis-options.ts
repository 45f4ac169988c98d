/** Which of a storage account is called. */
export interface AzureBlobOptions {
  /** The name of the storage account, `models`. */
  readonly account: string;

  /**
   * Also as a file system, for Data Lake Storage.
   *
   * @default false
   */
  readonly dataLake?: boolean;
}

/** Which resource of Azure OpenAI is called. */
export interface AzureOpenAiOptions {
  /** The name of the resource, `contoso`. */
  readonly resource: string;

  /**
   * Also its name as a Foundry account.
   *
   * @default false
   */
  readonly foundry?: boolean;
}

/** What of Amazon Bedrock is called. */
export interface BedrockOptions {
  /** The region, `eu-central-1`. */
  readonly region: string;

  /**
   * Models by the hosts for FIPS, in place of the others.
   *
   * @default false
   */
  readonly fips?: boolean;

  /**
   * Also its agents.
   *
   * @default false
   */
  readonly agents?: boolean;

  /**
   * Also where pods get the credentials of their service account (STS of the region).
   *
   * @default false
   */
  readonly signIn?: boolean;
}

/** What of GitHub is called. */
export interface GithubOptions {
  /**
   * Whether repositories are cloned.
   *
   * @default true
   */
  readonly repositories?: boolean;

  /**
   * Also its API.
   *
   * @default false
   */
  readonly restApi?: boolean;
}

/** What of Hugging Face is called, beside the Hub. */
export interface HuggingFaceOptions {
  /**
   * Weights and data sets, from its CDN and from Xet.
   *
   * @default false
   */
  readonly download?: boolean;

  /**
   * Models of its providers.
   *
   * @default false
   */
  readonly inference?: boolean;
}

/** What of NVIDIA NGC is called. */
export interface NgcOptions {
  /**
   * Also its registry, from within pods. Images of pods are pulled by the node, which needs none of it.
   *
   * @default false
   */
  readonly images?: boolean;
}

/** Which hosts of OpenAI are called. */
export interface OpenAiOptions {
  /**
   * Where requests stay: `us`, `eu`, `in`, `jp`, `au`, `ae`.
   *
   * @default - anywhere, `api.openai.com`
   */
  readonly region?: string;
}

/** What of Amazon S3 is called. */
export interface S3Options {
  /** The region, `eu-central-1`. */
  readonly region: string;

  /**
   * The bucket that clients name in the host.
   *
   * @default - none: `pathStyle`
   */
  readonly bucket?: string;

  /**
   * Also the host of every bucket of the region, for clients that name the bucket in the path.
   *
   * @default false
   */
  readonly pathStyle?: boolean;

  /**
   * Also the hosts that have IPv6.
   *
   * @default false
   */
  readonly dualStack?: boolean;

  /**
   * Also where pods get the credentials of their service account (STS of the region).
   *
   * @default false
   */
  readonly signIn?: boolean;
}

/** Which part of Vertex AI is called. */
export interface VertexOptions {
  /** A location, `europe-west4`; `global` for models wherever they are; `us` or `eu` for requests that stay there. */
  readonly location: string;

  /**
   * Also where pods get the credentials of their service account.
   *
   * @default false
   */
  readonly signIn?: boolean;
}

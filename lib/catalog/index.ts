// Real systems by name: APIs outside the cluster as peers, and what people run as tiers. Their facts are lib/known-systems.
export { Apis } from './apis';
export type {
  AzureBlobOptions,
  AzureOpenAiOptions,
  BedrockOptions,
  GithubOptions,
  HuggingFaceOptions,
  NgcOptions,
  OpenAiOptions,
  S3Options,
  VertexOptions,
} from './apis-options';
export { Catalog } from './catalog';
export { CatalogSystem } from './catalog-system';
export type { CatalogEntry, CatalogHost, CatalogPart, CatalogPolicy, CatalogPort } from './entry';
export type { CatalogDifference, CatalogMatch } from './match';
export { McpServer, type McpServerOptions, McpTransport } from './mcp-server';
export type { CatalogOptions, CatalogSystemOptions, CatalogTierOptions } from './options';
export { SandboxTier, type SandboxTierProps } from './sandbox-tier';

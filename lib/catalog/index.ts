// Real systems by name: APIs outside the cluster as peers, and what people run as tiers and peers.
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
export { McpServer, type McpServerOptions, McpTransport } from './mcp-server';
export { SandboxTier, type SandboxTierProps } from './sandbox-tier';

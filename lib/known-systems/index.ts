import { cloudNativePg } from './cloudnative-pg';
import type { KnownSystem } from './known-system';
import { milvus } from './milvus';
import { minio } from './minio';
import { ollama } from './ollama';
import { postgresql } from './postgresql';
import { qdrant } from './qdrant';
import { ray } from './ray';
import { tgi } from './tgi';
import { triton } from './triton';
import { vllm } from './vllm';
import { weaviate } from './weaviate';

export type {
  AdministrationRequest,
  KnownSystem,
  PortPurpose,
  SystemFlow,
  SystemPart,
  SystemPort,
  SystemRole,
} from './known-system';
export { isVersionBefore, type PodsAsSeen, partsOf, systemOf, versionOfImage } from './recognised';

/** Every system that is known, by id. */
export const KNOWN_SYSTEMS: readonly KnownSystem[] = [
  cloudNativePg,
  milvus,
  minio,
  ollama,
  postgresql,
  qdrant,
  ray,
  tgi,
  triton,
  vllm,
  weaviate,
];

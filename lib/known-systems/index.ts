export { type ContainerAsSeen, requestsAnswered, requestsOfRelease } from './administration';
export { apiHosts, KNOWN_APIS, type KnownApi, type KnownApiUse } from './apis';
export { endName } from './end-name';
export type {
  AdministrationRequest,
  FlowEnd,
  KnownSystem,
  PortPurpose,
  ShippedPolicy,
  SystemFlow,
  SystemPart,
  SystemPort,
  SystemRequest,
  SystemRole,
} from './known-system';
export {
  imagesOf,
  isVersionBefore,
  type PodsAsSeen,
  partsOf,
  systemOf,
  systemsByLabels,
  versionOfImage,
} from './recognised';
export { KNOWN_SYSTEMS } from './systems';

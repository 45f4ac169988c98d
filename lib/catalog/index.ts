// Known systems as tiers: their facts are lib/known-systems.
export { Catalog } from './catalog';
export { CatalogSystem } from './catalog-system';
export type { CatalogEntry, CatalogHost, CatalogPart, CatalogPolicy, CatalogPort } from './entry';
export type { CatalogDifference, CatalogMatch } from './match';
export type { CatalogOptions, CatalogSystemOptions, CatalogTierOptions } from './options';

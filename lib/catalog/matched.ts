import type { IConstruct } from 'constructs';
import type { CatalogMatch } from './match';

export function matchesIn(_construct: IConstruct): CatalogMatch[] {
  return [];
}

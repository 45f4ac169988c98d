import type { Plane } from '../model/layer';
import type { Links } from './place';
export function ruleLinks(_plane: Plane): Links {
  return () => [];
}

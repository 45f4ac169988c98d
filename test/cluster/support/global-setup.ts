import ownFolder from '../../temporary/setup';
import { findAbilities } from './abilities';

export default function globalSetup(): void {
  ownFolder();
  findAbilities();
}

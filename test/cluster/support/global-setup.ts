import { findAbilities } from './abilities';

export default function globalSetup(): void {
  findAbilities();
}

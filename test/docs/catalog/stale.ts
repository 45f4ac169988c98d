import { KNOWN_APIS, KNOWN_SYSTEMS } from '../../../lib/known-systems';

const DAY = 24 * 60 * 60 * 1000;
const entries = [...KNOWN_SYSTEMS, ...KNOWN_APIS].map(({ id, lookedAt, versions }) => ({ id, lookedAt, versions }));
/** The oldest last look first: what to read again. */
const byAge = entries.sort((a, b) => a.lookedAt.localeCompare(b.lookedAt) || a.id.localeCompare(b.id));
for (const { id, lookedAt, versions } of byAge) {
  const days = Math.floor((Date.now() - Date.parse(lookedAt)) / DAY);
  console.log(`${String(days).padStart(4)} days  ${lookedAt}  ${id} (${versions})`);
}

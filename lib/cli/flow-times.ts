import { usageError } from './usage-error';

const UNITS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** A time as a command line has it: with its zone, or so long ago. @throws for what is neither. */
export function timeGiven(text: string | undefined, option: string, now: number): number | undefined {
  if (text === undefined) return undefined;
  const ago = /^(\d+)([mhd])$/.exec(text);
  if (ago !== null) return now - Number(ago[1]) * UNITS[ago[2] as keyof typeof UNITS];
  const time = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (!Number.isNaN(time)) return time;
  throw usageError({
    what: `--${option} is not a time`,
    value: text,
    allowed: 'a day (2026-11-27, in UTC), a time with its zone (2026-11-27T10:00:00Z), or how long ago (30m, 24h, 7d)',
    fix: `--${option} 24h`,
  });
}

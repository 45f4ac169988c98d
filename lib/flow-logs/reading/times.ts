const SECONDS_LENGTH = '2026-11-27T10:00:00'.length;
const TO_THE_SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/;
const WITH_OFFSET = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:?\d\d$/;
/** The last millisecond, and the last second, that a Date can say. */
const LAST_MS = 8.64e15;
const LAST_SECOND = LAST_MS / 1000;

/** Records of one second come one after the other, so the one that was read last is kept. */
let keptSecond = '';
let keptMs = 0;

/**
 * Milliseconds since 1970 of a time as RFC 3339 has it, with any number of digits after the second; undefined where it is
 * none. What names no zone is none either: it may be hours off.
 */
export function timeOf(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  return value.endsWith('Z') ? utcTime(value) : timeWithOffset(value);
}

/** Milliseconds of a time that is written in seconds since 1970. */
export function timeOfSeconds(seconds: number | undefined): number | undefined {
  return seconds === undefined || seconds === 0 || seconds > LAST_SECOND ? undefined : seconds * 1000;
}

/** A time that is written in milliseconds since 1970, of which parts are left out; 0 is none. */
export function timeOfMs(value: unknown): number | undefined {
  if (typeof value !== 'number' || !(value >= 1 && value <= LAST_MS)) return undefined;
  return Math.floor(value);
}

function utcTime(text: string): number | undefined {
  const fraction = millisecondsAfterSecond(text);
  if (fraction === undefined) return undefined;
  if (keptSecond === '' || !text.startsWith(keptSecond)) {
    const second = text.slice(0, SECONDS_LENGTH);
    const ms = TO_THE_SECOND.test(second) ? Date.parse(`${second}Z`) : Number.NaN;
    if (Number.isNaN(ms)) return undefined;
    keptSecond = second;
    keptMs = ms;
  }
  return keptMs + fraction;
}

/** Of `2026-11-27T10:00:00.123456789Z` 123; undefined where something else than digits follows the second. */
function millisecondsAfterSecond(text: string): number | undefined {
  const end = text.length - 1;
  if (end === SECONDS_LENGTH) return 0;
  if (text.charCodeAt(SECONDS_LENGTH) !== 0x2e || end === SECONDS_LENGTH + 1) return undefined;
  let ms = 0;
  for (let at = SECONDS_LENGTH + 1, unit = 100; at < end; at++, unit = unit === 1 ? 0 : unit / 10) {
    const digit = text.charCodeAt(at) - 0x30;
    if (!(digit >= 0 && digit <= 9)) return undefined;
    ms += digit * unit;
  }
  return ms;
}

function timeWithOffset(text: string): number | undefined {
  if (!WITH_OFFSET.test(text)) return undefined;
  const ms = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(ms) ? undefined : ms;
}

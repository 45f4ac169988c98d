import type { Level } from '../findings/finding';
import { counted } from './counted';
import type { FindingsReport } from './findings-report';

const LEVELS: readonly Level[] = ['error', 'warning', 'note'];

/** `2 errors, 1 note; 3 acknowledged, 10 in the baseline`. */
export function verdict({ found, acknowledged, baselined }: FindingsReport): string {
  const levels = LEVELS.map((level) => ({ level, count: found.filter((one) => one.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => counted(count, level));
  const besides = [
    ...(acknowledged.length > 0 ? [`${acknowledged.length} acknowledged`] : []),
    ...(baselined.length > 0 ? [`${baselined.length} in the baseline`] : []),
  ];
  const all = levels.length === 0 ? 'No findings' : levels.join(', ');
  return besides.length === 0 ? all : `${all}; ${besides.join(', ')}`;
}

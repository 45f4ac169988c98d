import { CHECKS_PAGE } from './page';

/** The section of a rule on the page of the checks. */
export function checkLink(id: string): string {
  return `${CHECKS_PAGE}#${id}`;
}

/** Where the page of a rule is read. */
const PAGE = 'https://github.com/cdk8s-zero-trust/cdk8s-zero-trust/blob/main/docs/checks.md';

/** The section of a rule on its page. */
export function checkLink(id: string): string {
  return `${PAGE}#${id}`;
}

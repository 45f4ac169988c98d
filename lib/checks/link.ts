/** Where the pages of the rules are read. */
const DOCS = 'https://github.com/cdk8s-zero-trust/cdk8s-zero-trust/blob/main/docs';

/** The section of a rule of manifests on its page. */
export function checkLink(id: string): string {
  return `${DOCS}/checks.md#${id}`;
}

/** The same of a rule of the constructs. */
export function ruleLink(id: string): string {
  return `${DOCS}/rules.md#${id}`;
}

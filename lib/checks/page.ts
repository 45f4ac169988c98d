const DOCS = 'https://github.com/cdk8s-zero-trust/cdk8s-zero-trust/blob/main/docs';

/** Where the page of the checks is published; a rule has its id as anchor. */
export const CHECKS_PAGE = `${DOCS}/checks.md`;

/** The same of the rules of the constructs. */
export const RULES_PAGE = `${DOCS}/rules.md`;

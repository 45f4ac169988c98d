/** A part of the text form: a heading, and lines of cells. */
export interface TextSection {
  readonly kind: 'cluster' | 'namespace' | 'tier' | 'addresses' | 'guardrail' | 'host-guardrail' | 'foreign' | 'flow';
  readonly heading: string;
  readonly lines: readonly (readonly string[])[];
}

/** A part of the text form: a heading, and lines of cells. */
export interface TextSection {
  readonly kind: 'namespace' | 'tier' | 'addresses' | 'guardrail' | 'host-guardrail' | 'flow';
  readonly heading: string;
  readonly lines: readonly (readonly string[])[];
}

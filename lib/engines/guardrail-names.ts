import type { Guardrail } from '../model/guardrail';

/** Names the objects of guardrails: `name`, then `name-2` and so on, passing over what another guardrail is called. */
export function guardrailNames(guardrails: readonly Pick<Guardrail, 'name'>[]): (guardrail: string) => string {
  const taken = new Set(guardrails.map(({ name }) => name));
  const begun = new Set<string>();
  return (guardrail) => {
    if (!begun.has(guardrail)) {
      begun.add(guardrail);
      return guardrail;
    }
    let number = 2;
    while (taken.has(`${guardrail}-${number}`)) number++;
    taken.add(`${guardrail}-${number}`);
    return `${guardrail}-${number}`;
  };
}

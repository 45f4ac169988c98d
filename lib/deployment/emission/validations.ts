import type { IConstruct, IValidation } from 'constructs';

const ours = new WeakSet<object>();

/** Adds a validation that changes nothing, as all of this library. */
export function addValidation({ node }: IConstruct, validate: () => string[]): void {
  const validation: IValidation = { validate };
  ours.add(validation);
  node.addValidation(validation);
}

/** What constructs keeps of a node beside its public members, where it is as it was. */
interface Insides {
  readonly _validations?: unknown;
}

/** Whether a construct of the tree has a validation that is not of this library, and might change something. */
export function isValidatedByOthers(root: IConstruct): boolean {
  return root.node.findAll().some(({ node }) => {
    const { _validations } = node as unknown as Insides;
    return !Array.isArray(_validations) || _validations.some((validation) => !ours.has(validation));
  });
}

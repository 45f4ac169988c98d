/** fast-check, of which each property is put to the cases that `parametersOf` makes of those that it asks for. */
module.exports = function withCases(fc, parametersOf) {
  const assert = (property, parameters = {}) => fc.assert(property, parametersOf(parameters));
  return { ...fc, assert, default: { ...fc.default, assert }, __esModule: true };
};

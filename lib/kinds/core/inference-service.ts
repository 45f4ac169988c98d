/** The parts of an InferenceService that run pods, each with labels and containers of its own beside each other. */
export const COMPONENTS = ['predictor', 'transformer', 'explainer'] as const;

/** A part of an InferenceService as it is written: `labels` go on its pods, over those of the object (kserve, `components`). */
export interface Component {
  labels?: Record<string, string>;
  readonly containers?: unknown;
  readonly [field: string]: unknown;
}

/** Of KServe, `constants.InferenceServiceDefaultHttpPort`: what a container that names no port is taken to listen on. */
export const DEFAULT_PORT = 8080;

/** The components of the object, where it is an InferenceService. */
export function componentsOf(json: unknown): Component[] {
  const { apiVersion, kind, spec } = (json ?? {}) as Record<string, unknown>;
  if (kind !== 'InferenceService' || !String(apiVersion).startsWith('serving.kserve.io/')) return [];
  const parts = isObject(spec) ? COMPONENTS.map((name) => (spec as Record<string, unknown>)[name]) : [];
  return parts.filter(isObject) as Component[];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

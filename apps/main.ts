import { aiServiceMesh } from './ai-service-mesh';
import { cpuModels } from './cpu-models';
import { portable } from './portable';
import { type Apps, renderAll } from './render';
import { sharedLlm } from './shared-llm';
import { smallLanguageModel, smallLanguageModelSealed } from './small-language-model';
import { sovereignTenants } from './sovereign-tenants';

/** Every app that is rendered, by its folder in `dist`. */
export const apps: Apps = {
  'ai-service-mesh': aiServiceMesh,
  'cpu-models': cpuModels,
  ...portable,
  'shared-llm': sharedLlm,
  'small-language-model': smallLanguageModel,
  'small-language-model-sealed': smallLanguageModelSealed,
  'sovereign-tenants': sovereignTenants,
};

// As `cdk8s synth` runs it. That empties its output folder first, so `npm run synth` is the safer way (synth.ts).
if (require.main === module) renderAll(apps, process.env['CDK8S_OUTDIR'] ?? 'dist');

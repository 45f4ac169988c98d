import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiServer } from './api-server';
import { objectsIn } from './manifests';

/** Puts the kinds that a file defines on the server, and waits until it serves them. */
export async function defineKindsOf(server: ApiServer, file: string): Promise<void> {
  for (const definition of objectsIn(file)) {
    if (definition.kind !== 'CustomResourceDefinition') continue;
    await server.mustCreate(definition);
    await established(server, definition.metadata.name);
  }
}

async function established(server: ApiServer, name: string): Promise<void> {
  const path = `/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${name}`;
  for (let attempt = 0; attempt < 300; attempt++) {
    const { body } = await server.ask('GET', path);
    const { conditions } = (body.status ?? {}) as { conditions?: { type: string; status: string }[] | null };
    if (conditions?.some(({ type, status }) => type === 'Established' && status === 'True')) return;
    await sleep(100);
  }
  throw new Error(`${name} was not established within 30 seconds`);
}

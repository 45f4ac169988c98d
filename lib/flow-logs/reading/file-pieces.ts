import { open } from 'node:fs/promises';

/** Small enough to stay in the caches of a processor. */
const PIECE = 256 * 1024;

/**
 * A file in pieces. Each is in the same memory as the one before, so it holds only until the next one is asked for: that
 * spares a third of what reading costs.
 */
export async function* filePieces(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path);
  try {
    const memory = Buffer.allocUnsafeSlow(PIECE);
    for (;;) {
      const { bytesRead } = await file.read(memory, 0, PIECE, null);
      if (bytesRead === 0) return;
      yield memory.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Whether signals wait already: they do until the event loop has run. */
let areHeld = false;

/**
 * Does what must not be left half done. A signal that a listener waits for ends no process by itself, so one that comes
 * meanwhile waits until the event loop runs again; then it does what it would have done.
 */
export function withSignalsHeld(act: () => void): void {
  hold();
  act();
}

function hold(): void {
  if (areHeld) return;
  areHeld = true;
  for (const signal of SIGNALS) process.on(signal, passOn);
  // Signals are delivered before the loop comes to this.
  setImmediate(release);
}

function release(): void {
  areHeld = false;
  for (const signal of SIGNALS) process.removeListener(signal, passOn);
}

function passOn(signal: NodeJS.Signals): void {
  release();
  // Whoever else listens was told as well, and decides.
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

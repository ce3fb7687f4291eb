const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const pending = new Set<() => void>();
let listening = false;

/**
 * Has something undone when this process ends, by a signal too. Without a listener of somebody else a signal ends the process
 * afterwards, as it would have without this one.
 *
 * @param undo synchronous; is called at most once
 * @returns undoes it now
 */
export function undoneAtExit(undo: () => void): () => void {
  listen();
  const once = (): void => {
    if (pending.delete(once)) undo();
  };
  pending.add(once);
  return once;
}

function listen(): void {
  if (listening) return;
  listening = true;
  process.on("exit", undoAll);
  for (const signal of SIGNALS) {
    const ended = (): void => {
      undoAll();
      process.removeListener(signal, ended);
      if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
    };
    process.on(signal, ended);
  }
}

function undoAll(): void {
  for (const undo of pending) undo();
}

const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

const pending = new Set<() => void>();

/**
 * Has something undone when this process ends, by a signal too. Without a listener of somebody else a signal ends the process
 * afterwards, as it would have without this one.
 *
 * @param undo synchronous; is called at most once
 * @returns undoes it now
 */
export function undoneAtExit(undo: () => void): () => void {
  const once = (): void => {
    if (!pending.delete(once)) return;
    if (pending.size === 0) listen("off");
    undo();
  };
  if (pending.size === 0) listen("on");
  pending.add(once);
  return once;
}

function listen(how: "on" | "off"): void {
  process[how]("exit", undoAll);
  for (const signal of SIGNALS) process[how](signal, endBy);
}

function endBy(signal: NodeJS.Signals): void {
  undoAll();
  if (process.listenerCount(signal) === 0) process.kill(process.pid, signal);
}

function undoAll(): void {
  for (const undo of pending) undo();
}

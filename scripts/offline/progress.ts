/** Tells on standard error what is being done and how long it has taken; standard output is left to results. */
export type Progress = (text: string) => void;

/** @param write where the lines go */
export function printedProgress(write: (text: string) => void): Progress {
  const start = performance.now();
  return (text) => {
    write(`${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s  ${text}\n`);
  };
}

/**
 * Watches what the process's own thread takes of the processor between two ticks of a clock; what is returned ends that and gives the most, in
 * milliseconds: for so long others would be held up on a machine with nothing else to do.
 */
export function watchProcessor(tickMs: number): () => number {
  let last = process.threadCpuUsage();
  let most = 0;
  const timer = setInterval(() => {
    const { user, system } = process.threadCpuUsage(last);
    most = Math.max(most, user + system);
    last = process.threadCpuUsage();
  }, tickMs);
  return () => {
    clearInterval(timer);
    return most / 1000;
  };
}

/** A sleep that can be cut short. */
export interface Nap {
  sleep(ms: number): Promise<void>;
  wake(): void;
}

export function createNap(): Nap {
  let end: (() => void) | undefined;
  return {
    sleep: (ms) =>
      new Promise((resolve) => {
        const timer = setTimeout(() => end?.(), ms);
        end = () => {
          clearTimeout(timer);
          end = undefined;
          resolve();
        };
      }),
    wake: () => end?.(),
  };
}

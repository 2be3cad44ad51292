import { defineConfig } from "vitest/config";

const rooms = ["bots", "adapters", "flows", "knowledge", "server", "conversations"];

/** Two projects: quick tests side by side; then those that start real processes, two at a time: they wait far more than they work. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "quick",
          include: rooms.map((room) => `test/${room}/**/*.test.ts`),
          // Without a number Vitest leaves a core free, which on two cores means one test file at a time.
          maxWorkers: "100%",
          sequence: { groupOrder: 1 },
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "whole",
          include: ["test/whole/**/*.test.ts", "test/browser/**/*.test.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

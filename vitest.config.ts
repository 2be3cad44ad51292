import { defineConfig } from "vitest/config";

const rooms = ["bots", "adapters", "flows", "knowledge", "server", "conversations"];

/** Two projects: quick tests side by side; those that start real processes, one after the other. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "quick",
          include: rooms.map((room) => `test/${room}/**/*.test.ts`),
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "whole",
          include: ["test/whole/**/*.test.ts", "test/browser/**/*.test.ts"],
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

import { afterAll, beforeAll } from "vitest";
import { createOfficial, type Official } from "./official.ts";
import {
  ADMIN_PASSWORD,
  type Environment,
  removeDir,
  type ServerProcess,
  startServer,
  temporaryDir,
} from "./server-process.ts";

/** A server with a data folder of its own, and its administrator signed in. */
export interface City {
  readonly server: ServerProcess;
  readonly admin: Official;
}

/** Opens one for the tests of a file, and takes it away after them. */
export function withCity(environment: Environment = {}): City {
  let server: ServerProcess;
  let admin: Official;
  beforeAll(async () => {
    server = await startServer(await temporaryDir(), environment);
    admin = await createOfficial(server.url, "admin", ADMIN_PASSWORD);
  });
  afterAll(async () => {
    await server.stop();
    await removeDir(server.dataDir);
  });
  return {
    get server() {
      return server;
    },
    get admin() {
      return admin;
    },
  };
}

/** A data folder, and a stand-in for the platform that its servers talk to. */
export interface PlatformCity<Host> {
  readonly host: Host;
  readonly dataDir: string;
  /** Starts a server on the folder; one that still runs after the tests is stopped. */
  start(environment: Environment): Promise<ServerProcess>;
}

/** Opens them for the tests of a file, and takes them away after them. */
export function withPlatform<Host extends { close(): Promise<void> }>(open: () => Promise<Host>): PlatformCity<Host> {
  let host: Host;
  let dataDir: string;
  const servers: ServerProcess[] = [];
  beforeAll(async () => {
    dataDir = await temporaryDir();
    host = await open();
  });
  afterAll(async () => {
    for (const server of servers) await server.stop();
    await host.close();
    await removeDir(dataDir);
  });
  return {
    get host() {
      return host;
    },
    get dataDir() {
      return dataDir;
    },
    async start(environment) {
      const server = await startServer(dataDir, environment);
      servers.push(server);
      return server;
    },
  };
}

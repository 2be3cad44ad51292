import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { leavesOf, type ModelServer, NOTHING_FOUND, openModelServer } from "../fakes/model-server.ts";
import { createCitizen } from "./citizen.ts";
import { cli } from "./cli-process.ts";
import { failToStart, removeDir, startServer, temporaryDir } from "./server-process.ts";

let model: ModelServer;
let dir: string;
beforeEach(async () => {
  model = await openModelServer();
  dir = await temporaryDir();
});
afterEach(async () => {
  await model.close();
  await removeDir(dir);
});

const STORY = "望京街道花家地北里3号楼楼下车乱停，推婴儿车都过不去，没人管，我叫张小明，13812345678";

describe("a server with a language model", () => {
  it("asks it about a request without saying who asks, prints nothing of it, and lives on when the model dies", async () => {
    model.otherwise = { kind: "pick", nth: 1, answer: NOTHING_FOUND };
    const server = await startServer(dir, {
      OPENAI_BASE_URL: model.baseUrl,
      OPENAI_MODEL: "small",
      OPENAI_API_KEY: "key-of-the-city",
      LANGCHAIN_VERBOSE: "true",
      OPENAI_LOG: "debug",
      LOG_LEVEL: "debug",
    });
    const citizen = await createCitizen(server.url);
    await citizen.say(STORY, /称呼|电话|同意/);
    const sent = JSON.stringify(model.asked);
    expect(sent).toContain("推婴儿车");
    expect(sent).not.toMatch(/张小明|13812345678/);
    await model.close();
    const other = await createCitizen(server.url);
    await other.say(STORY.replace("3号楼", "4号楼"), /哪一类|称呼|电话|同意/);
    const figures = await (await fetch(`${server.url}/metrics`)).text();
    expect(figures).toMatch(/jiesu_model_questions_total\{outcome="answered"\} [1-9]/);
    expect(figures).toMatch(/jiesu_model_questions_total\{outcome="unreachable"\} [1-9]/);
    expect(server.printed()).not.toMatch(/婴儿车|张小明|key-of-the-city/);
    await server.stop();
  });

  it("does not start with half of one", async () => {
    const { status, printed } = await failToStart({ PORT: "0", DATA_DIR: dir, OPENAI_MODEL: "small" });
    expect([status, printed]).toEqual([1, expect.stringMatching(/OPENAI_MODEL: needs OPENAI_BASE_URL/)]);
  });
});

describe("triage read at the command line", () => {
  it("uses the model where there is one, and goes on without when it fails", async () => {
    model.moods = [{ kind: "pick", nth: 1, answer: NOTHING_FOUND }, { kind: "hang-up" }];
    const lines = ["3", "4"].map((house) =>
      JSON.stringify({ id: house, text: STORY.replace("3号楼", `${house}号楼`) }),
    );
    const environment = { OPENAI_BASE_URL: model.baseUrl, OPENAI_MODEL: "small" };
    const result = await cli(["triage", "read"], lines, environment);
    const [helped, alone] = result.lines.map(
      (line) => JSON.parse(line) as { id: string; category: { confidence: number } },
    );
    expect(helped).toMatchObject({ id: "3", category: { code: leavesOf(model.asked[0])[1], confidence: 0.8 } });
    expect(alone).toMatchObject({ id: "4", contact: { phone: "13812345678" } });
    expect(alone?.category.confidence).toBeLessThan(0.5);
    expect([result.status, model.asked.length]).toEqual([0, 2]);
  });
});

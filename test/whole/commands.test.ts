import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, cliJson } from "./cli-process.ts";
import { removeDir, startServer, temporaryDir } from "./server-process.ts";

let dir: string;
let base: string;

const entries = [
  {
    id: "dog",
    question: "遛狗不拴绳怎么举报",
    similar: ["有人遛狗不牵绳", "狗没拴绳子乱跑"],
    text: "携犬出户应当束犬链，由成年人牵领。\u2028发现不拴绳的，可以拨打110，由公安机关处理。",
    source: { title: "养犬管理规定", issuer: "市人大常委会", article: "第十七条" },
    category: "城市管理",
  },
  {
    id: "noise",
    title: "夜间施工噪声",
    text: "夜间二十二时至次日六时，禁止在噪声敏感建筑物集中区域进行产生噪声的建筑施工作业。",
    source: { title: "噪声污染防治法" },
  },
  {
    id: "old",
    question: "燃油补贴怎么领",
    text: "燃油补贴每年三月申领。",
    source: { title: "旧办法" },
    validTo: "2020-12-31",
  },
];

beforeAll(async () => {
  dir = await temporaryDir();
  base = join(dir, "base");
  const file = join(dir, "entries.jsonl");
  await writeFile(file, `\ufeff${entries.map((each) => JSON.stringify(each)).join("\r\n")}`);
  const imported = await cli(["knowledge", "import", file, "--publish", "--data-dir", base]);
  expect([imported.status, imported.lines]).toEqual([0, ['{"imported":3,"status":"published"}']]);
});

afterAll(async () => removeDir(dir));

describe("cli chat", () => {
  it("answers each line with `bot> …` lines and an empty one, inner line breaks as ⏎, and nothing else on standard output", async () => {
    const { status, lines } = await cli(["chat", "--data-dir", join(dir, "chat")], ["你好", "", "失业金能领几个月"]);
    expect(status).toBe(0);
    const blocks = lines.join("\n").split(/\n\n|\n$/);
    expect(blocks[0]).toMatch(/^bot> 您好.* ⏎ 1\. .* ⏎ 2\. .*$/);
    expect(lines.filter((line) => line !== "").every((line) => line.startsWith("bot> "))).toBe(true);
    expect(lines.filter((line) => line === "").length).toBe(3);
    expect(lines.findLast((line) => line !== "")).toMatch(/24个月.* ⏎ 依据：《/);
  });

  it("goes on with the same conversation for the same user, files, and gives the number", async () => {
    const at = ["chat", "--user", "王", "--data-dir", join(dir, "chat")];
    await cli(at, ["朝阳区望京西园四区楼下餐馆油烟很大，每天晚上都呛人，希望尽快处理"]);
    const { lines } = await cli(at, ["王女士 13912345678", "确认提交"]);
    expect(lines.join("\n")).toMatch(/bot> 请核对您的诉求 ⏎ [\s\S]*bot> 登记成功，受理编号 \d{14}/);
    const other = await cli(["chat", "--user", "李", "--data-dir", join(dir, "chat")], ["我的工单"]);
    expect(other.lines[0]).toContain("还没有提交过诉求");
  });
});

describe("cli knowledge", () => {
  it("search gives the hits of each line in order, best first, no more than asked for, none that is out of date", async () => {
    const rows = await cliJson<{ id: unknown; hits: { id: string; score: number }[] }>(
      ["knowledge", "search", "--limit", "1", "--data-dir", base],
      [
        { id: 1, query: "狗没拴绳" },
        { id: "二", query: "晚上施工吵" },
        { id: "x", query: "" },
        { id: "y", query: "燃油补贴" },
        { id: "z", query: "遛狗\u2028不拴绳" },
      ],
    );
    expect(rows.map((row) => [row.id, row.hits.map((hit) => hit.id)])).toEqual([
      [1, ["dog"]],
      ["二", ["noise"]],
      ["x", []],
      ["y", []],
      ["z", ["dog"]],
    ]);
    expect(rows[0]?.hits[0]?.score).toBeGreaterThan(0);
  });

  it("answer quotes what stands verbatim in the entry, and is unsure rather than without a source", async () => {
    const rows = await cliJson<{ id: string; kind: string; text?: string; sources: { id: string; quote: string }[] }>(
      ["knowledge", "answer", "--data-dir", base],
      [
        { id: "a", query: "遛狗不拴绳怎么举报" },
        { id: "b", query: "火星移民怎么办手续" },
        { id: "c", query: "燃油补贴怎么领" },
      ],
    );
    expect(rows.map((row) => [row.id, row.kind])).toEqual([
      ["a", "answered"],
      ["b", "unsure"],
      ["c", "unsure"],
    ]);
    expect(rows[0]?.sources.length).toBeGreaterThan(0);
    for (const { id, quote } of rows.flatMap((row) => row.sources)) {
      expect(entries.find((entry) => entry.id === id)?.text).toContain(quote);
    }
    expect(rows[1]).not.toHaveProperty("text");
  });

  it("import of a file that is not there, or has a fault in any line, changes nothing and spoils nothing", async () => {
    const fresh = join(dir, "fresh");
    const bad = join(dir, "bad.jsonl");
    await writeFile(bad, `${JSON.stringify(entries[0])}\n{"id":"x"}\n`);
    for (const file of [join(dir, "nowhere.jsonl"), bad, dir]) {
      const { status, lines, errors } = await cli(["knowledge", "import", file, "--publish", "--data-dir", fresh]);
      expect([file, status, lines]).toEqual([file, 1, [""]]);
      expect(errors.filter((line) => !line.startsWith("SECRET_KEY"))).toHaveLength(1);
    }
    const [row] = await cliJson<{ hits: object[] }>(
      ["knowledge", "search", "--data-dir", fresh],
      [{ id: 1, query: "狗" }],
    );
    expect(row?.hits).toEqual([]);
    const server = await startServer(fresh);
    const metrics = await (await fetch(`${server.url}/readyz`).then(() => fetch(`${server.url}/metrics`))).text();
    await server.stop();
    expect(Number(/^jiesu_knowledge_entries (\d+)$/m.exec(metrics)?.[1])).toBeGreaterThanOrEqual(200);
  });
});

describe("cli triage read and places resolve", () => {
  it("give for each line exactly the fields of the contract", async () => {
    const rows = await cliJson<Record<string, unknown>>(
      ["triage", "read"],
      [
        { id: 1, text: "朝阳区望京街道昨晚11点工地还在施工，吵得睡不着，希望马上停工，13800138000" },
        { id: "b", text: "楼道里着火了，快来人" },
        { id: "c", text: "我要举报某局长贪污受贿" },
        { id: "d", text: "" },
        { id: "e", text: "👨‍👩‍👧 \u0000 \ud800" },
      ],
    );
    expect(rows.map((row) => row.id)).toEqual([1, "b", "c", "d", "e"]);
    const known = [
      "id",
      "kind",
      "emergency",
      "statutory",
      "category",
      "place",
      "when",
      "contact",
      "wants",
      "slots",
      "abuse",
      "matters",
      "runnerUp",
    ];
    for (const row of rows) {
      expect(known).toEqual(expect.arrayContaining(Object.keys(row)));
      expect(row).toMatchObject({
        kind: expect.stringMatching(/^(consultation|suggestion|complaint|report|help|emergency|praise)$/),
        emergency: expect.any(Boolean),
        statutory: expect.any(Boolean),
        category: { code: expect.stringMatching(/^\d{6}$/), path: expect.any(Array), confidence: expect.any(Number) },
      });
    }
    expect(rows[0]).toMatchObject({
      place: expect.stringContaining("望京"),
      when: "昨晚11点",
      contact: { phone: "13800138000" },
    });
    expect(rows[1]).toMatchObject({ emergency: true, kind: "emergency" });
    expect(rows[2]).toMatchObject({ statutory: true });
  });

  it("resolve a place as deep as it is told, and say 0 for none", async () => {
    expect(
      await cliJson(
        ["places", "resolve"],
        [
          { id: 1, text: "望京街道望京西园四区" },
          { id: 2, text: "海淀区" },
          { id: 3, text: "你好" },
        ],
      ),
    ).toEqual([
      {
        id: 1,
        district: "朝阳区",
        subdistrict: "望京街道",
        community: "望京西园四区社区",
        code: "110105026038",
        confidence: expect.any(Number),
      },
      { id: 2, district: "海淀区", code: "110108", confidence: expect.any(Number) },
      { id: 3, confidence: 0 },
    ]);
  });
});

describe("cli places import", () => {
  it("makes a landmark known to what is started on the same data, and a faulty line changes nothing", async () => {
    const at = join(dir, "landmarks");
    const file = join(dir, "landmarks.jsonl");
    const garden = { name: "祥云雅苑", kind: "estate", subdistrict: "110105026" };
    await writeFile(file, `${JSON.stringify(garden)}\n`);
    expect((await cli(["places", "import", file, "--data-dir", at])).lines).toEqual(['{"imported":1,"landmarks":1}']);
    await writeFile(file, `${JSON.stringify({ ...garden, name: "宏图雅苑" })}\n{"name":"某处"}\n`);
    const { status, errors } = await cli(["places", "import", file, "--data-dir", at]);
    expect([status, errors]).toEqual([1, [expect.stringMatching(/^line 2: /)]]);
    const rows = [
      { id: 1, text: "祥云雅苑停水" },
      { id: 2, text: "宏图雅苑停水" },
    ];
    expect(await cliJson(["places", "resolve", "--data-dir", at], rows)).toEqual([
      expect.objectContaining({ id: 1, subdistrict: "望京街道" }),
      { id: 2, confidence: 0 },
    ]);
  });
});

describe("a mistake at the command line", () => {
  const mistakes: [args: string[], input: string[], line: RegExp][] = [
    [["nothing"], [], /unknown command 'nothing'/],
    [["knowledge", "import"], [], /missing required argument 'file'/],
    [["knowledge", "search", "--limit", "ten"], [], /whole number/],
    [["chat", "--colour"], [], /unknown option/],
    [["triage", "read"], ['{"id":1,"text":"好"}', "{"], /^line 2: not valid JSON$/],
    [["places", "resolve"], ['{"id":1}'], /^line 1: text: /],
  ];
  for (const [args, input, line] of mistakes) {
    it(`${args.join(" ")} ${input.join(" ")}: one clear line and a status that is not 0`, async () => {
      const { status, errors } = await cli(args, input);
      expect(status).toBeGreaterThan(0);
      expect(errors).toEqual([expect.stringMatching(line)]);
    });
  }

  it("a reader that has seen enough ends the command without a fault", async () => {
    const input = Array.from({ length: 5000 }, (_, id) => JSON.stringify({ id, text: "海淀区" })).join("\n");
    const command = `"${process.execPath}" server/cli.ts places resolve | head -1`;
    const { stdout, stderr } = spawnSync("sh", ["-c", command], {
      input,
      encoding: "utf8",
      cwd: join(import.meta.dirname, "../.."),
    });
    expect(JSON.parse(stdout)).toMatchObject({ id: 0 });
    expect(stderr).toBe("");
  });
});

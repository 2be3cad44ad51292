import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createMediaStore, decodeFileName, type MediaStore, safeFileName } from "../../../server/media/index.ts";
import { createSeal } from "../../../server/store/seal.ts";
import { openDatabase, type SqliteDatabase } from "../../../server/store/sqlite/database.ts";
import { temporaryFolder } from "../temporary.ts";
import { exifSegment, jpegWith } from "./photographs.ts";
import * as samples from "./samples.ts";

const migrationsDir = join(import.meta.dirname, "../../../server/store/sqlite/migrations");
const owner = { channel: "web", userId: "visitor-1" } as const;

describe("市民的上传", () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let database: SqliteDatabase;
  let media: MediaStore;
  let count: number;

  beforeEach(() => {
    folder = temporaryFolder();
    database = openDatabase({ file: join(folder.path, "data.sqlite"), migrationsDir });
    count = 0;
    media = createMediaStore(options());
  });
  const options = () => ({
    dir: join(folder.path, "media"),
    database,
    seal: createSeal("a secret key for tests"),
    clock: { now: () => new Date("2025-03-01T08:00:00Z") },
    newId: () => `media-${++count}`,
    limits: { maxBytes: 1024 },
  });
  afterEach(async () => {
    await database.close();
    folder.remove();
  });

  it.each([
    ["png", samples.png, "image", "image/png"],
    ["jpg", samples.jpeg, "image", "image/jpeg"],
    ["gif", samples.gif, "image", "image/gif"],
    ["webp", samples.webp, "image", "image/webp"],
    ["heic", samples.heic, "image", "image/heic"],
    ["mp3", samples.mp3, "voice", "audio/mpeg"],
    ["amr", samples.amr, "voice", "audio/amr"],
    ["wav", samples.wav, "voice", "audio/wav"],
    ["m4a", samples.m4a, "voice", "audio/x-m4a"],
    ["mp4", samples.mp4, "video", "video/mp4"],
    ["pdf", samples.pdf, "file", "application/pdf"],
    ["docx", samples.docx(), "file", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ["txt", samples.text, "file", "text/plain"],
  ])("%s 按内容认出来，原样读回", async (ending, bytes, mediaType, mimeType) => {
    const kept = await media.keep(bytes, { name: `文件.${ending}`, owner });
    expect(kept).toEqual({ id: "media-1", mediaType, mimeType, sizeBytes: bytes.length, name: `文件.${ending}` });
    const found = media.find("media-1");
    expect(found?.media).toEqual(kept);
    expect(found?.owner).toEqual(owner);
    expect((await found?.bytes())?.equals(bytes)).toBe(true);
  });

  it.each([
    ["空文件", Buffer.alloc(0), "a.txt", "empty"],
    ["太大", Buffer.alloc(1025, "a"), "a.txt", "too-big"],
    ["程序", samples.exe, "a.exe", "not-allowed"],
    ["冒充照片的程序", samples.exe, "a.jpg", "not-what-it-says"],
    ["冒充照片的文字", samples.text, "a.jpg", "not-what-it-says"],
    ["冒充照片的 PDF", samples.pdf, "a.jpg", "not-what-it-says"],
    ["SVG", samples.svg, "a.svg", "not-allowed"],
    ["带 XML 头的 SVG", samples.xmlSvg, "a.svg", "not-allowed"],
    ["改名的 SVG", samples.svg, "a.png", "not-what-it-says"],
    ["HTML", samples.html, "a.html", "not-allowed"],
    ["改名的 HTML", samples.html, "a.txt", "not-what-it-says"],
    ["没有名字的 HTML", samples.html, undefined, "not-allowed"],
    ["脚本", Buffer.from("alert(1)"), "a.js", "not-allowed"],
    ["含 NUL 的文字", Buffer.from("a\0b"), "a.txt", "not-what-it-says"],
    ["没有画面的 JPEG", Buffer.from("ffd8ffe000104a46494600010100000100010000ffd9", "hex"), "a.jpg", "broken"],
    ["不是 UTF-8", Buffer.from([0xc3, 0x28, 0x41]), "a.txt", "not-what-it-says"],
  ])("不收：%s", async (_name, bytes, name, refused) => {
    expect(await media.check(bytes, name)).toBe(refused);
    expect(await media.keep(bytes, { name, owner })).toEqual({ refused });
    expect(count).toBe(0);
  });

  it("JPEG 里其实是 PNG 的照片照收，按真实类型记", async () => {
    expect(await media.keep(samples.png, { name: "灯.jpg" })).toMatchObject({ mimeType: "image/png" });
  });

  it("同一个人再传同一个文件，还是那一份；别人传的是另一份", async () => {
    const first = await media.keep(samples.png, { name: "灯.png", owner });
    expect(await media.keep(samples.png, { name: "灯.png", owner })).toEqual(first);
    const other = await media.keep(samples.png, { name: "灯.png", owner: { channel: "web", userId: "visitor-2" } });
    expect(other).not.toEqual(first);
    const [a, b] = await Promise.all([media.keep(samples.gif, { owner }), media.keep(samples.gif, { owner })]);
    expect(a).toEqual(b);
    expect(readdirSync(join(folder.path, "media"))).toHaveLength(3);
  });

  it("同一个文件换个名字再传，还是那一份，按这次的名字显示", async () => {
    const first = await media.keep(samples.png, { name: "灯.png", owner });
    expect(await media.keep(samples.png, { name: "灯 (1).png", owner })).toEqual({ ...first, name: "灯 (1).png" });
    expect(readdirSync(join(folder.path, "media"))).toEqual(["media-1"]);
  });

  it("照片的拍摄位置加密记下，存的文件里不再有", async () => {
    const taken = jpegWith([exifSegment({ latitude: 39.9962, longitude: 116.4803 })]);
    expect(await media.keep(taken, { owner })).toMatchObject({ position: { latitude: 39.9962, longitude: 116.4803 } });
    expect(media.find("media-1")?.media.position).toEqual({ latitude: 39.9962, longitude: 116.4803 });
    expect((await media.find("media-1")?.bytes())?.includes("Exif")).toBe(false);
    const { position } = database.raw.prepare("SELECT position FROM media").get() as { position: Buffer };
    expect(position.includes("116")).toBe(false);
  });

  it("磁盘上只有密文；换了密钥、改了一个字节、换了别人的文件都读不出来", async () => {
    await media.keep(samples.pdf, { owner });
    await media.keep(samples.text, { owner });
    const path = (id: string) => join(folder.path, "media", id);
    const sealed = readFileSync(path("media-1"));
    expect(sealed.includes("PDF")).toBe(false);
    writeFileSync(path("media-1"), readFileSync(path("media-2")));
    await expect(media.find("media-1")?.bytes()).rejects.toThrow();
    writeFileSync(path("media-1"), sealed.with(40, (sealed[40] as number) ^ 1));
    await expect(media.find("media-1")?.bytes()).rejects.toThrow();
    writeFileSync(path("media-1"), sealed);
    expect((await media.find("media-1")?.bytes())?.equals(samples.pdf)).toBe(true);
    const stranger = createMediaStore({ ...options(), seal: createSeal("another key for tests") });
    await expect(async () => stranger.find("media-1")?.bytes()).rejects.toThrow();
  });

  describe("以前没有加密的文件", () => {
    const taken = jpegWith([exifSegment({ latitude: 39.9962, longitude: 116.4803 })]);
    const onDisk = (id: string) => readFileSync(join(folder.path, "media", id));

    beforeEach(() => {
      mkdirSync(join(folder.path, "media"));
      writeFileSync(join(folder.path, "media", "old"), taken);
      for (const id of ["old", "lost"]) {
        database.raw
          .prepare(
            `INSERT INTO media (id, channel, user_id, media_type, mime_type, size_bytes, digest, created_at)
             VALUES (?, 'web', 'visitor-1', 'image', 'image/jpeg', ${taken.length}, ?, '2025-01-01T00:00:00Z')`,
          )
          .run(id, id);
      }
    });

    it("还读得到，只是不带照片里的位置", async () => {
      expect((await media.find("old")?.bytes())?.equals(jpegWith([]))).toBe(true);
    });

    it("启动时加密，磁盘上不再有原件；丢了的跳过，再做一遍也没事", async () => {
      expect(await media.sealOlder()).toBe(1);
      expect(onDisk("old").includes("Exif")).toBe(false);
      expect(onDisk("old").includes("JFIF")).toBe(false);
      expect((await media.find("old")?.bytes())?.equals(jpegWith([]))).toBe(true);
      expect(media.find("old")?.media.sizeBytes).toBe(jpegWith([]).length);
      expect(await media.sealOlder()).toBe(0);
    });

    it("加密到一半断了电，接着做完", async () => {
      await media.sealOlder();
      database.raw.prepare("UPDATE media SET sealed = 0").run();
      const sealed = onDisk("old");
      expect(await media.sealOlder()).toBe(1);
      expect(onDisk("old").equals(sealed)).toBe(true);
      expect((await media.find("old")?.bytes())?.equals(jpegWith([]))).toBe(true);
    });
  });

  it("没有的编号读不到，路径也进不来", () => {
    expect(media.find("../data.sqlite")).toBeUndefined();
  });

  it("名字加密后才进数据库", async () => {
    await media.keep(samples.png, { name: "张三的灯.png", owner });
    const { name } = database.raw.prepare("SELECT name FROM media").get() as { name: Buffer };
    expect(name.includes("张三")).toBe(false);
  });
});

describe("文件名", () => {
  it("当作 latin1 读到的 UTF-8 还原成原来的字", () => {
    const asLatin1 = Buffer.from("路灯😀.jpg", "utf8").toString("latin1");
    expect(decodeFileName(asLatin1)).toBe("路灯😀.jpg");
    expect(decodeFileName("路灯.jpg")).toBe("路灯.jpg");
    expect(decodeFileName("caf\u00e9.jpg")).toBe("caf\u00e9.jpg");
  });

  it.each([
    ["../../etc/passwd", "passwd"],
    ["C:\\照片\\灯.jpg", "灯.jpg"],
    ["\u202egpj.exe", "gpj.exe"],
    ["..", undefined],
    ["a\r\nSet-Cookie: x.txt", "aSet-Cookie x.txt"],
    [undefined, undefined],
  ])("%j 变成 %j", (given, expected) => {
    expect(safeFileName(given)).toBe(expected);
  });

  it("太长的名字截短，扩展名留着", () => {
    const name = safeFileName(`${"灯".repeat(300)}.jpeg`);
    expect([...(name ?? "")]).toHaveLength(100);
    expect(name).toMatch(/\.jpeg$/);
  });
});

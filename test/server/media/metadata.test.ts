import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withoutMetadata } from "../../../server/media/metadata/index.ts";
import * as make from "./photographs.ts";

const AT = { latitude: 39.9962, longitude: 116.4803 };
const clean = (bytes: Buffer, mimeType: string) => withoutMetadata(bytes, mimeType);
const cleanJpeg = (bytes: Buffer) => clean(bytes, "image/jpeg");

describe("照片里的拍摄位置", () => {
  it.each([
    ["北京", AT],
    ["南半球和西半球", { latitude: -33.8568, longitude: -70.6483 }],
    ["小端写法", { ...AT, littleEndian: true }],
  ])("读得出：%s", (_name, notes) => {
    const { latitude, longitude } = notes;
    expect(cleanJpeg(make.jpegWith([make.exifSegment(notes)]))?.position).toEqual({ latitude, longitude });
  });

  it.each([
    ["没有位置", {}],
    ["0°、0°，相机不知道时写的", { latitude: 0, longitude: 0 }],
    ["地球以外", { latitude: 91, longitude: 116 }],
  ])("当作没有：%s", (_name, notes) => {
    expect(cleanJpeg(make.jpegWith([make.exifSegment(notes)]))?.position).toBeUndefined();
  });

  it("PNG、WebP、HEIC 和视频里的也读得出", () => {
    expect(clean(make.pngWith([make.chunk("eXIf", make.exif(AT))]), "image/png")?.position).toEqual(AT);
    const webp = make.webpWith(0x08, [make.riffChunk("VP8 ", Buffer.alloc(9)), make.riffChunk("EXIF", make.exif(AT))]);
    expect(clean(webp, "image/webp")?.position).toEqual(AT);
    expect(clean(make.heicWith(AT).file, "image/heic")?.position).toEqual(AT);
    expect(clean(make.movieWith("+39.9962+116.4803/").file, "video/mp4")?.position).toEqual(AT);
  });

  it("分母是零的度数不算位置", () => {
    const notes = make.exif(AT);
    notes.writeUInt32BE(0, 154);
    expect(cleanJpeg(make.jpegWith([make.segment(0xe1, "Exif\0\0", notes)]))?.position).toBeUndefined();
  });
});

describe("JPEG 只留下画面", () => {
  it.each(Object.entries(make.jpegNotes))("不留 %s", (_name, notes) => {
    expect(cleanJpeg(make.jpegWith([notes]))?.bytes.equals(make.jpegWith([]))).toBe(true);
  });

  it("留下颜色配置和 Adobe 的色彩说明", () => {
    const adobe = make.segment(0xee, "Adobe", Buffer.from("00648000000001", "hex"));
    const picture = make.jpegWith([make.iccSegment, adobe]);
    expect(cleanJpeg(picture)?.bytes.equals(picture)).toBe(true);
  });

  it("只留方向，别的都不留", () => {
    const cleaned = cleanJpeg(make.jpegWith([make.exifSegment({ ...AT, orientation: 6 })]))?.bytes ?? Buffer.alloc(0);
    const again = cleanJpeg(cleaned);
    expect(cleaned.includes(make.MAKER)).toBe(false);
    expect(cleaned.subarray(2, 12).toString("latin1")).toBe("\xff\xe1\x00\x22Exif\0\0");
    expect(again?.bytes.equals(cleaned)).toBe(true);
    expect(again?.position).toBeUndefined();
  });

  it("画面后面接着的东西（压缩包、第二张图、网页）不留", () => {
    const hidden = Buffer.concat([Buffer.from("PK\x03\x04"), make.jpegWith([make.exifSegment(AT)])]);
    expect(cleanJpeg(make.jpegWith([], hidden))?.bytes.equals(make.jpegWith([]))).toBe(true);
    expect(cleanJpeg(make.jpegWith([], "<script>alert(1)</script>"))?.bytes.includes("script")).toBe(false);
  });

  it("截断的照片留下已有的画面，没有画面的不收", () => {
    const whole = make.jpegWith([make.exifSegment(AT)]);
    const cut = cleanJpeg(whole.subarray(0, -4))?.bytes;
    expect(cut?.includes(make.MAKER)).toBe(false);
    expect(cut?.length).toBeGreaterThan(100);
    expect(cleanJpeg(whole.subarray(0, 60))).toBeUndefined();
  });
});

describe("PNG、WebP、GIF 只留下画面", () => {
  it.each(["tEXt", "zTXt", "iTXt", "tIME", "eXIf", "vpAg"])("PNG 不留 %s", (type) => {
    const notes = make.chunk(type, `Raw profile type exif\0${make.MAKER}`);
    expect(clean(make.pngWith([notes], [notes], make.MAKER), "image/png")?.bytes.equals(make.pngWith([]))).toBe(true);
  });

  it("PNG 留下颜色配置和方向", () => {
    const colours = make.chunk("iCCP", "sRGB\0\0colours");
    const notes = make.chunk("eXIf", make.exif({ ...AT, orientation: 8 }));
    const cleaned = clean(make.pngWith([colours, notes]), "image/png")?.bytes ?? Buffer.alloc(0);
    expect(cleaned.includes(colours)).toBe(true);
    expect(cleaned.includes(make.MAKER)).toBe(false);
    expect(clean(cleaned, "image/png")?.bytes.equals(cleaned)).toBe(true);
    expect(cleaned.includes("eXIf")).toBe(true);
  });

  it("WebP 不留 EXIF 和 XMP，开头也不再说有", () => {
    const picture = make.riffChunk("VP8 ", Buffer.alloc(9, 7));
    const colours = make.riffChunk("ICCP", Buffer.from("colours"));
    const notes = [make.riffChunk("EXIF", make.exif(AT)), make.riffChunk("XMP ", Buffer.from(make.MAKER))];
    const given = make.webpWith(0x2c, [colours, picture, ...notes, make.riffChunk("JUNK", Buffer.from(make.MAKER))]);
    expect(clean(given, "image/webp")?.bytes.equals(make.webpWith(0x20, [colours, picture]))).toBe(true);
  });

  it("WebP 动图的每一帧里也不留", () => {
    const frame = (...inside: Buffer[]) => make.riffChunk("ANMF", Buffer.alloc(16), ...inside);
    const picture = make.riffChunk("VP8L", Buffer.alloc(4, 7));
    const given = make.webpWith(0x02, [frame(picture, make.riffChunk("NOTE", Buffer.from(make.MAKER)))]);
    expect(clean(given, "image/webp")?.bytes.equals(make.webpWith(0x02, [frame(picture)]))).toBe(true);
  });

  it("WebP 留下方向", () => {
    const picture = make.riffChunk("VP8 ", Buffer.alloc(8, 7));
    const given = make.webpWith(0x08, [picture, make.riffChunk("EXIF", make.exif({ ...AT, orientation: 3 }))]);
    const cleaned = clean(given, "image/webp")?.bytes ?? Buffer.alloc(0);
    expect(cleaned.includes(make.MAKER)).toBe(false);
    expect(clean(cleaned, "image/webp")?.bytes.equals(cleaned)).toBe(true);
    expect(cleaned.includes("EXIF")).toBe(true);
  });

  it("GIF 不留评论和 XMP，留下循环次数", () => {
    const part = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)]);
    const extension = (label: number, ...parts: string[]) =>
      Buffer.concat([Buffer.from([0x21, label]), ...parts.map(part), Buffer.from([0])]);
    const head = Buffer.from("474946383961010001008000 00ffffff000000".replaceAll(" ", ""), "hex");
    const loop = extension(0xff, "NETSCAPE2.0", "\x01\0\0");
    const picture = Buffer.from("2c00000000010001000002024401003b", "hex");
    const given = [head, loop, extension(0xfe, make.MAKER), extension(0xff, "XMP DataXMP", make.MAKER), picture];
    const cleaned = clean(Buffer.concat([...given, Buffer.from(make.MAKER)]), "image/gif");
    expect(cleaned?.bytes.equals(Buffer.concat([head, loop, picture]))).toBe(true);
  });
});

describe("HEIC 和视频就地清空", () => {
  it("HEIC 的画面一个字节不动，别的都是零", () => {
    const { file, picture } = make.heicWith(AT);
    const cleaned = clean(file, "image/heic")?.bytes ?? Buffer.alloc(0);
    expect(cleaned.length).toBe(file.length);
    expect(cleaned.indexOf(picture)).toBe(file.indexOf(picture));
    expect(cleaned.includes(make.MAKER)).toBe(false);
    expect(cleaned.includes("xmpmeta")).toBe(false);
  });

  it("视频的画面不动，位置、设备、时间和相机自己的轨道不留", () => {
    const { file, film } = make.movieWith("+39.9962+116.4803/");
    const cleaned = clean(file, "video/quicktime")?.bytes ?? Buffer.alloc(0);
    expect(cleaned.length).toBe(file.length);
    expect(cleaned.indexOf(film)).toBe(file.indexOf(film));
    for (const gone of [make.MAKER, "+39.9962", "\xe1\xe2\xe3\xe4"]) {
      expect(cleaned.includes(Buffer.from(gone, "latin1"))).toBe(false);
    }
    expect(cleaned.toString("latin1").match(/trak/g)).toHaveLength(1);
  });

  it("说不清哪些字节是画面的 HEIC 不收", () => {
    const { file } = make.heicWith(AT);
    file.fill(0xff, file.indexOf("iloc") + 12, file.indexOf("iloc") + 40);
    expect(clean(file, "image/heic")).toBeUndefined();
  });
});

it("文档和别的录音原样返回", () => {
  const bytes = Buffer.from("%PDF-1.4 /Author (SecretCam)");
  expect(clean(bytes, "application/pdf")).toEqual({ bytes });
});

describe("什么样的文件都不会出错", () => {
  const kinds: [string, Buffer][] = [
    ["image/jpeg", make.jpegWith([...Object.values(make.jpegNotes), make.iccSegment])],
    ["image/png", make.pngWith([make.chunk("eXIf", make.exif({ ...AT, orientation: 6 }))])],
    [
      "image/webp",
      make.webpWith(0x0c, [make.riffChunk("VP8 ", Buffer.alloc(9)), make.riffChunk("EXIF", make.exif(AT))]),
    ],
    ["image/heic", make.heicWith(AT).file],
    ["video/mp4", make.movieWith("+39.9962+116.4803/").file],
    [
      "image/gif",
      Buffer.from("474946383961010001008000 00ffffff0000002c00000000010001000002024401003b".replace(" ", ""), "hex"),
    ],
  ];
  /** Cleaned twice is cleaned once, and nothing grows. */
  const isSettled = (bytes: Buffer, mimeType: string) => {
    const once = clean(Buffer.from(bytes), mimeType);
    if (!once) return;
    expect(once.bytes.length).toBeLessThanOrEqual(bytes.length + 40);
    expect(clean(once.bytes, mimeType)?.bytes.equals(once.bytes)).toBe(true);
  };

  it.each(kinds)("%s：在哪里截断都行", (mimeType, file) => {
    for (let length = 0; length <= file.length; length++) isSettled(file.subarray(0, length), mimeType);
  });

  it.each(kinds)("%s：哪些字节坏了都行，写着多大的长度都行", (mimeType, file) => {
    const damage = fc.array(fc.tuple(fc.nat(file.length - 1), fc.constantFrom(0, 1, 0x7f, 0x80, 0xff)), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(damage, (changes) => {
        const broken = Buffer.from(file);
        for (const [at, value] of changes) broken.fill(value, at, Math.min(at + 4, broken.length));
        isSettled(broken, mimeType);
      }),
      { numRuns: 300 },
    );
  });

  it.each(kinds)("%s：后面全是乱码也行", (mimeType, file) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(file.length), (garbage, at) => {
        isSettled(Buffer.concat([file.subarray(0, at), garbage]), mimeType);
      }),
      { numRuns: 200 },
    );
  });

  it.each(kinds)("%s：20 MB 也行，不管里面是什么", (mimeType, file) => {
    const size = 20 * 1024 * 1024;
    for (const pattern of [
      Buffer.alloc(1),
      Buffer.from([0xff]),
      Buffer.from("fffe0002", "hex"),
      Buffer.from("0000000866726565", "hex"),
    ]) {
      const large = Buffer.concat([file, Buffer.alloc(size - file.length, pattern)]);
      expect(clean(large, mimeType)?.bytes.length ?? 0).toBeLessThanOrEqual(size);
    }
  });
});

import type { Locator } from "playwright-core";
import { beforeAll, describe, expect, test } from "vitest";
import { MAKER } from "../server/media/photographs.ts";
import { type Citizen, citizenAt, DESK, PHONE } from "./citizen.ts";
import { type Clerk, clerkAt } from "./clerk.ts";
import { film, photograph, tone } from "./recordings.ts";
import { keep } from "./screenshots.ts";
import { withStage } from "./stage.ts";

/** Turned by a quarter, as phones note it: 640 × 480 pixels, to be shown upright. */
const NOTES = { latitude: 39.9962, longitude: 116.4803, orientation: 6 };

describe("带位置的照片，补充的录音和视频", () => {
  const stage = withStage();
  let citizen: Citizen;
  let clerk: Clerk;
  let number: string;

  beforeAll(async () => {
    citizen = citizenAt(await stage.browser.newPage({ viewport: PHONE }));
    clerk = clerkAt(await stage.browser.newPage({ viewport: DESK }), stage.server.url);
    await citizen.page.goto(stage.server.url);
    await citizen.hears("您好");
  });

  test("照片里的拍摄位置问一次，点“是”就是地点", async () => {
    const buffer = await photograph(citizen.page, NOTES);
    await citizen.attach({ name: "现场.jpg", mimeType: "image/jpeg", buffer });
    await citizen.hears("请再用一句话说说是什么事");
    await citizen.say("楼下垃圾堆了三天没人清运，味道很大，希望尽快清运");
    const reply = await citizen.hears(/属于下面哪一类|拍摄位置/);
    if (reply.includes("哪一类")) await citizen.press(/垃圾堆积/);
    await citizen.hears("照片里带着拍摄位置");
    await keep(citizen.page, "chat-taken-place");
    await citizen.press(/^是$/);
    await citizen.hears("称呼和电话");
    await citizen.press("匿名提交");
    await citizen.hears("请核对您的诉求");
    await citizen.press("确认提交");
    [number = ""] = /\d{14}/.exec(await citizen.hears("登记成功，受理编号")) ?? [];
    expect(number).not.toBe("");
  });

  test("录音和视频补充到已有的工单", async () => {
    await citizen.say(`补充 ${number}`);
    await citizen.hears("也可以发照片、视频和文件");
    await citizen.attach({ name: "现场.wav", mimeType: "audio/wav", buffer: tone() });
    await citizen.hears("我还听不懂语音");
    await citizen.attach({ name: "现场.mp4", mimeType: "video/mp4", buffer: await film(citizen.page) });
    await citizen.hears("已附上（共 2 个）");
    await citizen.press("提交补充");
    await citizen.hears("补充已经送到承办单位");
    await keep(citizen.page, "chat-supplement");
  });

  test("工作人员看得到竖过来的照片，听得到录音，放得出视频", async () => {
    await clerk.signIn();
    await clerk.open(number);
    const evidence = clerk.page.getByTestId("evidence");
    const shape = (image: { naturalWidth?: number; naturalHeight?: number }) => [
      image.naturalWidth,
      image.naturalHeight,
    ];
    await expect.poll(() => evidence.getByRole("img").first().evaluate(shape)).toEqual([480, 640]);
    for (const player of [evidence.locator("audio"), evidence.locator("video")]) {
      expect(await secondsPlayed(player)).toBeGreaterThan(0.3);
    }
    await clerk.detail.getByText("（附件 2 个）").scrollIntoViewIfNeeded();
    await keep(clerk.page, "desk-supplement");
    await evidence.scrollIntoViewIfNeeded();
    await keep(clerk.page, "desk-recordings");
  });

  test("下载到的照片里没有位置和设备", async () => {
    const address = await clerk.page.getByTestId("evidence").getByRole("img").first().getAttribute("src");
    const bytes = await (await clerk.page.request.get(`${stage.server.url}${address}`)).body();
    expect(bytes.length).toBeGreaterThan(1000);
    expect(bytes.includes(MAKER)).toBe(false);
    expect(bytes.subarray(6, 10).toString("latin1")).toBe("Exif");
    expect(bytes.readUInt16BE(4)).toBe(34);
  });
});

/** Plays to the end, without sound, and answers how far it came. */
const secondsPlayed = (player: Locator): Promise<number> =>
  player.evaluate(
    (element: {
      muted: boolean;
      currentTime: number;
      play(): Promise<void>;
      addEventListener(event: string, done: () => void): void;
    }) =>
      new Promise<number>((resolve, reject) => {
        element.muted = true;
        element.addEventListener("ended", () => resolve(element.currentTime));
        element.play().catch(reject);
      }),
  );

import { beforeAll, describe, expect, test } from "vitest";
import { type Citizen, citizenAt, DESK, describeComplaint, PHONE } from "./citizen.ts";
import { type Clerk, clerkAt } from "./clerk.ts";
import { stripedPng } from "./png.ts";
import { keep } from "./screenshots.ts";
import { withStage } from "./stage.ts";

const PICTURE = {
  name: "垃圾桶.png",
  mimeType: "image/png",
  buffer: stripedPng(640, 480, [
    [96, 125, 139],
    [176, 190, 197],
  ]),
};
const NOTE = { name: "情况说明.txt", mimeType: "text/plain", buffer: Buffer.from("三天没有清运。") };
const PROGRAM = { name: "照片.exe", mimeType: "application/octet-stream", buffer: Buffer.from("MZ\x90\0\x03\0\0\0") };

describe("照片和文件", () => {
  const stage = withStage();
  let citizen: Citizen;
  let clerk: Clerk;
  let number: string;

  beforeAll(async () => {
    citizen = citizenAt(await stage.browser.newPage({ viewport: PHONE }));
    clerk = clerkAt(await stage.browser.newPage({ viewport: DESK }), stage.server.url);
    await citizen.page.goto(stage.server.url);
    await describeComplaint(citizen);
  });

  test("图片发出后在对话里看得到缩略图，刷新以后还在", async () => {
    await citizen.attach(PICTURE);
    await citizen.hears("共 1 个");
    await citizen.page.reload();
    const thumb = citizen.own.getByRole("img", { name: PICTURE.name });
    await thumb.scrollIntoViewIfNeeded();
    const width = () => thumb.evaluate((image: { naturalWidth?: number }) => image.naturalWidth);
    await expect.poll(width).toBe(640);
    await keep(citizen.page, "chat-picture");
  });

  test("不能接收的文件当场说明原因，移除后不留痕迹", async () => {
    await citizen.attach(PROGRAM);
    const bubble = citizen.own.filter({ hasText: PROGRAM.name });
    await bubble.getByText("暂时不能接收这种文件").waitFor();
    await keep(citizen.page, "chat-refused-file");
    await bubble.getByRole("button", { name: "移除" }).click();
    expect(await bubble.count()).toBe(0);
  });

  test("空文件不上传，直接说明", async () => {
    await citizen.attach({ name: "空.txt", mimeType: "text/plain", buffer: Buffer.alloc(0) });
    await citizen.page.getByText("是空文件，没有发送").waitFor();
    await citizen.page.getByRole("button", { name: "关闭提示" }).click();
  });

  test("工作人员在工单里看大图、下载文件", async () => {
    await citizen.attach(NOTE);
    await citizen.hears("共 2 个");
    await citizen.press("确认提交");
    [number = ""] = /\d{14}/.exec(await citizen.hears("登记成功，受理编号")) ?? [];
    await clerk.signIn();
    await clerk.open(number);
    const evidence = clerk.page.getByTestId("evidence");
    const thumb = evidence.getByRole("img", { name: PICTURE.name });
    await expect.poll(() => thumb.evaluate((image: { naturalWidth?: number }) => image.naturalWidth)).toBe(640);
    await keep(clerk.page, "desk-evidence");
    await thumb.click();
    await clerk.page.locator(".ant-image-preview-img").waitFor();
    await keep(clerk.page, "desk-evidence-large");
    await clerk.page.keyboard.press("Escape");
    const [download] = await Promise.all([
      clerk.page.waitForEvent("download"),
      evidence.getByRole("link", { name: NOTE.name }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(NOTE.name);
    expect(await download.failure()).toBeNull();
  });

  test("没有登录的人打不开工单的附件", async () => {
    const address = await clerk.page
      .getByTestId("evidence")
      .getByRole("link", { name: NOTE.name })
      .getAttribute("href");
    const stranger = await stage.browser.newContext();
    expect((await stranger.request.get(`${stage.server.url}${address}`)).status()).toBe(401);
    await stranger.close();
  });
});

import { describe, expect, it } from "vitest";
import { admin, aRequest, numberOf } from "../desk/fixture.ts";
import { KEY, keyed, open311City, xml } from "../desk/open311-city.ts";

const city = open311City();
const { call, post, file } = city;

describe("查询", () => {
  it("字段齐全；没有密钥看不到内容和详细地址，什么时候都没有姓名电话", async () => {
    const number = await file({
      phone: "13800138000",
      first_name: "张小明",
      description: "大门坏了，我叫张小明，电话13800138000",
    });
    const open = await call(`requests/${number}.json`);
    expect(open.json).toEqual([
      {
        service_request_id: number,
        status: "open",
        status_notes: "已派单",
        service_name: "物业服务不到位",
        service_code: "010101",
        description: "",
        agency_responsible: "望京街道办事处",
        service_notice: expect.any(String),
        requested_datetime: "2026-03-01T12:00:00Z",
        updated_datetime: "2026-03-01T12:00:00Z",
        expected_datetime: "2026-03-08T12:00:00Z",
        address: "朝阳区望京街道",
        address_id: "110105026",
      },
    ]);
    const withKey = await call(`requests/${number}.json?${keyed}`);
    expect(withKey.json).toMatchObject([{ description: "大门坏了，我叫＊＊＊，电话＊＊＊", address: "望京西园四区" }]);
    expect(open.text + withKey.text).not.toMatch(/张小明|13800138000/);
  });

  it("保密的工单没有密钥查不到，有密钥也只看到街道", async () => {
    const number = await file({ "attribute[kind]": "report", lat: "39.9", long: "116.4" });
    expect((await call(`requests/${number}.json`)).status).toBe(404);
    expect((await call(`requests.json?service_request_id=${number}`)).json).toEqual([]);
    expect((await call("requests.json")).json).toEqual([]);
    const [row] = (await call(`requests/${number}.json?${keyed}`)).json as Record<string, unknown>[];
    expect(row).toMatchObject({ address: "朝阳区望京街道" });
    expect(row).not.toHaveProperty("lat");
  });

  it("没有的编号是 404", async () => {
    expect(await call("requests/1.json")).toMatchObject({ status: 404, json: [{ code: 404 }] });
    expect(xml((await call("requests/1.xml")).text)).toHaveProperty("errors.error");
  });

  it("编号列表盖过其他条件", async () => {
    const [first, second] = [await file(), await file()];
    await file();
    const { json } = await call(
      `requests.json?service_request_id=${first},${second}&status=closed&start_date=1999-01-01T00:00:00Z&end_date=1999-01-02T00:00:00Z`,
    );
    expect((json as { service_request_id: string }[]).map((row) => row.service_request_id).sort()).toEqual(
      [first, second].sort(),
    );
  });

  it("按状态、服务、时间查", async () => {
    const early = await file();
    city.clock().forward(3_600_000);
    const late = await file({ service_code: "030101" });
    await city.desk().handle(admin, early, "accept");
    await city.desk().handle(admin, early, "close", "好");
    const numbers = async (query: string) =>
      ((await call(`requests.json?${query}`)).json as { service_request_id: string }[]).map(
        (row) => row.service_request_id,
      );
    expect(await numbers("status=closed")).toEqual([early]);
    expect(await numbers("status=open")).toEqual([late]);
    expect(await numbers("status=open,closed")).toEqual([late, early]);
    expect(await numbers("service_code=030101")).toEqual([late]);
    expect(await numbers("service_code=030101,010101")).toEqual([late, early]);
    expect(await numbers("start_date=2026-03-01T12:30:00Z")).toEqual([late]);
    expect(await numbers("end_date=2026-03-01T12:30:00Z")).toEqual([early]);
    expect(await numbers("start_date=2026-03-01T20:00:00%2B08:00&end_date=2026-03-01T20:00:00%2B08:00")).toEqual([
      early,
    ]);
    expect(await numbers("start_date=2026-03-01T20:00:00+08:00&end_date=2026-03-01T20:00:00+08:00")).toEqual([early]);
    expect(await numbers("start_date=&status=")).toEqual([late, early]);
  });

  it.each([
    ["状态不存在", "status=lost", 400],
    ["时间没有时区", "start_date=2026-01-01T00:00:00", 400],
    ["时间不是时间", "end_date=yesterday", 400],
    ["前后颠倒", "start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z", 400],
    ["超过九十天", "start_date=2025-11-01T00:00:00Z&end_date=2026-03-01T00:00:00Z", 400],
    ["服务不存在", "service_code=000000", 404],
  ])("%s", async (_what, query, status) => {
    expect((await call(`requests.json?${query}`)).status).toBe(status);
    expect((await call(`requests.xml?${query}`)).status).toBe(status);
  });

  it("不给时间时只查最近九十天", async () => {
    await file();
    city.clock().forward(91 * 86_400_000);
    const recent = await file();
    expect((await call("requests.json")).json).toMatchObject([{ service_request_id: recent }]);
    expect(await call("requests.json?start_date=2026-03-01T00:00:00Z").then((answer) => answer.json)).toHaveLength(1);
  });

  it("最多一千条", async () => {
    await Promise.all(Array.from({ length: 1005 }, (_, index) => city.desk().submit(aRequest(), `k${index}`)));
    expect((await call("requests.json")).json).toHaveLength(1000);
  });

  it("内容里的尖括号和控制字符不破坏 XML", async () => {
    const number = await file({ description: '门<b>&"坏\u0001了\u{1F6AA}' });
    const parsed = xml((await call(`requests/${number}.xml?${keyed}`)).text);
    expect(parsed).toMatchObject({ service_requests: { request: { description: '门<b>&"坏了\u{1F6AA}' } } });
  });

  it("没有的资源是 404，也是错误数组", async () => {
    expect(await call("nothing.json")).toMatchObject({ status: 404, json: [{ code: 404 }] });
  });
});

describe("进展的推送与补充", () => {
  it("没有密钥不给看；只看得到自己提交的", async () => {
    const number = await file();
    await numberOf(city.desk().submit(aRequest(), "of the bot"));
    await city.desk().handle(admin, number, "accept");
    await city.desk().handle(admin, number, "reply", "正在修");
    expect((await call("servicerequestupdates.json")).status).toBe(403);
    const { json } = await call(`servicerequestupdates.json?${keyed}`);
    expect(json).toMatchObject([
      { service_request_id: number, status: "open", external_status_code: "accepted" },
      { external_status_code: "dispatched", agency_responsible: "望京街道办事处" },
      { status: "in_progress", external_status_code: "in-progress" },
      { status: "in_progress", external_status_code: "replied", description: "正在修" },
    ]);
    expect(xml((await call(`servicerequestupdates.xml?${keyed}`)).text)).toMatchObject({
      service_request_updates: { request_update: expect.any(Array) },
    });
    expect((await call(`servicerequestupdates.json?${keyed}&start_date=2026-03-01T13:00:00Z`)).json).toEqual([]);
  });

  it("催办、补充、撤回各记一次", async () => {
    const number = await file();
    const update = (fields: Record<string, string>) =>
      post("servicerequestupdates.json", { api_key: KEY, service_request_id: number, ...fields });
    await update({ update_id: "1", action: "urge", description: "【催办】快一点" });
    await update({ update_id: "1", action: "urge", description: "【催办】快一点" });
    expect((await update({ update_id: "2", description: "门口积水" })).json).toEqual([{ update_id: "2" }]);
    expect((await update({ update_id: "3", action: "withdraw", status: "CLOSED" })).status).toBe(200);
    expect(
      city
        .desk()
        .ticket(number)
        ?.events.map((event) => [event.kind, event.text]),
    ).toEqual([
      ["accepted", undefined],
      ["dispatched", expect.any(String)],
      ["urged", "快一点"],
      ["supplemented", "门口积水"],
      ["withdrawn", undefined],
    ]);
    expect(await update({ update_id: "4", action: "urge" })).toMatchObject({
      status: 400,
      json: [{ description: expect.stringContaining("撤回") }],
    });
  });

  it("补充带着附件链接的，链接记在内容里，只记一次", async () => {
    const number = await file();
    const media_url = "https://example.com/1.jpg";
    const update = (fields: Record<string, string>) =>
      post("servicerequestupdates.json", { api_key: KEY, service_request_id: number, ...fields });
    await update({ update_id: "1", media_url });
    await update({ update_id: "2", media_url, description: `看照片 ${media_url}` });
    const texts = city
      .desk()
      .ticket(number)
      ?.events.map((event) => event.text);
    expect(texts?.slice(2)).toEqual([`附件链接：${media_url}`, `看照片 ${media_url}`]);
  });

  it.each<[string, Record<string, string>, number]>([
    ["附件不是网址", { description: "x", media_url: "javascript:alert(1)" }, 400],
    ["没有编号", {}, 400],
    ["没有的编号", { service_request_id: "1", description: "x" }, 404],
    ["不认识的动作", { action: "dance", description: "x" }, 400],
    ["补充没有内容", { description: "" }, 400],
  ])("%s", async (what, fields, status) => {
    const number = await file();
    const own: Record<string, string> = what === "没有编号" ? {} : { service_request_id: number };
    expect((await post("servicerequestupdates.json", { api_key: KEY, ...own, ...fields })).status).toBe(status);
  });

  it("别人的工单动不了", async () => {
    const number = await numberOf(city.desk().submit(aRequest(), "of the bot"));
    expect(
      (await post("servicerequestupdates.json", { api_key: KEY, service_request_id: number, action: "withdraw" }))
        .status,
    ).toBe(404);
  });
});

import { describe, expect, it } from "vitest";
import { admin } from "../desk/fixture.ts";
import { basic, type Fields, KEY, open311City, xml } from "../desk/open311-city.ts";

const city = open311City();
const { call, post } = city;

describe("格式", () => {
  it.each([
    ["services.xml", "text/xml; charset=utf-8"],
    ["services.json", "application/json; charset=utf-8"],
    ["services/010101.xml", "text/xml; charset=utf-8"],
    ["services/010101.json", "application/json; charset=utf-8"],
    ["requests.xml?status=open", "text/xml; charset=utf-8"],
    ["requests.json?status=open", "application/json; charset=utf-8"],
    ["discovery.xml", "text/xml; charset=utf-8"],
    ["services", "text/xml; charset=utf-8"],
  ])("%s 用 %s 回答", async (path, type) => {
    const answer = await call(path);
    expect(answer).toMatchObject({ status: 200, type });
  });

  it("没有后缀时按 Accept 给 JSON", async () => {
    expect((await call("services", { headers: { accept: "application/json" } })).type).toContain("json");
  });

  it("发现文档说明地址和格式", async () => {
    const { json } = await call("discovery.json");
    expect(json).toMatchObject({
      endpoints: [
        {
          specification: "http://wiki.open311.org/GeoReport_v2",
          url: `${city.url()}/open311/v2`,
          type: "production",
          formats: ["text/xml", "application/json"],
        },
      ],
    });
    expect(xml((await call("discovery.xml")).text)).toMatchObject({
      discovery: { endpoints: { endpoint: { formats: { format: ["text/xml", "application/json"] } } } },
    });
  });
});

describe("服务", () => {
  it("每个目录末级是一项服务，JSON 的根是数组", async () => {
    const { json } = await call("services.json?jurisdiction_id=beijing.gov.cn");
    expect(json).toHaveLength(6);
    expect((json as unknown[])[0]).toEqual({
      service_code: "010101",
      service_name: "物业服务不到位",
      description: "住房 / 物业管理 / 物业服务不到位（依据《物业管理条例》）",
      metadata: true,
      type: "realtime",
      keywords: "物业, 保安",
      group: "住房",
    });
    const parsed = xml((await call("services.xml")).text) as { services: { service: { service_code: string }[] } };
    expect(parsed.services.service.map((service) => service.service_code)).toContain("010101");
  });

  it("服务定义是一个对象，列出可选的内容", async () => {
    const { json } = await call("services/010101.json");
    expect(json).toMatchObject({
      service_code: "010101",
      attributes: [
        {
          variable: true,
          code: "kind",
          datatype: "singlevaluelist",
          required: false,
          order: 1,
          values: expect.arrayContaining([{ key: "report", name: "举报" }]),
        },
        { code: "occurred_at" },
        { code: "wants" },
        { code: "confidential" },
        { code: "contact_times", datatype: "multivaluelist" },
      ],
    });
    expect(xml((await call("services/010101.xml")).text)).toMatchObject({
      service_definition: { service_code: "010101", attributes: { attribute: expect.any(Array) } },
    });
  });

  it("没有的服务是 404，错误是数组", async () => {
    expect(await call("services/000000.json")).toMatchObject({
      status: 404,
      json: [{ code: 404, description: expect.any(String) }],
    });
    const answer = await call("services/000000.xml");
    expect(answer.status).toBe(404);
    expect(xml(answer.text)).toMatchObject({ errors: { error: { code: "404" } } });
  });
});

describe("提交", () => {
  it("得到编号而没有 token，编号是字符串", async () => {
    const answer = await post("requests.json", basic);
    expect(answer.status).toBe(200);
    expect(answer.json).toEqual([
      {
        service_request_id: expect.stringMatching(/^\d{14}$/),
        service_notice: expect.stringContaining("望京街道办事处"),
      },
    ]);
    const other = await post("requests.xml", basic);
    expect(xml(other.text)).toMatchObject({
      service_requests: { request: { service_request_id: expect.stringMatching(/^\d{14}$/) } },
    });
  });

  it("密钥和辖区放在地址里也可以", async () => {
    const { api_key, ...rest } = basic;
    const answer = await post(`requests.json?jurisdiction_id=x&api_key=${encodeURIComponent(api_key)}`, rest);
    expect(answer.status).toBe(200);
  });

  it.each<[string, Fields, number]>([
    ["没有密钥", { service_code: "010101", address_string: "望京", description: "x" }, 403],
    ["密钥不对", { ...basic, api_key: "wrong" }, 403],
    ["没有服务", { api_key: KEY, address_string: "望京", description: "x" }, 400],
    ["服务不存在", { ...basic, service_code: "000000" }, 404],
    ["没有地点", { api_key: KEY, service_code: "010101", description: "x" }, 400],
    ["空地点等于没有", { ...basic, address_string: " " }, 400],
    ["只有纬度", { api_key: KEY, service_code: "010101", description: "x", lat: "39.9" }, 400],
    ["经纬度不是数字", { ...basic, lat: "39.9", long: "东经" }, 400],
    ["纬度超出范围", { ...basic, lat: "99", long: "116" }, 400],
    ["没有内容", { ...basic, description: "" }, 400],
    ["内容超过四千字", { ...basic, description: "长".repeat(4001) }, 400],
    ["选项不存在", { ...basic, "attribute[kind]": "rumour" }, 400],
    ["单选给了两个", [...Object.entries(basic), ["attribute[kind]", "help"], ["attribute[kind]", "report"]], 400],
    ["附件不是网址", { ...basic, media_url: "javascript:alert(1)" }, 400],
    ["电话不像电话", { ...basic, phone: "没有" }, 400],
  ])("%s", async (_what, fields, status) => {
    for (const suffix of ["json", "xml"]) {
      const answer = await post(`requests.${suffix}`, fields);
      expect(answer.status).toBe(status);
      if (suffix === "json") expect(answer.json).toMatchObject([{ code: status, description: expect.any(String) }]);
      else expect(xml(answer.text)).toHaveProperty("errors.error");
    }
    expect(city.desk().lists.tickets(admin, { state: "all", page: 1, pageSize: 1 }).total).toBe(0);
  });

  it("几处不对一次说清", async () => {
    const { json } = await post("requests.json", { api_key: KEY, service_code: "010101", "attribute[kind]": "rumour" });
    expect((json as unknown[]).length).toBeGreaterThanOrEqual(3);
  });

  it("四千字正好可以", async () => {
    expect((await post("requests.json", { ...basic, description: "长".repeat(4000) })).status).toBe(200);
  });

  it("不是表单的内容不收", async () => {
    const answer = await call("requests.json", {
      method: "POST",
      body: "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
      headers: { "content-type": "text/xml" },
    });
    expect(answer).toMatchObject({ status: 400, json: [{ code: 400 }] });
  });

  it("属性、多选、联系人都进工单，没有见过的属性也不丢", async () => {
    const answer = await post("requests.json", [
      ...Object.entries({
        ...basic,
        lat: "39.99",
        long: "116.47",
        last_name: "张",
        first_name: "小明",
        phone: "13800138000",
        email: "a@example.com",
        media_url: "https://example.com/1.jpg",
      }),
      ["attribute[kind]", "report"],
      ["attribute[occurred_at]", "昨晚"],
      ["attribute[wants]", "修好"],
      ["attribute[contact_times][]", "morning"],
      ["attribute[contact_times][]", "evening"],
      ["attribute[COLOUR]", "蓝色"],
    ]);
    const [row] = answer.json as { service_request_id: string }[];
    const ticket = city.desk().ticket(row?.service_request_id ?? "")?.ticket;
    expect(ticket).toMatchObject({
      kind: "report",
      confidential: true,
      contact: { name: "张小明", phone: "13800138000", email: "a@example.com" },
      body: {
        occurredAt: "昨晚",
        wants: "修好",
        place: { text: "望京西园四区", point: { latitude: 39.99, longitude: 116.47 } },
      },
      unit: { id: "110105026" },
    });
    expect(ticket?.body.description.split("\n")).toEqual([
      "大门坏了",
      "方便联系：上午、晚上",
      "COLOUR：蓝色",
      "附件链接：https://example.com/1.jpg",
    ]);
  });

  it("地址编号是行政区划代码", async () => {
    const { address_string, ...rest } = basic;
    expect(address_string).toBeDefined();
    const answer = await post("requests.json", { ...rest, address_id: "110105026001" });
    const [row] = answer.json as { service_request_id: string }[];
    expect(city.desk().ticket(row?.service_request_id ?? "")?.ticket).toMatchObject({
      unit: { id: "110105026" },
      body: { place: { text: "朝阳区望京街道南湖中园社区" } },
    });
  });

  it("同一个 Idempotency-Key 是同一张工单，凭它能查到编号；别人的密钥下互不相干", async () => {
    const headers = { "Idempotency-Key": "once" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => post("requests.json", basic, headers)));
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1);
    const [row] = (answers[0]?.json ?? []) as { service_request_id: string }[];
    expect((await call("tokens/once.json")).json).toEqual([
      { service_request_id: row?.service_request_id, token: "once" },
    ]);
    expect(xml((await call("tokens/once.xml")).text)).toMatchObject({
      service_requests: { request: { token: "once" } },
    });
    expect((await post("requests.json", { ...basic, api_key: "another key" }, headers)).text).not.toBe(
      answers[0]?.text,
    );
    expect((await call("tokens/never.json")).status).toBe(404);
  });
});

import { beforeAll, describe, expect, it } from "vitest";
import { withCity } from "./with-city.ts";

const API_KEY = "a-key-for-an-integrator";
const city = withCity({ DISPATCH_API_KEY: API_KEY });
let base: string;

beforeAll(async () => {
  base = `${city.server.url}/open311/v2`;
});

type Row = Record<string, string>;
const getJson = async <Body = Row[]>(path: string) => {
  const response = await fetch(base + path);
  return { status: response.status, type: response.headers.get("content-type"), body: (await response.json()) as Body };
};
const getXml = async (path: string) => {
  const response = await fetch(base + path);
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
};

const form = (fields: Record<string, string>) => new URLSearchParams(fields).toString();
const post = (fields: Record<string, string> | string, path = "/requests.json", headers: Row = {}) =>
  fetch(base + path, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
    body: typeof fields === "string" ? fields : form(fields),
  });

const request = {
  api_key: API_KEY,
  service_code: "040101",
  address_string: "朝阳区望京街道望京西园四区",
  description: "工地凌晨两点还在打桩 <b>&\"'</b> 🚧",
  first_name: "明",
  last_name: "赵",
  phone: "13900001111",
  email: "zhao@example.com",
};

async function file(more: Record<string, string> = {}): Promise<string> {
  const response = await post({ ...request, ...more });
  const body = (await response.json()) as Row[];
  expect([response.status, body]).toEqual([
    200,
    [expect.objectContaining({ service_request_id: expect.stringMatching(/^\d{14}$/) })],
  ]);
  return body[0]?.service_request_id ?? "";
}

describe("an Open311 client reads", () => {
  it("the discovery document, in both formats", async () => {
    const { status, type, body } = await getJson<{ endpoints: object[] }>("/discovery.json");
    expect([status, type]).toEqual([200, "application/json; charset=utf-8"]);
    expect(body.endpoints[0]).toMatchObject({ specification: "http://wiki.open311.org/GeoReport_v2", url: base });
    const xml = await getXml("/discovery.xml");
    expect([xml.status, xml.type]).toEqual([200, "text/xml; charset=utf-8"]);
    expect(xml.text).toContain(`<url>${base}</url>`);
  });

  it("the services, the same in both formats, each with a definition", async () => {
    const { body } = await getJson("/services.json");
    expect(body.length).toBeGreaterThan(350);
    expect(body[0]).toEqual({
      service_code: expect.any(String),
      service_name: expect.any(String),
      description: expect.any(String),
      metadata: true,
      type: "realtime",
      keywords: expect.any(String),
      group: expect.any(String),
    });
    const xml = await getXml("/services.xml");
    const codes = [...xml.text.matchAll(/<service><service_code>(\d+)</g)].map((match) => match[1]);
    expect(codes).toEqual(body.map((row) => row.service_code));
    const definition = await getJson<object>(`/services/${body[0]?.service_code}.json`);
    expect(definition.body).toMatchObject({ service_code: body[0]?.service_code, attributes: expect.any(Array) });
    expect((await getXml(`/services/${body[0]?.service_code}.xml`)).text).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?>\n<service_definition><service_code>\d+<\/service_code><attributes><attribute>/,
    );
  });
});

describe("an Open311 client files", () => {
  it("a request that the desk then has whole, person and all", async () => {
    const number = await file({ "attribute[kind]": "complaint", "attribute[wants]": "停工" });
    const { body } = await city.admin.call("GET", `/api/desk/tickets/${number}`);
    expect(body.description).toBe(request.description);
    expect(body.contact).toEqual({ name: "赵明", phone: "13900001111", email: "zhao@example.com" });
  });

  it("in XML, with the key in the query and a jurisdiction nobody asked for", async () => {
    const { api_key, ...fields } = request;
    const response = await post(fields, `/requests.xml?api_key=${api_key}&jurisdiction_id=beijing.gov.cn`);
    expect(response.headers.get("content-type")).toBe("text/xml; charset=utf-8");
    expect(await response.text()).toMatch(
      /^<\?xml version="1.0" encoding="utf-8"\?>\n<service_requests><request><service_request_id>\d{14}<\/service_request_id><service_notice>.+<\/service_notice><\/request><\/service_requests>$/,
    );
  });

  it("under one Idempotency-Key as often as it likes and gets one ticket", async () => {
    const headers = { "idempotency-key": "one-and-only" };
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(request, "/requests.json", headers)));
    const numbers = await Promise.all(
      answers.map(async (each) => ((await each.json()) as Row[])[0]?.service_request_id),
    );
    expect(new Set(numbers).size).toBe(1);
    const token = await getJson("/tokens/one-and-only.json");
    expect(token.body).toEqual([{ service_request_id: numbers[0], token: "one-and-only" }]);
  });

  it("and reads it again: ids as strings, status, times with zone; the words only with the key, the person never", async () => {
    const number = await file();
    const anonymous = await getJson(`/requests/${number}.json`);
    const keyed = await getJson(`/requests/${number}.json?api_key=${API_KEY}`);
    expect(anonymous.body).toEqual([
      expect.objectContaining({ service_request_id: number, status: "open", description: "" }),
    ]);
    expect(anonymous.body[0]?.requested_datetime).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(keyed.body[0]?.description).toBe(request.description);
    for (const text of [anonymous, keyed].map((each) => JSON.stringify(each.body))) {
      for (const secret of ["赵明", "13900001111", "zhao@example.com"]) expect(text).not.toContain(secret);
    }
    expect(JSON.stringify(anonymous.body)).not.toMatch(/西园|打桩/);
    const xml = (await getXml(`/requests/${number}.xml?api_key=${API_KEY}`)).text;
    expect(xml).toContain("<description>工地凌晨两点还在打桩 &lt;b&gt;&amp;&quot;'&lt;/b&gt; 🚧</description>");
  });

  it("a report (举报), which nobody without the key can find by guessing", async () => {
    const number = await file({ "attribute[kind]": "report" });
    expect((await getJson(`/requests/${number}.json`)).status).toBe(404);
    expect((await getJson(`/requests.json?service_request_id=${number}`)).body).toEqual([]);
    const listed = (await getJson("/requests.json")).body;
    expect(listed.map((row) => row.service_request_id)).not.toContain(number);
    const keyed = await getJson(`/requests/${number}.json?api_key=${API_KEY}`);
    expect(keyed.body[0]).not.toHaveProperty("lat");
    expect(keyed.body[0]?.address).not.toContain("西园");
  });

  it("and searches by number, code, status and time", async () => {
    const [first, second] = [await file(), await file({ service_code: "010101" })];
    const found = async (query: string) =>
      (await getJson(`/requests.json?${query}`)).body.map((row) => row.service_request_id);
    expect((await found(`service_request_id=${first},${second}&status=closed`)).sort()).toEqual([first, second].sort());
    expect(await found("service_code=010101")).toEqual([second]);
    expect(await found("status=closed")).toEqual([]);
    expect(await found("status=open,closed")).toContain(first);
    expect(await found("start_date=2001-01-01T00:00:00Z")).toEqual([]);
    expect(await found(`start_date=${encodeURIComponent(new Date(Date.now() - 60_000).toISOString())}`)).toContain(
      second,
    );
  });
});

describe("an Open311 client that makes a mistake is told so exactly", () => {
  const { api_key: _key, ...noKey } = request;
  const { service_code: _code, ...noCode } = request;
  const { address_string: _address, ...noPlace } = request;
  const { description: _description, ...noDescription } = request;
  const bad: [why: string, status: number, fields: Record<string, string> | string, description: RegExp][] = [
    ["no key", 403, noKey, /api_key/],
    ["a wrong key", 403, { ...request, api_key: "guess" }, /api_key/],
    ["no service code", 400, noCode, /service_code/],
    ["an unknown service code", 404, { ...request, service_code: "nope" }, /service_code/],
    ["no place", 400, noPlace, /location/],
    ["half a point", 400, { ...noPlace, lat: "39.9" }, /lat and long/],
    ["a point off the earth", 400, { ...noPlace, lat: "99", long: "116" }, /lat and long/],
    ["no description", 400, noDescription, /description/],
    ["a blank description", 400, { ...request, description: " \u3000" }, /description/],
    ["a description of 4,001 characters", 400, { ...request, description: "长".repeat(4001) }, /4000/],
    ["a script as media", 400, { ...request, media_url: "javascript:alert(1)" }, /media_url/],
    ["a kind that is not one", 400, { ...request, "attribute[kind]": "x" }, /attribute\[kind\]/],
    ["a body too large", 400, `${form(request)}&x=${"y".repeat(300_000)}`, /./],
  ];

  for (const [why, status, fields, description] of bad) {
    it(`POST requests with ${why}: ${status}`, async () => {
      const json = await post(fields);
      expect(json.status).toBe(status);
      const errors = (await json.json()) as { code: number; description: string }[];
      expect(errors[0]).toEqual({ code: status, description: expect.stringMatching(description) });
      const xml = await post(fields, "/requests.xml");
      expect(xml.status).toBe(status);
      expect(await xml.text()).toMatch(
        new RegExp(`^<\\?xml[^>]*\\?>\\n<errors><error><code>${status}</code><description>[^<]+</description></error>`),
      );
    });
  }

  it("POST requests with several mistakes: all of them at once", async () => {
    const errors = (await (await post({ api_key: API_KEY, service_code: "040101" })).json()) as object[];
    expect(errors.length).toBe(2);
  });

  it("POST requests as JSON: 400, for the specification has forms only", async () => {
    const response = await post(JSON.stringify(request), "/requests.json", { "content-type": "application/json" });
    expect(response.status).toBe(400);
  });

  it("GET with what is not there: 404", async () => {
    const paths = ["/requests/20260101000000", "/services/nope", "/tokens/nope", "/nothing", "/requests/%3Cscript%3E"];
    for (const path of paths) {
      const { status, body } = await getJson(`${path}.json`);
      expect([path, status, body[0]?.code]).toEqual([path, 404, 404]);
      expect((await getXml(`${path}.xml`)).text).toContain("<errors><error><code>404</code>");
    }
    expect((await getJson("/requests.json?service_code=nope")).status).toBe(404);
  });

  it("GET with dates or a status that cannot be: 400, and never more than 90 days", async () => {
    const queries = [
      "status=maybe",
      "start_date=yesterday",
      "start_date=2026-01-01",
      "start_date=2026-02-01T00:00:00Z&end_date=2026-01-01T00:00:00Z",
      "start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z",
    ];
    for (const query of queries) {
      const { status, body } = await getJson(`/requests.json?${query}`);
      expect([query, status, body[0]?.code]).toEqual([query, 400, 400]);
    }
  });

  it("GET updates without a key: 403; an address that cannot be decoded: 400", async () => {
    expect((await getJson("/servicerequestupdates.json")).status).toBe(403);
    expect((await getJson("/requests/%E0%A4%A.json")).status).toBe(400);
  });

  it("and SQL in any field is only text", async () => {
    const sql = "'); DROP TABLE tickets; --";
    expect((await getJson(`/requests.json?service_request_id=${encodeURIComponent(sql)}`)).body).toEqual([]);
    const number = await file({ description: sql, address_string: sql, last_name: sql });
    expect((await getJson(`/requests/${number}.json?api_key=${API_KEY}`)).status).toBe(200);
  });
});

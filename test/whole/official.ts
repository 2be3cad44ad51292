/** What the staff's API answered, as far as these tests look into it. */
export interface DeskAnswer {
  number: string;
  state: string;
  description: string;
  confidential: boolean;
  contact?: { name?: string; phone?: string };
  evidence: { id: string; mimeType: string; name?: string }[];
  timeline: { kind: string; text?: string }[];
  total: number;
  tickets: { number: string; title: string; urges: number }[];
  units: { id: string; name: string }[];
}

/** A member of staff who is signed in, with nothing but HTTP. */
export interface Official {
  token: string;
  call(method: string, path: string, body?: object): Promise<{ status: number; body: DeskAnswer }>;
  /** Waits until the list of all tickets has this many. */
  sees(total: number, withinMs?: number): Promise<DeskAnswer["tickets"]>;
}

const WAIT_MS = 20_000;

export async function createOfficial(url: string, username: string, password: string): Promise<Official> {
  const signedIn = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  if (signedIn.status !== 200) throw new Error(`sign-in was answered with ${signedIn.status}`);
  const { token } = (await signedIn.json()) as { token: string };

  const call: Official["call"] = async (method, path, body) => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    return { status: response.status, body: JSON.parse(text === "" ? "{}" : text) as DeskAnswer };
  };

  return {
    token,
    call,
    async sees(total, withinMs = WAIT_MS) {
      const deadline = Date.now() + withinMs;
      for (;;) {
        const { body } = await call("GET", "/api/desk/tickets?state=all&pageSize=100");
        if (body.total === total) return body.tickets;
        if (Date.now() > deadline) throw new Error(`the desk has ${body.total} tickets, not ${total}`);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    },
  };
}

import type { Page } from "playwright-core";

interface ActivitySet {
  activities: Record<string, unknown>[];
  watermark: string;
}

/** Puts a long past before the conversation that the page takes up with its next load. Everything later is real. */
export async function longTalk(page: Page, count: number): Promise<void> {
  let told = false;
  await page.route(/\/activities(\?|$)/, async (route) => {
    if (told || route.request().method() !== "GET") return route.continue();
    told = true;
    const response = await route.fetch();
    const { watermark } = (await response.json()) as ActivitySet;
    await route.fulfill({ response, json: { watermark, activities: talk(count) } });
  });
}

function talk(count: number): Record<string, unknown>[] {
  return Array.from({ length: count }, (_, index) => ({
    type: "message",
    id: `past-${index}`,
    timestamp: new Date(Date.UTC(2026, 10, 22, 1, 0, index)).toISOString(),
    from: index % 2 === 0 ? { id: "user", role: "user" } : { id: "bot", role: "bot" },
    text: `第 ${index + 1} 条：小区门口的路灯不亮，晚上看不清路，已经两个星期了。`,
  }));
}

import type { Page } from "playwright-core";

export interface Contrast {
  text: string;
  ratio: number;
}

/** What can be operated or looked at but has no name that a screen reader could say. */
export const nameless = (page: Page): Promise<string[]> => page.evaluate<string[]>(`(${findNameless})()`);

/** Every text on the page with its contrast to the ground it stands on (WCAG 2.2, definition of contrast ratio). */
export const contrasts = (page: Page): Promise<Contrast[]> => page.evaluate<Contrast[]>(`(${measureContrasts})()`);

// Both run in the page, so they are written as text: the rest of the project knows no document.
const findNameless = `() => {
  const named = (node) =>
    (node.getAttribute("aria-label") ?? node.getAttribute("alt") ?? node.getAttribute("title") ?? node.textContent ?? "").trim() !== "" ||
    node.labels?.length > 0;
  return [...document.querySelectorAll("button, a[href], input, textarea, img, [role=button], [tabindex='0']")]
    .filter((node) => !named(node))
    .map((node) => node.outerHTML.slice(0, 200));
}`;

const measureContrasts = `() => {
  const parse = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const ground = (node) => {
    for (let each = node; each; each = each.parentElement) {
      const [r, g, b, alpha = 1] = parse(getComputedStyle(each).backgroundColor);
      if (alpha > 0.99) return [r, g, b];
    }
    return [255, 255, 255];
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (text === "" || !node || node.closest("script, style, noscript, .hidden, [disabled]")) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color).slice(0, 3)), light(ground(node))].sort((x, y) => y - x);
    found.push({ text: text.slice(0, 20), ratio: Math.round(((a + 0.05) / (b + 0.05)) * 100) / 100 });
  }
  return found;
}`;

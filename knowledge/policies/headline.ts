const MAX_LENGTH = 60;
const MIN_LENGTH = 4;

/** What a document is called: its title, or the words before its first break, at most 60 characters. */
export function headline(document: { title?: string; text: string }): string {
  if (document.title) return document.title;
  const start = document.text.trim().slice(0, MAX_LENGTH);
  const breaks = [...start.matchAll(/[\s。；！？]/g)].map((match) => match.index);
  const end = breaks.find((at) => at >= MIN_LENGTH) ?? start.length;
  return start.slice(0, end);
}

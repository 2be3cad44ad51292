/** What a citizen can do on the page, as far as its parts need to know. */
export interface Deeds {
  choose(choice: { choiceId: string; title: string }): void;
  say(text: string): void;
  sendLocation(): void;
  retry(id: string): void;
  takeBack(id: string): void;
}

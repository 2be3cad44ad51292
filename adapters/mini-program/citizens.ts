/** What is known of the citizens of a 小程序 besides their words. What it answers is durable. */
export interface Citizens {
  /** The house's own id of the person behind an open id: the same for ever, and nobody can work it out without the server's key. */
  userIdOf(openId: string): string;
  /** Keeps the person (sealed), so that something can be sent to them; answers their user id. */
  meet(openId: string): Promise<string>;
  openIdOf(userId: string): string | undefined;
  /** How many customer-service messages may go out now. */
  messagesLeft(userId: string): number;
  /**
   * The citizen did something that lets messages go out: counts do not add up, each deed raises count and time to at least what it grants
   * ("客服消息下发条件说明").
   */
  grant(userId: string, granted: { messages: number; forMs: number }): Promise<void>;
  /** One has been sent. */
  spend(userId: string): Promise<void>;
  /** The platform sends no more. */
  shut(userId: string): Promise<void>;
  /** How often the citizen has allowed a notice of this template that was not sent yet. */
  permissions(userId: string, templateId: string): number;
  allow(userId: string, templateId: string): Promise<void>;
  /** A notice under `key` has left with one of the permissions; the same key again takes none. */
  used(userId: string, templateId: string, key: string): Promise<void>;
  wasNoticed(key: string): boolean;
  /** The platform says that there is no permission. */
  forbid(userId: string, templateId: string): Promise<void>;
}

/** What has become of words in a channel where sending is not its own record. What it answers is durable. */
export interface DeliveryBook {
  wasSent(key: string): boolean;
  recordSent(keys: string[]): Promise<void>;
  /** Keeps words that could not be sent for the user's next visit; a key that is kept already stays as it is. */
  keep(userId: string, words: KeptWords[]): Promise<void>;
  /** What waits for the user, oldest first. */
  keptFor(userId: string): KeptWords[];
  /** They have been told. */
  forget(keys: string[]): Promise<void>;
}

export interface KeptWords {
  key: string;
  text: string;
}

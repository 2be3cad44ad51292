/** What `GET /api/undelivered` gives. Times ISO 8601 with zone. */
export interface UndeliveredLine {
  id: string;
  at: string;
  channel: string;
  kind: string;
  reason: string;
  attempts: number;
  /** It is told when the citizen is there again. */
  waits: boolean;
  ticket?: string;
  words?: string;
}

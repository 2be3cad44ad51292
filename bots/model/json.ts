/** What can be stored and read back unchanged. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json | undefined };

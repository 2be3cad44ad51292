import { StringDecoder } from "node:string_decoder";
import { Parser } from "htmlparser2";

export interface XmlHandler {
  open?(name: string, attributes: Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/**
 * Reads XML as it comes, in constant memory. Names come without their prefix. Entities beyond the five of XML are not known, so none
 * can swell; a DOCTYPE is passed over.
 */
export async function readXml(chunks: AsyncIterable<Buffer>, handler: XmlHandler): Promise<void> {
  const decoder = new StringDecoder("utf8");
  const bare = (name: string) => name.slice(name.indexOf(":") + 1);
  const parser = new Parser(
    {
      onopentag: (name, attributes) => handler.open?.(bare(name), attributes),
      ontext: (text) => handler.text?.(text),
      onclosetag: (name) => handler.close?.(bare(name)),
    },
    { xmlMode: true, decodeEntities: true },
  );
  for await (const chunk of chunks) parser.write(decoder.write(chunk));
  parser.end(decoder.end());
}

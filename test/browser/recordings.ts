import type { Page } from "playwright-core";
import { exifSegment, type Notes } from "../server/media/photographs.ts";

/** A real photograph: drawn and encoded by the browser, with the notes of a camera put in. */
export async function photograph(page: Page, notes: Notes): Promise<Buffer> {
  const drawn = await page.evaluate(`(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 640, height: 480 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#607d8b";
    pen.fillRect(0, 0, 640, 480);
    pen.fillStyle = "#ffca28";
    pen.fillRect(40, 40, 240, 120);
    return canvas.toDataURL("image/jpeg", 0.8);
  })()`);
  const bytes = Buffer.from(String(drawn).split(",")[1] ?? "", "base64");
  return Buffer.concat([bytes.subarray(0, 2), exifSegment(notes), bytes.subarray(2)]);
}

/** A real film of about a second in an MP4 file, recorded by the browser. */
export async function film(page: Page): Promise<Buffer> {
  const recorded = await page.evaluate(`(async () => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 320, height: 180 });
    const pen = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: "video/mp4;codecs=vp9" });
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const stopped = new Promise((resolve) => { recorder.onstop = resolve; });
    recorder.start();
    for (let frame = 0; frame < 25; frame++) {
      pen.fillStyle = frame % 2 ? "#455a64" : "#78909c";
      pen.fillRect(0, 0, 320, 180);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    recorder.stop();
    await stopped;
    const bytes = new Uint8Array(await new Blob(parts).arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  })()`);
  return Buffer.from(String(recorded), "base64");
}

/** A second of a tone as WAV (RIFF, 16-bit PCM, 8 kHz). */
export function tone(): Buffer {
  const samples = Buffer.alloc(16_000);
  for (let at = 0; at < 8_000; at++) samples.writeInt16LE(Math.round(8_000 * Math.sin(at / 3)), at * 2);
  const head = Buffer.from(
    "RIFF\0\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\0\0\0\0\0\0\0\0\x02\0\x10\0data\0\0\0\0",
    "latin1",
  );
  head.writeUInt32LE(36 + samples.length, 4);
  head.writeUInt32LE(8_000, 24);
  head.writeUInt32LE(16_000, 28);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}

import type { Command } from "commander";
import { loadAddressFinder } from "../../knowledge/places/parsing/address-in.ts";
import { createSegmenter } from "../../knowledge/text/segment.ts";
import { catalogueTrain } from "../commands/catalogue.ts";
import { fileLines } from "../commands/lines.ts";
import { placesImport } from "../commands/places-import.ts";
import { placesParse, placesTrain } from "../commands/places-parse.ts";
import { triagePredict, triageTrain } from "../commands/triage.ts";
import { placesResolve, triageRead } from "../commands/understanding.ts";
import { readConfig } from "../config.ts";
import { openLanguageModel } from "../language-model.ts";
import { createLogger } from "../log.ts";
import { type Common, cityOf, command, dataDirOf, print, stdin, tell } from "./parts.ts";

/** Triage, the catalogue of matters and the places of the city. */
export function addUnderstandingCommands(program: Command): void {
  const triage = program.command("triage").description("understanding of messages");

  command(triage, "read", "{id, text} in, what was read out of it out").action(async (options: Common) => {
    const model = await openLanguageModel(readConfig(), {
      clock: { now: () => new Date() },
      log: createLogger("warn"),
    });
    await print(triageRead({ input: stdin(), at: new Date(), ...cityOf(options, model) }));
  });

  command(triage, "train", "learn labels from lines {title?, text, label}; the report goes to standard error")
    .requiredOption("--data <file>", "what to learn from")
    .requiredOption("--out <model>", "the model file to write")
    .action(async ({ data, out }: { data: string; out: string }) => {
      await triageTrain({ input: fileLines(data), out, segmenter: createSegmenter(), report: tell });
    });

  command(triage, "predict", "{id, title?, text} in, {id, label, scores} out")
    .requiredOption("--model <model>", "a model file of `triage train`")
    .action(({ model }: { model: string }) =>
      print(triagePredict({ input: stdin(), model, segmenter: createSegmenter() })),
    );

  const catalogue = program.command("catalogue").description("the catalogue of matters");

  command(catalogue, "train", "learn to rank leaves from lines {text, leaf}; the report goes to standard error")
    .requiredOption("--data <file>", "what to learn from: dispatched tickets, say")
    .requiredOption("--out <file>", "where to write it: ranking.json beside the catalogue that it is for")
    .option("--catalogue <folder>", "a catalogue of another city (default: the one shipped)")
    .action(({ data, out, catalogue: dir }: { data: string; out: string; catalogue?: string }) => {
      return catalogueTrain({ input: fileLines(data), out, dir, segmenter: createSegmenter(), report: tell });
    });

  const places = program.command("places").description("places of the city");

  command(places, "import <file>", "add the city's own landmarks, one JSON object a line; - for standard input").action(
    (file: string, options: Common) =>
      print(placesImport({ input: file === "-" ? stdin() : fileLines(file), dataDir: dataDirOf(options) })),
  );

  command(places, "resolve", "{id, text} in, district, subdistrict, community and code out").action((options: Common) =>
    print(placesResolve({ input: stdin(), ...cityOf(options) })),
  );

  command(places, "parse", "{id, text} in, {id, spans: [{label, start, end, text}]} out").action(() =>
    print(placesParse({ input: stdin(), finder: loadAddressFinder() })),
  );

  command(places, "train", "learn address parts from lines {text, spans}; takes a quarter of an hour and more")
    .requiredOption("--data <file>", "what to learn from")
    .requiredOption("--out <model>", "the model file to write")
    .action(({ data, out }: { data: string; out: string }) => {
      const onPass = (learner: string, pass: number, loss: number) =>
        tell(`${learner}, pass ${pass}: mean loss ${loss.toFixed(4)}`);
      return print(placesTrain({ input: fileLines(data), out, onPass }));
    });
}

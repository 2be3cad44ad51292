import { readFileSync } from "node:fs";
import { createSegmenter, type Segmenter } from "../../text/segment.ts";
import { createClassifier, type LearnedClassifier } from "./classifier.ts";
import { readModel } from "./model-file.ts";

/**
 * `category`: which of seven public services a message is about. `kind`: what its writer calls it (咨询, 投诉, 求助, 建议, 举报).
 * docs/model-cards/triage.md says what they were learned from and how well they do.
 */
export type ShippedName = "category" | "kind";

/**
 * Reads the classifier that comes with the product; takes some 30 ms, and 0.3 s more at the first prediction of a segmenter of its own. A
 * message then takes about a millisecond. Throws when the file is missing, and a ModelFileError when it is damaged.
 */
export function loadShippedClassifier(name: ShippedName, segmenter: Segmenter = createSegmenter()): LearnedClassifier {
  return createClassifier(readModel(readFileSync(new URL(`./data/${name}.bin`, import.meta.url))), segmenter);
}

import { join } from "node:path";
import type {
  Catalogue,
  Clock,
  Gazetteer,
  LanguageModel,
  Logger,
  MatterMatcher,
  Store,
  Triage,
} from "../bots/ports.ts";
import { createCatalogue } from "../knowledge/catalogue/catalogue.ts";
import { createLetterPrior } from "../knowledge/catalogue/letter-prior.ts";
import { type CatalogueData, loadCatalogue } from "../knowledge/catalogue/load.ts";
import { loadMunicipalLabels } from "../knowledge/catalogue/municipal-labels.ts";
import { createMatterMatcher } from "../knowledge/matters/matcher.ts";
import { loadSharedRows } from "../knowledge/matters/shared.ts";
import { type DivisionRecord, loadDivisions, loadOwnLandmarks } from "../knowledge/places/divisions.ts";
import { createGazetteer } from "../knowledge/places/gazetteer.ts";
import { withOwn } from "../knowledge/places/landmarks.ts";
import { loadAddressFinder } from "../knowledge/places/parsing/address-in.ts";
import { createIndexKeeper } from "../knowledge/policies/index-keeper.ts";
import { createKnowledgeBase, type SearchableKnowledgeBase } from "../knowledge/policies/knowledge-base.ts";
import { loadStarterEntries } from "../knowledge/policies/starter.ts";
import { noSynonyms } from "../knowledge/text/own-synonyms.ts";
import { createSegmenter, type Segmenter } from "../knowledge/text/segment.ts";
import { createAssistedTriage } from "../knowledge/triage/assisted/assisted-triage.ts";
import { loadShippedClassifier } from "../knowledge/triage/learned/shipped.ts";
import { createLetterKind } from "../knowledge/triage/letter-kind.ts";
import { createTriage } from "../knowledge/triage/triage.ts";
import type { SqliteDatabase } from "./store/sqlite/database.ts";
import { createSynonymTable } from "./store/sqlite/knowledge/synonym-table.ts";
import { createKnowledgeStore, type KnowledgeStore } from "./store/sqlite/knowledge-store.ts";

/** Everything the bot understands with: the knowledge base, the catalogue, places, triage and what makes two matters one. */
export interface Understanding {
  segmenter: Segmenter;
  knowledge: SearchableKnowledgeBase;
  knowledgeStore: KnowledgeStore;
  catalogue: Catalogue;
  catalogueData: CatalogueData;
  divisions: DivisionRecord[];
  gazetteer: Gazetteer;
  triage: Triage;
  matcher: MatterMatcher;
}

/** Name of the mark that tells whether this data directory has had its first knowledge. */
const FIRST_KNOWLEDGE = "knowledge/first";

/**
 * The city's catalogue and places as shipped, with the landmarks that the data directory adds, and triage over them, assisted by `model`
 * where there is one.
 */
export function openCity(rooms: {
  segmenter: Segmenter;
  dataDir: string;
  model?: LanguageModel;
}): Omit<Understanding, "knowledge" | "knowledgeStore" | "segmenter"> {
  const { segmenter, model } = rooms;
  const catalogueData = loadCatalogue();
  const prior = createLetterPrior({
    classifier: loadShippedClassifier("category", segmenter),
    leaves: catalogueData.leaves,
    labelOf: loadMunicipalLabels(),
  });
  const catalogue = createCatalogue({ leaves: catalogueData.leaves, segmenter, prior });
  const { divisions, landmarks: shipped, outlines } = loadDivisions();
  const landmarks = withOwn(shipped, loadOwnLandmarks(rooms.dataDir));
  const finder = loadAddressFinder({ quick: true });
  const gazetteer = createGazetteer({ divisions, landmarks, outlines, segmenter, finder });
  const rules = createTriage({ catalogue, letterKind: createLetterKind(loadShippedClassifier("kind", segmenter)) });
  const triage = model ? createAssistedTriage({ triage: rules, model, catalogue }) : rules;
  const { leaves } = catalogueData;
  const matcher = createMatterMatcher({ catalogue, leaves, segmenter, shared: loadSharedRows() });
  return { catalogue, catalogueData, divisions, gazetteer, triage, matcher };
}

/** Opens the knowledge base of a data directory as it is, without waiting for its index, which is kept there between two starts. */
export function openKnowledge(rooms: {
  database: SqliteDatabase;
  segmenter: Segmenter;
  clock: Clock;
  dataDir: string;
  log: Logger;
}) {
  const knowledgeStore = createKnowledgeStore(rooms);
  const keeper = createIndexKeeper({ ...rooms, dir: join(rooms.dataDir, "knowledge-index") });
  const table = createSynonymTable(rooms.database);
  const synonyms = () => table.inUse() ?? noSynonyms;
  return { knowledgeStore, knowledge: createKnowledgeBase({ entries: knowledgeStore, keeper, synonyms, ...rooms }) };
}

/** Opens knowledge, catalogue and places; a new data directory gets the starter knowledge base first. */
export async function openUnderstanding(rooms: {
  database: SqliteDatabase;
  store: Store;
  clock: Clock;
  model?: LanguageModel;
  dataDir: string;
  log: Logger;
}): Promise<Understanding> {
  const segmenter = createSegmenter();
  const { knowledge, knowledgeStore } = openKnowledge({ ...rooms, segmenter });
  const isNew = await markFirstKnowledge(rooms.store, "starter");
  if (isNew && (await knowledgeStore.lastChange()) === 0) {
    await knowledgeStore.importEntries(loadStarterEntries(), { publish: true });
  }
  await knowledge.refresh();
  return { segmenter, knowledge, knowledgeStore, ...openCity({ ...rooms, segmenter }) };
}

/**
 * Notes where a data directory has its first knowledge from; true when nothing was noted before. A base that began with an import
 * stays free of the starter entries for ever.
 */
export async function markFirstKnowledge(store: Store, from: "starter" | "import"): Promise<boolean> {
  if ((await store.loadCursor(FIRST_KNOWLEDGE)) !== null) return false;
  await store.saveCursor(FIRST_KNOWLEDGE, from);
  return true;
}

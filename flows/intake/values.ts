import type { Category, CategoryGuess, Division, GeoPoint, Media, RequestKind } from "../../bots/model/index.ts";

/** A place as the form keeps it; the same facts as `Place`, storable. */
export type PlaceValue = {
  text: string;
  district?: DivisionValue;
  subdistrict?: DivisionValue;
  community?: DivisionValue;
  point?: PointValue;
  confidence: number;
};
export type DivisionValue = { [Key in keyof Division]: Division[Key] };
export type PointValue = { [Key in keyof GeoPoint]: GeoPoint[Key] };
export type MediaValue = { [Key in keyof Media]: Media[Key] };
export type CategoryValue = { [Key in keyof Category]: Category[Key] };
export type GuessValue = { [Key in keyof CategoryGuess]: CategoryGuess[Key] };

/** Everything said so far about one request. Absent means not said yet, and only then may it be asked. */
export type IntakeValues = {
  requestId: string;
  kind: RequestKind;
  /** The citizen named the kind; what the words sound like does not change it any more. */
  kindChosen?: boolean;
  description?: string;
  descriptionAskedAgain?: boolean;
  category?: CategoryValue;
  /** Offered when no single leaf is likely enough. */
  guesses: GuessValue[];
  /** The citizen found none of the guesses right: people at the centre classify it. */
  categoryLeftOpen?: boolean;
  place?: PlaceValue;
  /** Asked once more because only a district, or nothing of the city, could be read from the first answer. */
  placeAskedAgain?: boolean;
  placeUnknown?: boolean;
  occurredAt?: string;
  wants?: string;
  name?: string;
  phone?: string;
  /** A number that stood in the description, before the citizen agreed to its use. */
  phoneSeen?: string;
  nameSeen?: string;
  consentAt?: string;
  anonymous?: boolean;
  confidential?: boolean;
  evidence: MediaValue[];
};

const isReport = (values: IntakeValues): boolean => values.kind === "report";

/** Identity is withheld for every report (举报), and for whoever asks for it. */
export const isConfidential = (values: IntakeValues): boolean => values.confidential ?? isReport(values);

/** Praise, suggestions and questions often belong to no place; a trouble always does. */
export const needsPlace = (values: IntakeValues): boolean =>
  values.kind === "complaint" || values.kind === "help" || values.kind === "report" || values.kind === "emergency";

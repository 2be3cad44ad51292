import type {
  Category,
  CategoryGuess,
  Division,
  GeoPoint,
  RequestFact,
  RequestKind,
  SameMatter,
} from "../../bots/model/index.ts";
import type { MediaValue } from "../attachments.ts";

/** A place as the form keeps it; the same facts as `Place`, storable. */
export type PlaceValue = {
  text: string;
  district?: DivisionValue;
  subdistrict?: DivisionValue;
  community?: DivisionValue;
  point?: PointValue;
  /** Reckoned from a point, not named by the citizen. */
  estimated?: true;
  confidence: number;
};
export type DivisionValue = { [Key in keyof Division]: Division[Key] };
export type PointValue = { [Key in keyof GeoPoint]: GeoPoint[Key] };
export type CategoryValue = { [Key in keyof Category]: Category[Key] };
/** Where a picture or a film was taken; without `place` the offer to take it as the place has been answered. */
export type TakenValue = { by: "image" | "video"; near: string; place?: PlaceValue };
export type GuessValue = { [Key in keyof CategoryGuess]: CategoryGuess[Key] };

export type FactValue = { [Key in keyof RequestFact]: RequestFact[Key] };
export type SameMatterValue = SameMatter;

/** When a time expression could be told in dates: ISO 8601 with zone. */
export type PeriodValue = { from: string; to?: string };

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
  /** No leaf is likely enough, or none was right: people at the centre classify it. */
  categoryLeftOpen?: boolean;
  /** The citizen found none of the guesses right, and is not asked again. */
  categoryDeclined?: boolean;
  place?: PlaceValue;
  /** Asked once more because only a district, or nothing of the city, could be read from the first answer. */
  placeAskedAgain?: boolean;
  placeUnknown?: boolean;
  /** Places of the one name that was said; set while the citizen is asked which of them. */
  placeChoices?: PlaceValue[];
  occurredAt?: string;
  /** What `occurredAt` means in dates, where that can be told. */
  period?: PeriodValue;
  wants?: string;
  /** Units, sums, plates and order numbers that stand in the citizen's words. */
  facts?: FactValue[];
  /** Came by the companies' entrance, or speaks for a company. */
  enterprise?: boolean;
  company?: string;
  creditCode?: string;
  creditCodeLeftOpen?: boolean;
  name?: string;
  phone?: string;
  /** A number that stood in the description, before the citizen agreed to its use. */
  phoneSeen?: string;
  nameSeen?: string;
  consentAt?: string;
  anonymous?: boolean;
  confidential?: boolean;
  evidence: MediaValue[];
  /** Set while it is open whether an opening brings several requests: its parts, and the whole as it was written. */
  split?: { parts: string[]; whole: string };
  /** Said while this form was being filled and perhaps another matter; set while the citizen is asked which. */
  aside?: string;
  /** Other matters that the citizen wants to file after this one, in their words. */
  pending?: string[];
  /** A correction that did not say of what; set while the citizen chooses the row. */
  correction?: string;
  /** The row that is asked once more because the citizen wants it changed; what it holds stays until there is a new value. */
  reopened?: string;
  /** The notice of what name and telephone are for has been given in this form. */
  contactExplained?: boolean;
  /** Anger has been answered once; saying so again would sound like a machine. */
  soothed?: boolean;
  taken?: TakenValue;
  /** What was asked and known when a voice message was last asked to be written down; the same again is not asked twice. */
  voiceNoted?: string;
  /** What was found of an earlier ticket of the same matter, for the place and class that `of` names; and whether it was declined. */
  earlier?: { of: string; found?: SameMatterValue & { what?: string }; isDeclined?: boolean };
  /** The ticket of other citizens that this request joins. */
  joins?: string;
  /** The citizen's own earlier ticket that this request goes on from. */
  follows?: string;
  /** The small matter of a group that this form makes a request of, and the talk that goes along. */
  smallMatter?: string;
  groupRecord?: string;
};

const isReport = (values: IntakeValues): boolean => values.kind === "report";

/** Identity is withheld for every report (举报), and for whoever asks for it. */
export const isConfidential = (values: IntakeValues): boolean => values.confidential ?? isReport(values);

/** Praise, suggestions and questions often belong to no place; a trouble always does. */
export const needsPlace = (values: IntakeValues): boolean =>
  values.kind === "complaint" || values.kind === "help" || values.kind === "report" || values.kind === "emergency";

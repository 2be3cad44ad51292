/**
 * The 派单目录, the handling units and the divisions of the city, as far as dispatch needs them. The desk is given them
 * by whoever starts it and knows nothing of where they come from.
 */

/** 四级响应: how soon a ticket has to be settled after it was dispatched. */
export type ResponseGrade = "2h" | "24h" | "7d" | "15d";

/**
 * Who is responsible for a leaf. `type` is "subdistrict", "district-department" (with `of`, the kind of department),
 * "municipal-department" or "company" (with `id`), or "platform".
 */
export interface LeafUnit {
  readonly type: string;
  readonly of?: string;
  readonly id?: string;
}

/** One 目 of the catalogue. `second` is there only for double dispatch (双派). */
export interface CatalogueLeaf {
  readonly code: string;
  readonly path: readonly [string, string, string];
  readonly unit: LeafUnit;
  readonly second?: LeafUnit;
  readonly dispatch: "single" | "double";
  readonly grade: ResponseGrade;
  readonly law?: string;
  readonly keywords?: readonly string[];
}

/** A unit that has its own row in the data: municipal departments, public-service companies, the hotline centre. */
export interface UnitRow {
  readonly id: string;
  readonly name: string;
  readonly shortName?: string;
  readonly type: string;
}

/** A kind of department that every district has one of. */
export interface DistrictDepartmentRow {
  readonly kind: string;
  readonly name: string;
  readonly shortName?: string;
}

export interface DivisionRow {
  readonly code: string;
  readonly name: string;
  readonly level: string;
  readonly parent?: string;
}

export interface DeskCatalogue {
  /** Names the state of the data; a ticket keeps the version it was dispatched by. */
  readonly version: string;
  readonly leaves: readonly CatalogueLeaf[];
  readonly units: readonly UnitRow[];
  readonly districtDepartments: readonly DistrictDepartmentRow[];
}

import type { DeskCatalogue, DistrictDepartmentRow, DivisionRow, UnitRow } from "./catalogue.ts";

/** 承办单位. Subdistricts and district departments have the ids `{9 digits}` and `{6 digits}-{kind}`. */
export interface Unit {
  id: string;
  name: string;
  shortName: string;
  type: string;
}

export interface UnitDirectory {
  get(id: string): Unit | undefined;
  subdistrict(code: string): Unit | undefined;
  districtDepartment(districtCode: string, kind: string): Unit | undefined;
  /** The unit that keeps whatever has no other addressee (会商 by people). */
  center: Unit;
  /** Units whose full or short name contains `query`, at most `limit`. */
  search(query: string, limit: number): Unit[];
  division(code: string): DivisionRow | undefined;
}

/** The id of 市民热线服务中心 in the unit data. */
const CENTER_ID = "bj-center";

export function createUnitDirectory(
  catalogue: Pick<DeskCatalogue, "units" | "districtDepartments">,
  divisions: Iterable<DivisionRow>,
): UnitDirectory {
  const byId = new Map<string, Unit>();
  const divisionsByCode = new Map<string, DivisionRow>();
  for (const row of catalogue.units) byId.set(row.id, listedUnit(row));
  for (const division of divisions) {
    divisionsByCode.set(division.code, division);
    for (const unit of unitsOf(division, catalogue.districtDepartments)) byId.set(unit.id, unit);
  }
  const center = byId.get(CENTER_ID);
  if (!center) throw new Error(`the unit data lack ${CENTER_ID}, the unit that keeps what has no other addressee`);
  return {
    center,
    get: (id) => byId.get(id),
    subdistrict: (code) => byId.get(code),
    districtDepartment: (districtCode, kind) => byId.get(`${districtCode}-${kind}`),
    search: (query, limit) => {
      const found: Unit[] = [];
      for (const unit of byId.values()) {
        if (found.length === limit) break;
        if (unit.name.includes(query) || unit.shortName.includes(query)) found.push(unit);
      }
      return found;
    },
    division: (code) => divisionsByCode.get(code),
  };
}

const listedUnit = (row: UnitRow): Unit => ({
  id: row.id,
  name: row.name,
  shortName: row.shortName ?? row.name,
  type: row.type,
});

function unitsOf(division: DivisionRow, departments: readonly DistrictDepartmentRow[]): Unit[] {
  switch (division.level) {
    case "subdistrict":
      return [
        {
          id: division.code,
          name: officeName(division.name),
          shortName: division.name,
          type: "subdistrict",
        },
      ];
    case "district":
      return departments.map((department) => ({
        id: `${division.code}-${department.kind}`,
        name: `${division.name}${department.name}`,
        shortName: `${division.name}${(department.shortName ?? department.name).replace(/^区/, "")}`,
        type: "district-department",
      }));
    default:
      return [];
  }
}

/** 街道 and 地区 have an office (办事处), 镇 and 乡 a people's government; anything else is called as it is listed. */
function officeName(name: string): string {
  if (/(街道|地区)$/.test(name)) return `${name}办事处`;
  if (/[镇乡]$/.test(name)) return `${name}人民政府`;
  return name;
}

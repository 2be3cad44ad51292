import type { Place } from "../../bots/model/index.ts";
import type { CatalogueLeaf, LeafUnit } from "./catalogue.ts";
import type { Unit, UnitDirectory } from "./directory.ts";

/**
 * Where a ticket goes. direct (直派): one unit. double (双派): two together, of which the first stays responsible
 * until the matter is settled (首派负责). conference (会商): nobody can be named for certain, people of the centre decide.
 */
export interface Assignment {
  way: "direct" | "double" | "conference";
  unit: Unit;
  second?: Unit;
}

/** The district department that takes what a company brings and no leaf assigns: 政务服务和数据管理局, which runs the companies' counter. */
const COMPANY_COUNTER: LeafUnit = { type: "district-department", of: "zhengwu" };

/** Dispatch by catalogue and place. Pure: the same leaf, place and units always give the same assignment. */
export function dispatch(
  leaf: CatalogueLeaf | undefined,
  place: Place | undefined,
  units: UnitDirectory,
  from: { fromCompany: boolean } = { fromCompany: false },
): Assignment {
  const counter = from.fromCompany ? resolve(COMPANY_COUNTER, place, units) : undefined;
  const conference: Assignment = counter ? { way: "direct", unit: counter } : { way: "conference", unit: units.center };
  if (!leaf) return conference;
  const second = leaf.dispatch === "double" && leaf.second ? resolve(leaf.second, place, units) : undefined;
  // A platform company has no account here; the supervising department that is dispatched to as well then answers for it.
  const unit =
    leaf.unit.type === "platform" ? (resolve(leaf.unit, place, units) ?? second) : resolve(leaf.unit, place, units);
  if (!unit) return conference;
  if (!second || second.id === unit.id) return { way: "direct", unit };
  return { way: "double", unit, second };
}

function resolve(wanted: LeafUnit, place: Place | undefined, units: UnitDirectory): Unit | undefined {
  switch (wanted.type) {
    case "subdistrict": {
      const code = subdistrictCode(place);
      return code === undefined ? undefined : units.subdistrict(code);
    }
    case "district-department": {
      const code = districtCode(place);
      return code === undefined || wanted.of === undefined ? undefined : units.districtDepartment(code, wanted.of);
    }
    default:
      return wanted.id === undefined ? undefined : units.get(wanted.id);
  }
}

/** Codes nest: the first 9 digits of a community's are its subdistrict's, the first 6 its district's. */
function subdistrictCode(place: Place | undefined): string | undefined {
  return place?.subdistrict?.code ?? place?.community?.code.slice(0, 9);
}

function districtCode(place: Place | undefined): string | undefined {
  return place?.district?.code ?? subdistrictCode(place)?.slice(0, 6);
}

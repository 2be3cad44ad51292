import type { CatalogueLeaf } from "../../desk/catalogue.ts";
import { attributes } from "./attributes.ts";
import { document, fault, type Reply } from "./reply.ts";

/** GET services: every leaf of the catalogue is a service. */
export function serviceList(leaves: readonly CatalogueLeaf[]): Reply {
  return document(
    "services",
    leaves.map((leaf) => ({
      service_code: leaf.code,
      service_name: leaf.path[2],
      description: leaf.law ? `${leaf.path.join(" / ")}（依据${leaf.law}）` : leaf.path.join(" / "),
      metadata: true,
      type: "realtime",
      keywords: (leaf.keywords ?? []).join(", "),
      group: leaf.path[0],
    })),
  );
}

/** GET services/{service_code}: the attributes, the same for every leaf. */
export function serviceDefinition(leaf: CatalogueLeaf | undefined): Reply {
  if (!leaf) return fault(404, "service_code was not found");
  return document("service_definition", {
    service_code: leaf.code,
    attributes: attributes.map((attribute, index) => ({
      variable: true,
      code: attribute.code,
      datatype: attribute.datatype,
      required: false,
      datatype_description: attribute.hint,
      order: index + 1,
      description: attribute.description,
      values: attribute.values?.map(([key, name]) => ({ key, name })),
    })),
  });
}

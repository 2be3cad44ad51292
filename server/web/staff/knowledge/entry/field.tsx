import { Form, Input } from "antd";
import type { ReactNode } from "react";

interface Props {
  /** As faults and versions name it, `source.url`. */
  name: string;
  label: string;
  value: string;
  onChange: (value: string) => void;
  fault?: string;
  hint?: ReactNode;
  type?: "text" | "date" | "url";
  most?: number;
  /** Lines of a longer text. */
  rows?: number;
  placeholder?: string;
}

export const fieldId = (name: string): string => `entry-${name.replace(".", "-")}`;

/** A labelled field; what is wrong with it stands under it, and is read out with it. */
export function Field({ name, label, value, onChange, fault, hint, type = "text", most, rows, placeholder }: Props) {
  const id = fieldId(name);
  const shared = {
    id,
    value,
    placeholder,
    maxLength: most,
    status: fault ? ("error" as const) : undefined,
    "aria-invalid": fault !== undefined,
    "aria-describedby": fault ? `${id}-fault` : undefined,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value),
  };
  return (
    <Form.Item
      label={label}
      htmlFor={id}
      validateStatus={fault ? "error" : undefined}
      help={fault && <span id={`${id}-fault`}>{fault}</span>}
      extra={hint}
    >
      {rows === undefined ? (
        <Input {...shared} type={type} />
      ) : (
        <Input.TextArea {...shared} autoSize={{ minRows: rows, maxRows: 24 }} />
      )}
    </Form.Item>
  );
}

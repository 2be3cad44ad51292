import type { MouseEvent, ReactNode } from "react";
import { go } from "./navigation.ts";

interface Props {
  href: string;
  className?: string;
  children: ReactNode;
  "aria-current"?: "page";
  "data-testid"?: string;
}

/** A real link, so that it opens in a new tab too; a plain click stays on the page. */
export function Link({ href, children, ...rest }: Props) {
  const onClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0) return;
    event.preventDefault();
    go(href);
  };
  return (
    <a href={href} onClick={onClick} {...rest}>
      {children}
    </a>
  );
}

import type { ReactNode } from "react";

/** Line icons on a 24 grid, drawn in the colour of the text beside them. Always beside or inside something that has a name. */
const drawings = {
  send: <path d="M4 12 20 4l-5 16-4-7-7-1Zm7 1 4-4" />,
  picture: (
    <>
      <rect x="3.5" y="5" width="17" height="14" rx="2" />
      <circle cx="9" cy="10" r="1.6" />
      <path d="m5 18 5-5 3 3 3-4 4 5" />
    </>
  ),
  pin: (
    <>
      <path d="M12 21c4-4.6 6.5-8 6.5-11a6.5 6.5 0 1 0-13 0c0 3 2.5 6.4 6.5 11Z" />
      <circle cx="12" cy="10" r="2.3" />
    </>
  ),
  letters: <path d="M3 19 8.5 5 14 19M5 14.5h7M15 19l3.2-8 3.3 8m-5.3-2.6h4" />,
  down: <path d="M12 5v13m-5-5 5 5 5-5" />,
  again: <path d="M19 12a7 7 0 1 1-2.2-5.1M19 4v4h-4" />,
  warning: <path d="M12 4 3 19.5h18L12 4Zm0 6v4.5m0 2.5v.1" />,
  copy: (
    <>
      <rect x="8.5" y="8.5" width="11.5" height="11.5" rx="2" />
      <path d="M15.5 8.5V6a2 2 0 0 0-2-2H6a2 2 0 0 0-2 2v7.5a2 2 0 0 0 2 2h2.5" />
    </>
  ),
  done: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  file: <path d="M7 3.5h7l4 4v13H7v-17Zm7 0v4h4M10 12h5m-5 4h5" />,
  question: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M9.5 9.8a2.5 2.5 0 1 1 3.6 2.3c-.7.4-1.1.9-1.1 1.7m0 2.7v.1" />
    </>
  ),
  write: <path d="M4 20h4L19 9l-4-4L4 16v4Zm9-13 4 4" />,
  person: (
    <>
      <circle cx="12" cy="8" r="3.6" />
      <path d="M4.5 20c.8-4 3.8-6 7.5-6s6.7 2 7.5 6" />
    </>
  ),
  progress: <path d="M6 4h12v17l-3-2-3 2-3-2-3 2V4Zm3 5h6m-6 4h6" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof drawings;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {drawings[name]}
    </svg>
  );
}

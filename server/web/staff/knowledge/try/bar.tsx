interface Props {
  /** 0 to 1. */
  share: number;
  /** Where a line stands, 0 to 1. */
  mark?: number;
  tone: "plain" | "good" | "warn";
  label: string;
}

const WIDTH = 100;
const clamp = (share: number): number => Math.min(1, Math.max(0, share)) * WIDTH;

/** A share as a bar; its number stands beside it as text. */
export function Bar({ share, mark, tone, label }: Props) {
  return (
    <svg
      className={`bar bar-${tone}`}
      viewBox={`0 0 ${WIDTH} 8`}
      preserveAspectRatio="none"
      role="img"
      aria-label={`${label} ${share.toFixed(2)}`}
    >
      <rect className="bar-ground" width={WIDTH} height="8" />
      <rect className="bar-share" width={clamp(share)} height="8" />
      {mark !== undefined &&
        ["bar-mark-edge", "bar-mark"].map((line) => (
          <line key={line} className={line} x1={clamp(mark)} x2={clamp(mark)} y1="0" y2="8" />
        ))}
    </svg>
  );
}

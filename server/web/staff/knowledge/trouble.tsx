import { Alert, Button } from "antd";

/** What could not be fetched, and the way to try again; what was shown stays below it. */
export function Trouble({ error, onRetry }: { error?: string; onRetry?: () => void }) {
  if (error === undefined) return null;
  const again = onRetry && (
    <Button size="small" onClick={onRetry}>
      重试
    </Button>
  );
  return <Alert type="warning" showIcon role="alert" title={error} action={again} className="gap-below" />;
}

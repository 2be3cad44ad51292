/** The code in `/#link=K7QM3XPD`, once: it leaves the address at once, so that neither a reload nor the history says it again. */
export function takeLinkCode(
  location: { readonly hash: string; readonly pathname: string; readonly search: string },
  history: { replaceState(state: unknown, unused: string, url: string): void },
): string | undefined {
  const code = /^#link=([A-Za-z0-9]{8})$/.exec(location.hash)?.[1];
  if (code === undefined) return undefined;
  history.replaceState(null, "", `${location.pathname}${location.search}`);
  return code.toUpperCase();
}

import { Button, Modal, Result, Spin } from "antd";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { createStaffApi, type StaffApi, sentenceOf } from "./api.ts";
import { LoginForm, LoginPage } from "./login.tsx";
import type { StaffUser } from "./model.ts";
import { Shell } from "./shell.tsx";
import { TicketsPage } from "./tickets-page.tsx";

type Session =
  | { kind: "looking" }
  | { kind: "nobody" }
  | { kind: "failed"; sentence: string }
  | { kind: "signed-in"; user: StaffUser };

export function App() {
  const [session, setSession] = useState<Session>({ kind: "looking" });
  const [expired, setExpired] = useState(false);
  const [entries, setEntries] = useState(0);
  // A new object with each sign-in: what failed for want of a session is fetched again.
  // biome-ignore lint/correctness/useExhaustiveDependencies: see above
  const api = useMemo(
    () => createStaffApi({ fetch: (input, init) => window.fetch(input, init), onExpired: () => setExpired(true) }),
    [entries],
  );
  const look = useCallback((from: StaffApi) => {
    setSession({ kind: "looking" });
    from.whoAmI().then(
      (user) => setSession(user ? { kind: "signed-in", user } : { kind: "nobody" }),
      (error) => setSession({ kind: "failed", sentence: sentenceOf(error) }),
    );
  }, []);
  const first = useRef(api);
  useEffect(() => look(first.current), [look]);
  const enter = (user: StaffUser) => {
    setExpired(false);
    setEntries((count) => count + 1);
    setSession({ kind: "signed-in", user });
  };

  switch (session.kind) {
    case "looking":
      return <Spin fullscreen description="正在打开工作台" />;
    case "failed":
      return (
        <Result status="warning" title={session.sentence} extra={<Button onClick={() => look(api)}>重试</Button>} />
      );
    case "nobody":
      return <LoginPage api={api} onSignedIn={enter} />;
    case "signed-in":
      return (
        <Shell user={session.user} onSignOut={() => void api.signOut().finally(() => setSession({ kind: "nobody" }))}>
          <TicketsPage key={session.user.username} api={api} user={session.user} />
          {/* The page stays as it is underneath: a reply that is half written survives the end of a session. */}
          <Modal open={expired} title="登录已过期，请重新登录" footer={null} closable={false} destroyOnHidden>
            <LoginForm api={api} onSignedIn={enter} />
          </Modal>
        </Shell>
      );
    default:
      throw session satisfies never;
  }
}

import { Button, Modal, Result, Spin } from "antd";
import { lazy, type ReactNode, Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { addressOf, readAddress } from "./address.ts";
import { createStaffApi, type StaffApi, sentenceOf } from "./api.ts";
import { LoginForm, LoginPage } from "./login.tsx";
import type { StaffUser } from "./model.ts";
import { go, useHref } from "./navigation.ts";
import { ReceptionPage } from "./reception/reception-page.tsx";
import { useQueue, useTitleCount } from "./reception/use-queue.ts";
import { type Section, sectionsOf } from "./sections.ts";
import { Shell } from "./shell.tsx";
import { TicketsPage } from "./tickets-page.tsx";
import { UndeliveredPage } from "./undelivered/undelivered-page.tsx";

/** Fetched by those who open it: the desk stays as quick as it was. */
const KnowledgePage = lazy(() =>
  import("./knowledge/knowledge-page.tsx").then((module) => ({ default: module.KnowledgePage })),
);

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
        <Desk
          key={session.user.username}
          api={api}
          user={session.user}
          onSignOut={() => void api.signOut().finally(() => setSession({ kind: "nobody" }))}
        >
          {/* The page stays as it is underneath: a reply that is half written survives the end of a session. */}
          <Modal open={expired} title="登录已过期，请重新登录" footer={null} closable={false} destroyOnHidden>
            <LoginForm api={api} onSignedIn={enter} />
          </Modal>
        </Desk>
      );
    default:
      throw session satisfies never;
  }
}

interface DeskProps {
  api: StaffApi;
  user: StaffUser;
  onSignOut: () => void;
  children: ReactNode;
}

/** The pages that this member of staff works with; the queue is watched from every one of them. */
function Desk({ api, user, onSignOut, children }: DeskProps) {
  const pages = sectionsOf(user.role);
  const queue = useQueue(pages.some(({ key }) => key === "reception") ? api.reception : undefined);
  const waiting = queue.open.filter((line) => line.state === "waiting").length;
  useTitleCount(waiting);
  const sections = pages.map((page) => (page.key === "reception" ? { ...page, waiting } : page));
  const { parts, query } = readAddress(useHref());
  const section = sections.find(({ key }) => key === parts[0]) ?? (sections[0] as Section);
  // An address without a page, or of a page that is not for them, becomes that of their own first page.
  useEffect(() => {
    if (section.key !== parts[0]) go(addressOf([section.key]), { replace: true });
  });
  return (
    <Shell
      user={user}
      sections={sections}
      section={section}
      onSection={(key) => go(addressOf([key]))}
      onSignOut={onSignOut}
    >
      {section.key === "tickets" && <TicketsPage api={api} user={user} />}
      {section.key === "reception" && <ReceptionPage api={api.reception} queue={queue} />}
      {section.key === "undelivered" && <UndeliveredPage api={api} />}
      {section.key === "knowledge" && (
        <Suspense fallback={<Spin description="正在打开知识库" className="page-wait" />}>
          <KnowledgePage api={api.knowledge} user={user} parts={parts.slice(1)} query={query} />
        </Suspense>
      )}
      {children}
    </Shell>
  );
}

import { Badge, Button, Layout, Menu } from "antd";
import type { ReactNode } from "react";
import { Icon } from "../shared/icons.tsx";
import type { StaffUser } from "./model.ts";
import type { Section } from "./sections.ts";

const roles: Record<string, string> = {
  admin: "管理员",
  center: "热线中心",
  unit: "承办单位",
  editor: "知识编辑",
  reviewer: "知识审核",
  publisher: "知识发布",
  operator: "人工接待",
};

interface Props {
  user: StaffUser;
  sections: Section[];
  section: Section;
  onSection: (key: string) => void;
  onSignOut: () => void;
  children: ReactNode;
}

export function Shell({ user, sections, section, onSection, onSignOut, children }: Props) {
  const role = roles[user.role] ?? user.role;
  const items = sections.map(({ key, label, icon, waiting = 0 }) => ({
    key,
    icon: <Icon name={icon} />,
    label: (
      <span className="section-label">
        {label}
        <Badge count={waiting} data-testid={`waiting-${key}`} title={`${waiting} 人在等`} />
      </span>
    ),
  }));
  return (
    <Layout className="shell">
      <Layout.Sider
        breakpoint="lg"
        collapsedWidth={0}
        zeroWidthTriggerStyle={{ top: 12 }}
        width={184}
        theme="light"
        className="shell-side"
      >
        <p className="shell-brand">接诉即办工作台</p>
        <Menu mode="inline" selectedKeys={[section.key]} items={items} onClick={({ key }) => onSection(key)} />
      </Layout.Sider>
      <Layout>
        <Layout.Header className="shell-head">
          <h1>{section.label}</h1>
          <div className="shell-user">
            <span>
              {user.name}
              {role !== user.name && <span className="soft">（{role}）</span>}
            </span>
            <Button onClick={onSignOut}>退出登录</Button>
          </div>
        </Layout.Header>
        <Layout.Content className="shell-main">{children}</Layout.Content>
      </Layout>
    </Layout>
  );
}

import { Button, Layout, Menu } from "antd";
import type { ReactNode } from "react";
import { Icon } from "../shared/icons.tsx";
import type { StaffUser } from "./model.ts";

const roles: Record<string, string> = { admin: "管理员", center: "热线中心", unit: "承办单位", editor: "知识编辑" };

/** One entry for each section that exists. */
const sections = [{ key: "tickets", icon: <Icon name="progress" />, label: "工单" }];

export function Shell({ user, onSignOut, children }: { user: StaffUser; onSignOut: () => void; children: ReactNode }) {
  const role = roles[user.role] ?? user.role;
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
        <Menu mode="inline" selectedKeys={["tickets"]} items={sections} />
      </Layout.Sider>
      <Layout>
        <Layout.Header className="shell-head">
          <h1>工单</h1>
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

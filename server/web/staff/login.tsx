import { Alert, Button, Form, Input } from "antd";
import { useState } from "react";
import { type StaffApi, sentenceOf } from "./api.ts";
import type { StaffUser } from "./model.ts";

interface Props {
  api: StaffApi;
  onSignedIn: (user: StaffUser) => void;
}

export function LoginForm({ api, onSignedIn }: Props) {
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function submit(credentials: { username: string; password: string }): Promise<void> {
    setBusy(true);
    setError(undefined);
    try {
      onSignedIn(await api.signIn(credentials));
    } catch (failure) {
      setError(sentenceOf(failure));
    } finally {
      setBusy(false);
    }
  }

  return (
    <Form layout="vertical" requiredMark={false} onFinish={submit} className="login-form">
      {error && <Alert type="error" showIcon title={error} role="alert" className="gap-below" />}
      <Form.Item label="用户名" name="username" rules={[{ required: true, message: "请输入用户名" }]}>
        <Input size="large" autoComplete="username" data-testid="login-username" />
      </Form.Item>
      <Form.Item label="密码" name="password" rules={[{ required: true, message: "请输入密码" }]}>
        <Input.Password size="large" autoComplete="current-password" data-testid="login-password" />
      </Form.Item>
      <Button type="primary" size="large" htmlType="submit" block loading={busy} data-testid="login-submit">
        登录
      </Button>
    </Form>
  );
}

export function LoginPage(props: Props) {
  return (
    <main className="login">
      <section className="login-card">
        <h1>接诉即办工作台</h1>
        <p className="soft">请使用工作账号登录</p>
        <LoginForm {...props} />
      </section>
    </main>
  );
}

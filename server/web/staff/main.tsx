import "../shared/tokens.css";
import "./staff.css";
import { ConfigProvider, App as Messages } from "antd";
import zhCN from "antd/locale/zh_CN";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";

const theme = {
  token: {
    colorPrimary: "#14559e",
    colorInfo: "#14559e",
    colorError: "#b3261e",
    colorSuccess: "#17693f",
    colorWarning: "#8a5200",
    colorSuccessBg: "#e4f4ea",
    colorWarningBg: "#fff4d9",
    colorErrorBg: "#fdecea",
    colorInfoBg: "#e3eefb",
    colorPrimaryBg: "#e3eefb",
    colorBgLayout: "#f2f5f9",
    colorTextPlaceholder: "#5f6c7d",
    colorTextDescription: "#5f6c7d",
    borderRadius: 8,
    fontSize: 15,
    fontFamily: "var(--sans)",
  },
};

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <ConfigProvider locale={zhCN} theme={theme} button={{ autoInsertSpace: false }}>
      <Messages component={false}>
        <App />
      </Messages>
    </ConfigProvider>,
  );
}

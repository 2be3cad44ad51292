import type { GeoPoint } from "./direct-line/wire.ts";

export type Located = { kind: "found"; point: GeoPoint } | { kind: "failed"; sentence: string };

const PATIENCE_MS = 15_000;

/** Asks the device once. A refusal is answered with what else the citizen can do. */
export function locate(): Promise<Located> {
  if (!window.isSecureContext || !("geolocation" in navigator)) {
    return Promise.resolve({ kind: "failed", sentence: "当前环境不支持定位，请直接输入地址。" });
  }
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ kind: "found", point: { latitude: coords.latitude, longitude: coords.longitude } }),
      (error) => resolve({ kind: "failed", sentence: sentenceFor(error) }),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
  });
}

function sentenceFor(error: GeolocationPositionError): string {
  switch (error.code) {
    case error.PERMISSION_DENIED:
      return "没有获得定位许可，位置没有发送。您可以在系统设置中允许定位，或直接输入地址。";
    case error.TIMEOUT:
      return "定位超时，位置没有发送。请到开阔处再试，或直接输入地址。";
    default:
      return "暂时无法确定您的位置，位置没有发送。请直接输入地址。";
  }
}

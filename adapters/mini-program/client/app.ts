import { createServices, type JiesuApp } from "./services.ts";

App<JiesuApp>({ services: createServices() });

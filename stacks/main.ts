import { App } from "cdktf";
import { bundleHandlers } from "../scripts/bundle/bundle-handlers";
import { buildApp } from "./app";

bundleHandlers({ root: process.cwd() });
const app = new App();
buildApp(app);
app.synth();

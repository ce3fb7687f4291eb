import { App } from "cdktf";
import { bundleHandlers } from "../scripts/bundle/bundle-handlers";
import { buildApp } from "./app";
import { limitStackCapture } from "./stack-capture";

limitStackCapture();
bundleHandlers({ root: process.cwd() });
const app = new App();
buildApp(app);
app.synth();

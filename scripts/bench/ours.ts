/** The program of ours that `npm run bench:synth` measures: `node ours.cjs <outdir> <copies> [placeholder]`. */
import { App } from "cdktf";
import { PLACEHOLDER_HANDLERS } from "../../lib/core/placeholder";
import { limitStackCapture } from "../../stacks/stack-capture";
import { referencePlatform } from "./platform";

limitStackCapture();
const [outdir, copies, handlers] = process.argv.slice(2);
const app = new App({ outdir, context: { [PLACEHOLDER_HANDLERS]: handlers === "placeholder" } });
referencePlatform(app, Number(copies));
app.synth();

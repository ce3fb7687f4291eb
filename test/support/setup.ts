import { limitStackCapture } from "../../stacks/stack-capture";

limitStackCapture();

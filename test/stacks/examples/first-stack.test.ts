import "../../../examples/first-stack.test";

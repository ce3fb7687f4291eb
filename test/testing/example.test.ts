import "../../examples/three-clouds.test";

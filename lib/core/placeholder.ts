/**
 * Context key that an app under test sets: bundled handlers are then represented by one constant placeholder, so that
 * a snapshot changes with the infrastructure and not with the code of a handler.
 */
export const PLACEHOLDER_HANDLERS = "cloud-conductor:placeholder-handlers";

import { isToken, problem } from "../../core/checks";
import type { IncidentRoute, Severity } from "../../core/incident-route";

/** https://learn.microsoft.com/azure/azure-monitor/fundamentals/service-limits#alerts */
const ACTIONS_MAXIMUM = 5;

const ACTION_GROUP =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/microsoft\.insights\/actionGroups\/[^/]+$/i;

/** The action groups that a route tells. */
export const azureActions = (route: IncidentRoute | undefined, severity: Severity): readonly string[] =>
  route?.actionsFor(severity) ?? [];

/** What a route says that an alert of Azure cannot tell. */
export function actionProblems(route: IncidentRoute | undefined, severity: Severity): readonly string[] {
  const actions = azureActions(route, severity);
  const foreign = actions.filter((action) => !isToken(action) && !ACTION_GROUP.test(action));
  return [
    ...foreign.map((action) => problem("route", "one of action groups of Azure, by their resource ids", action)),
    ...(actions.length > ACTIONS_MAXIMUM
      ? [problem("route", `one of at most ${String(ACTIONS_MAXIMUM)} action groups for ${severity}`, actions.length)]
      : []),
  ];
}

/** Whether a route tells action groups: that of an environment may be of another one of its clouds. */
export const tellsAzure = (route: IncidentRoute | undefined, severity: Severity): boolean =>
  azureActions(route, severity).length > 0 && actionProblems(route, severity).length === 0;

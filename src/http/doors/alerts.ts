import * as v from 'valibot';
import { ok, type Route, route } from '../api/route.ts';
import { integer, textOf, textRead } from '../api/schema.ts';
import type { HttpDeps } from '../deps.ts';
import { defined } from '../v1/defined.ts';
import { withLostPlus } from './lost-plus.ts';

/** When everything is down at once, a group has hundreds of alerts of a kilobyte: just then the SMS matters. */
const bodyLimit = 4 * 1024 * 1024;

const labels = v.optional(v.record(v.string(), v.string()));

/** One alert, in the form of both; what else is in it does not matter. */
const alert = v.looseObject({
  status: v.optional(v.string()),
  labels,
  annotations: labels,
  startsAt: v.optional(v.string()),
  fingerprint: v.optional(v.string()),
});
type Alert = v.InferOutput<typeof alert>;

const notification = v.looseObject({
  status: v.optional(v.string()),
  groupKey: v.optional(v.string()),
  groupLabels: labels,
  commonLabels: labels,
  title: v.optional(v.string()),
  message: v.optional(v.string()),
  /** How many more there are than the sender is set to tell of. */
  truncatedAlerts: v.optional(v.number()),
  alerts: v.array(alert, 'a list of alerts'),
});
type Notification = v.InferOutput<typeof notification>;

const recipients = textRead(
  '1 to 20 numbers with commas between them',
  { type: 'string', minLength: 1 },
  (text): readonly string[] | null => {
    const list = text.split(',').map(withLostPlus);
    return list.length <= 20 && list.every((one) => one !== '') ? list : null;
  },
);

const query = v.strictObject({ to: recipients, modem: v.optional(textOf(1, 40, 'the name of a modem')) });

const doors = [
  ['alertmanager', 'Alertmanager'],
  ['grafana', 'Grafana'],
] as const;

/** What Alertmanager and Grafana tell of, as an SMS to each of a list of numbers. */
export const alertRoutes = ({ resources: { alarms } }: HttpDeps): Route[] =>
  doors.map(([path, name]) =>
    route({
      id: `${path}Alert`,
      method: 'POST',
      path: `/doors/${path}`,
      tag: 'Doors',
      summary: `${name}: alerts as SMS`,
      description: `The webhook of ${name}, with the numbers in \`to\`. One SMS for each group of alerts, of two parts at most. The same group in the same state within an hour is not sent again.`,
      scope: 'send',
      query,
      body: notification,
      bodyLimit,
      answers: { 200: { description: 'The messages are queued', schema: v.object({ sent: integer }) } },
      errors: ['number_invalid', 'quota_used'],
      async run({ query: { to, modem }, body, principal }) {
        const sent = await alarms.send(
          { recipients: to, text: textOfAlerts(body), subject: [path, ...subjectOf(body)], ...defined({ modem }) },
          principal,
        );
        return ok({ sent: sent.filter((one) => 'id' in one).length });
      },
    }),
  );

const isFiring = ({ status }: Alert): boolean => status !== 'resolved';

/** `FIRING 2: DiskFull`, and a line for each alert. */
function textOfAlerts(given: Notification): string {
  const { status = 'firing', alerts, truncatedAlerts = 0, commonLabels, groupLabels, title, message } = given;
  const firing = alerts.filter(isFiring);
  const told = firing.length > 0 ? firing : alerts;
  const name = commonLabels?.['alertname'] ?? groupLabels?.['alertname'] ?? title ?? 'alerts';
  const lines = [...new Set(told.map(lineOf).filter((line) => line !== ''))];
  const rest = lines.length > 0 ? lines : [message ?? ''];
  const more = truncatedAlerts > 0 ? '+' : '';
  const count = told.length > 1 ? ` ${told.length}${more}` : '';
  return [`${status.toUpperCase()}${count}: ${name}`, ...rest].filter((line) => line !== '').join('\n');
}

function lineOf({ labels, annotations }: Alert): string {
  const summary = annotations?.['summary'] ?? annotations?.['description'] ?? '';
  const where = labels?.['instance'] ?? '';
  return summary.includes(where) ? summary : `${where} ${summary}`.trim();
}

const subjectOf = ({ status = '', groupKey = '', title = '', alerts }: Notification): readonly string[] => [
  status,
  groupKey === '' ? title : groupKey,
  ...alerts
    .map((one) => [one.fingerprint ?? JSON.stringify(one.labels ?? {}), one.status, one.startsAt].join(' '))
    .toSorted((a, b) => (a < b ? -1 : 1)),
];

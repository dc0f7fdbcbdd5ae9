import { existsSync } from 'node:fs';
import { requireProgram } from './install.ts';

const paths = ['/usr/bin/prometheus-alertmanager', '/usr/local/bin/alertmanager'];

/** Where Prometheus's Alertmanager is. */
export const alertmanagerPath = (): string =>
  requireProgram({
    name: 'Alertmanager',
    packages: ['prometheus-alertmanager'],
    find: () => paths.find((path) => existsSync(path)) ?? null,
  });

import type { SettingName } from './settings.ts';

/** What each setting belongs to, for people who look for one. */
export const settingGroups: Readonly<Record<SettingName, SettingGroup>> = {
  modemPort: 'modem',
  modemName: 'modem',
  modemPin: 'modem',
  modemFamily: 'modem',
  smsMemory: 'modem',
  calls: 'messages',
  balanceUssd: 'operator',
  balancePattern: 'operator',
  balanceInterval: 'operator',
  operatorInterval: 'operator',
  signalInterval: 'operator',
  technologyInterval: 'operator',
  sweepInterval: 'messages',
  partialAfter: 'messages',
  sendExpiry: 'messages',
  dataDir: 'servers',
  amqpUrl: 'servers',
  databaseUrl: 'servers',
  host: 'network',
  port: 'network',
  access: 'network',
  tlsCert: 'network',
  tlsKey: 'network',
  trustedProxy: 'network',
  failurePage: 'watching',
  monitorHost: 'watching',
  monitorPort: 'watching',
  retainMessages: 'privacy',
  retainCodes: 'privacy',
  codeTextAfter: 'privacy',
  retainCalls: 'privacy',
  retainPdus: 'privacy',
  retainFeed: 'privacy',
  retainReadings: 'privacy',
  tz: 'watching',
  logLevel: 'watching',
};

export type SettingGroup = (typeof groupNames)[number];

/** In the order in which people are shown them. */
export const groupNames = ['modem', 'messages', 'operator', 'network', 'servers', 'privacy', 'watching'] as const;

import type { Retention } from '../../app/privacy/forget.ts';
import type { Settings } from '../../config/settings.ts';

/** How long things are kept, as the settings say. */
export const retentionOf = (settings: Settings): Retention => ({
  messages: settings.retainMessages,
  codes: settings.retainCodes,
  calls: settings.retainCalls,
  pdus: settings.retainPdus,
  feed: settings.retainFeed,
  readings: settings.retainReadings,
  codeTexts: settings.codeTextAfter,
});

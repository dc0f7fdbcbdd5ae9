import type { FindCode } from './find-code.ts';

/** The search for codes when somebody needs it: its wordings in sixteen languages take 3 MiB, and a gateway at rest does without. */
export const loadFindCode = async (): Promise<FindCode> => (await import('./find-code.ts')).findCode;

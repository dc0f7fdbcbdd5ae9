import { localTime } from '../http/local-time.ts';

/** `2024-08-20 13:08:07.501`: the wall clock of this process, to the millisecond. @param at epoch ms */
export const localMoment = (at: number): string => localTime.format(at).slice(0, 23).replace('T', ' ');

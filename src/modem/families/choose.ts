import { genericProfile } from './generic.ts';
import type { Profile } from './profile.ts';
import { zteProfile } from './zte.ts';

/** The families that the settings may name besides `auto`. */
export const profiles = { zte: zteProfile, generic: genericProfile } as const satisfies Record<string, Profile>;

export type FamilyName = keyof typeof profiles;

/**
 * The profile for what CGMI and CGMM answered. Qualcomm's name in the place of the vendor's says nothing, so the model
 * decides as well.
 */
export function chooseProfile(
  wanted: FamilyName | 'auto',
  { manufacturer, model }: { readonly manufacturer: string | null; readonly model: string | null },
): Profile {
  if (wanted !== 'auto') return profiles[wanted];
  const told = `${manufacturer ?? ''} ${model ?? ''}`;
  return Object.values<Profile>(profiles).find(({ recognise }) => recognise?.test(told)) ?? genericProfile;
}

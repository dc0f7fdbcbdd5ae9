import { Button, Group, PasswordInput, Stack } from '@mantine/core';
import { useState } from 'react';
import { useOrder } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { Failed } from '../../parts/states.tsx';

/** Enters the PIN of the SIM card. */
export function Pin({ modem }: { readonly modem: string }) {
  const { t } = useLanguage();
  const [pin, setPin] = useState('');
  const enter = useOrder('POST /v1/modems/{id}/pin', ['GET /v1/modems', 'GET /v1/status']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        enter.mutate({ params: { id: modem }, body: { pin } }, { onSettled: () => setPin('') });
      }}
    >
      <Stack gap="sm">
        <Group align="flex-end" gap="sm">
          <PasswordInput
            label={t.setup.pin}
            description={t.setup.pinHint}
            value={pin}
            required
            flex={1}
            inputMode="numeric"
            autoComplete="off"
            pattern="\d{4,8}"
            maxLength={8}
            visibilityToggleButtonProps={{ 'aria-label': t.setup.pin }}
            onChange={(event) => setPin(event.currentTarget.value)}
          />
          <Button type="submit" loading={enter.isPending}>
            {t.setup.pinGo}
          </Button>
        </Group>
        {enter.error !== null && <Failed error={enter.error} />}
      </Stack>
    </form>
  );
}

import { Stack, Tabs, Text, Title } from '@mantine/core';
import { useRead } from '../../api/queries.ts';
import { useLanguage } from '../../language/language.tsx';
import { useMay } from '../../parts/session.tsx';
import { Audit } from './audit.tsx';
import { Contacts } from './contacts.tsx';
import { GatewaySettings } from './gateway.tsx';
import { Keys } from './keys.tsx';
import { Look } from './look.tsx';
import { Privacy } from './privacy.tsx';
import { Webhooks } from './webhooks.tsx';

/** What can be set here, and what is set elsewhere. */
export function Settings() {
  const { t } = useLanguage();
  const isAdmin = useMay('admin');
  const status = useRead('GET /v1/status', {});
  return (
    <Stack gap="md">
      <Title order={1} size="h2">
        {t.settings.title}
      </Title>
      <Tabs defaultValue="look" keepMounted={false}>
        <Tabs.List mb="md">
          <Tabs.Tab value="look">{t.settings.look}</Tabs.Tab>
          {isAdmin && (
            <>
              <Tabs.Tab value="contacts">{t.contacts.title}</Tabs.Tab>
              <Tabs.Tab value="keys">{t.settings.keys}</Tabs.Tab>
              <Tabs.Tab value="webhooks">{t.settings.webhooks}</Tabs.Tab>
              <Tabs.Tab value="privacy">{t.settings.privacy}</Tabs.Tab>
              <Tabs.Tab value="gateway">{t.settings.gateway}</Tabs.Tab>
              <Tabs.Tab value="audit">{t.settings.audit}</Tabs.Tab>
            </>
          )}
        </Tabs.List>
        <Tabs.Panel value="look">
          <Look />
        </Tabs.Panel>
        <Tabs.Panel value="contacts">
          <Contacts />
        </Tabs.Panel>
        <Tabs.Panel value="keys">
          <Keys />
        </Tabs.Panel>
        <Tabs.Panel value="webhooks">
          <Webhooks />
        </Tabs.Panel>
        <Tabs.Panel value="privacy">
          <Privacy />
        </Tabs.Panel>
        <Tabs.Panel value="gateway">
          <GatewaySettings />
        </Tabs.Panel>
        <Tabs.Panel value="audit">
          <Audit />
        </Tabs.Panel>
      </Tabs>
      <Text size="xs" c="dimmed">
        {t.settings.about(status.data?.version ?? '')}
      </Text>
    </Stack>
  );
}

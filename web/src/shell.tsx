import {
  ActionIcon,
  Alert,
  Anchor,
  AppShell,
  Button,
  Group,
  NavLink,
  Stack,
  Text,
  useMantineColorScheme,
} from '@mantine/core';
import { useLocalStorage, useMediaQuery, useNetwork } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense, use } from 'react';
import { Link, useRoute } from 'wouter';
import { call } from './api/client.ts';
import { type LiveState } from './api/live.ts';
import { queryClient, useRead } from './api/queries.ts';
import { useLanguage } from './language/language.tsx';
import { Icon } from './parts/icon.tsx';
import { SessionContext, useMay } from './parts/session.tsx';
import { type Screen, screens } from './screens/screens.ts';

const bottomHeight = 58;
const PhoneBeside = lazy(() => import('./screens/phone/phone.tsx').then((phone) => ({ default: phone.PhoneBeside })));

/** What stands around every screen: where one can go, and whether the gateway is there. */
export function Shell({ live, children }: { readonly live: LiveState; readonly children: ReactNode }) {
  const { t } = useLanguage();
  const wide = useMediaQuery('(min-width: 48em)', true);
  const { online } = useNetwork();
  const status = useRead('GET /v1/status', {});
  const demo = status.data?.demo === true;
  const shown = useShown(demo);
  const session = use(SessionContext);
  const phone = usePhoneBeside(demo);
  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: 220, breakpoint: 'sm', collapsed: { mobile: true } }}
      aside={{ width: 340, breakpoint: 'lg', collapsed: { desktop: !phone.shown, mobile: true } }}
      footer={{ height: bottomHeight, collapsed: wide }}
      padding="md"
    >
      <a href="#content" className="skip">
        {t.skip}
      </a>
      <AppShell.Header>
        <Group h="100%" px="md" justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            <img src="/icon.svg" alt="" width={28} height={28} />
            <Text fw={700}>Simloft</Text>
          </Group>
          <Group gap="xs" wrap="nowrap">
            {session?.kind === 'session' && (
              <Button
                size="xs"
                variant="default"
                onClick={() => void call('DELETE /v1/session', {}).then(() => queryClient.resetQueries())}
              >
                {t.login.out}
              </Button>
            )}
            {phone.possible && (
              <Button size="xs" variant="default" aria-expanded={phone.shown} onClick={phone.toggle}>
                {phone.shown ? t.phone.hide : t.phone.show}
              </Button>
            )}
            <ThemeButton />
          </Group>
        </Group>
      </AppShell.Header>
      {wide && (
        <AppShell.Navbar p="xs">
          <nav aria-label={t.menu}>
            {shown.map((screen) => (
              <SideLink key={screen.name} screen={screen} />
            ))}
          </nav>
        </AppShell.Navbar>
      )}
      <AppShell.Main id="content">
        <Stack gap="md" maw={1180} mx="auto">
          {/* Without any network a gateway on this very device still answers. */}
          {live === 'lost' && <Notice text={online ? t.live.lost : t.offline} />}
          {demo && (
            <Alert color="grape" variant="light" icon={<Icon name="phone" />} py="xs">
              <Text size="sm" c="bright">
                {t.demo}{' '}
                <Anchor component={Link} href="/setup" c="bright" underline="always" inherit>
                  {t.setup.connect}
                </Anchor>
              </Text>
            </Alert>
          )}
          {children}
        </Stack>
      </AppShell.Main>
      {phone.shown && (
        <AppShell.Aside p="sm" style={{ overflow: 'auto' }}>
          <Suspense fallback={null}>
            <PhoneBeside />
          </Suspense>
        </AppShell.Aside>
      )}
      {!wide && (
        <AppShell.Footer>
          <nav aria-label={t.menu} style={{ display: 'flex', height: '100%' }}>
            {shown.map((screen) => (
              <BottomLink key={screen.name} screen={screen} />
            ))}
          </nav>
        </AppShell.Footer>
      )}
    </AppShell>
  );
}

/** The demo phone stands beside the page where there is room, unless it was put away or has the page to itself. */
function usePhoneBeside(demo: boolean) {
  const isAdmin = useMay('admin');
  const roomy = useMediaQuery('(min-width: 75em)', false);
  const [onItsOwn] = useRoute('/phone');
  const [away, setAway] = useLocalStorage({ key: 'simloft.phoneAway', defaultValue: false });
  const possible = demo && isAdmin && roomy && !onItsOwn;
  return { possible, shown: possible && !away, toggle: () => setAway(!away) };
}

/** The screens that who looks may see. */
function useShown(demo: boolean): readonly Screen[] {
  const may = { read: useMay('read'), send: useMay('send'), calls: useMay('calls'), admin: useMay('admin') };
  return screens.filter(
    ({ scope, hidden, demo: onlyDemo }) => may[scope] && hidden !== true && (onlyDemo !== true || demo),
  );
}

const Notice = ({ text }: { readonly text: string }) => (
  <Alert color="orange" variant="light" icon={<Icon name="warning" />} role="alert" py="xs">
    <Text size="sm" c="bright">
      {text}
    </Text>
  </Alert>
);

function SideLink({ screen: { name, path, pattern, icon } }: { readonly screen: Screen }) {
  const { t } = useLanguage();
  const [here] = useRoute(pattern);
  return (
    <NavLink
      component={Link}
      href={path}
      label={t.nav[name]}
      leftSection={<Icon name={icon} />}
      active={here}
      {...(here ? { 'aria-current': 'page' as const } : {})}
    />
  );
}

function BottomLink({ screen: { name, path, pattern, icon } }: { readonly screen: Screen }) {
  const { t } = useLanguage();
  const [here] = useRoute(pattern);
  return (
    <Link href={path} className="bottom-link" {...(here ? { 'aria-current': 'page' as const } : {})}>
      <Icon name={icon} />
      <span className="one-line" style={{ maxWidth: '100%' }}>
        {t.nav[name]}
      </span>
    </Link>
  );
}

function ThemeButton() {
  const { t } = useLanguage();
  const { toggleColorScheme } = useMantineColorScheme();
  return (
    <ActionIcon variant="default" size="lg" aria-label={t.theme} onClick={toggleColorScheme}>
      <Icon name="sun" />
    </ActionIcon>
  );
}

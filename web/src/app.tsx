import { Suspense, useEffect, useState } from 'react';
import { Route, Switch } from 'wouter';
import { ApiError } from './api/client.ts';
import { Live, useLiveState } from './api/live.ts';
import { useRead } from './api/queries.ts';
import { useLanguage } from './language/language.tsx';
import { notify } from './notify.ts';
import { type Session, SessionContext } from './parts/session.tsx';
import { Loaded, Loading } from './parts/states.tsx';
import { Home } from './screens/home/home.tsx';
import { Login } from './screens/login/login.tsx';
import { screens } from './screens/screens.ts';
import { Shell } from './shell.tsx';

/** So often it is looked again whether the gateway is there, ms; and whether one is still logged in. */
const [awayMs, wellMs] = [3_000, 60_000];

/** The page: who looks first, then what they may see. */
export function App() {
  const session = useRead(
    'GET /v1/session',
    {},
    {
      refetchInterval: ({ state }) => (state.status === 'error' ? awayMs : wellMs),
    },
  );
  if (session.error instanceof ApiError && session.error.status === 401) return <Login />;
  return <Loaded of={session}>{(who) => <Inside who={who} />}</Loaded>;
}

function Inside({ who }: { readonly who: Session }) {
  const { t } = useLanguage();
  const [live] = useState(() => new Live((data) => notify(data, t)));
  const state = useLiveState(live);
  const mayCalls = who.scopes.includes('calls') || who.scopes.includes('admin');
  useEffect(() => {
    const types = ['message.received', 'message.extended', 'message.changed', 'modem.changed', 'reading.changed'];
    live.open(mayCalls ? [...types, 'call.changed'] : types);
    return () => live.close();
  }, [live, mayCalls]);
  return (
    <SessionContext value={who}>
      <Shell live={state}>
        <Suspense fallback={<Loading rows={5} />}>
          <Switch>
            {screens.map(({ name, pattern, Component }) => (
              <Route key={name} path={pattern}>
                <Component />
              </Route>
            ))}
            <Route>
              <Home />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
    </SessionContext>
  );
}

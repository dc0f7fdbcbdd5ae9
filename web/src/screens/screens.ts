import { type ComponentType, lazy } from 'react';
import type { IconName } from '../parts/icon.tsx';
import type { Scope } from '../parts/session.tsx';
import { Home } from './home/home.tsx';

export interface Screen {
  readonly name: 'home' | 'messages' | 'calls' | 'modem' | 'phone' | 'settings' | 'setup';
  readonly path: string;
  /** Further paths that lead to it. */
  readonly pattern: string;
  readonly icon: IconName;
  /** What one must be allowed to see it. */
  readonly scope: Scope;
  /** Reached from other screens, not from the menu. */
  readonly hidden?: true;
  /** Only on the virtual modem. */
  readonly demo?: true;
  readonly Component: ComponentType;
}

/** All screens. The first is there at once, the others come when they are opened. */
export const screens: readonly Screen[] = [
  { name: 'home', path: '/', pattern: '/', icon: 'home', scope: 'read', Component: Home },
  {
    name: 'messages',
    path: '/messages',
    pattern: '/messages/:peer?',
    icon: 'messages',
    scope: 'read',
    Component: lazy(() => import('./messages/messages.tsx').then(({ Messages }) => ({ default: Messages }))),
  },
  {
    name: 'calls',
    path: '/calls',
    pattern: '/calls',
    icon: 'calls',
    scope: 'calls',
    Component: lazy(() => import('./calls/calls.tsx').then(({ Calls }) => ({ default: Calls }))),
  },
  {
    name: 'modem',
    path: '/modem',
    pattern: '/modem',
    icon: 'modem',
    scope: 'read',
    Component: lazy(() => import('./modem/modem.tsx').then(({ Modem }) => ({ default: Modem }))),
  },
  {
    name: 'phone',
    path: '/phone',
    pattern: '/phone',
    icon: 'phone',
    scope: 'admin',
    demo: true,
    Component: lazy(() => import('./phone/phone.tsx').then(({ Phone }) => ({ default: Phone }))),
  },
  {
    name: 'settings',
    path: '/settings',
    pattern: '/settings',
    icon: 'settings',
    scope: 'read',
    Component: lazy(() => import('./settings/settings.tsx').then(({ Settings }) => ({ default: Settings }))),
  },
  {
    name: 'setup',
    path: '/setup',
    pattern: '/setup',
    icon: 'modem',
    scope: 'admin',
    hidden: true,
    Component: lazy(() => import('./setup/setup.tsx').then(({ Setup }) => ({ default: Setup }))),
  },
];

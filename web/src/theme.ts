import { createTheme, type CSSVariablesResolver } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 8 },
  defaultRadius: 'md',
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  cursorType: 'pointer',
  respectReducedMotion: true,
  headings: { fontWeight: '650' },
});

/** Quiet text that can still be read: 4.5 to 1 and more on every ground that it stands on (WCAG 2.2, 1.4.3). */
export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#4b535c',
    '--mantine-color-body': '#ffffff',
    '--page-ground': '#f4f6fb',
    '--page-mine': '#e7ecff',
    '--page-chosen': '#eef1fb',
    '--page-bar': '#ced4da',
    '--page-bar-on': '#2b8a3e',
    '--page-accent': '#364fc7',
  },
  dark: {
    '--mantine-color-dimmed': '#b4bac2',
    '--page-ground': '#16181d',
    '--page-mine': '#263056',
    '--page-chosen': '#31353d',
    '--page-bar': '#5a616b',
    '--page-bar-on': '#69db7c',
    '--page-accent': '#bac8ff',
  },
});

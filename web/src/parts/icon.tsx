/** Strokes of a 24 by 24 grid. */
const strokes = {
  home: 'M4 11.5 12 5l8 6.5M6.5 10v9h11v-9M10 19v-5h4v5',
  messages: 'M4.5 6.5h15v10h-8l-4 3.5v-3.5h-3z',
  calls: 'M6 4.5h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3a2 2 0 0 1-2 2A15.5 15.5 0 0 1 4 6.500a2 2 0 0 1 2-2z',
  modem: 'M6 19v-4M10 19v-7M14 19V9M18 19V5',
  phone:
    'M8 3.500h8a1.500 1.500 0 0 1 1.500 1.500v14a1.500 1.500 0 0 1-1.500 1.500H8A1.500 1.500 0 0 1 6.500 19V5A1.500 1.500 0 0 1 8 3.500zM11 17.500h2',
  settings:
    'M12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM12 3.500v2.500M12 18v2.500M3.500 12H6M18 12h2.500M6 6l1.800 1.800M16.200 16.200 18 18M18 6l-1.800 1.800M7.800 16.200 6 18',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  check: 'M5 12.500 10 17.500 19.500 7',
  back: 'M14.500 5.500 8 12l6.500 6.500',
  send: 'M4 12 20 4.500 15 20l-3.500-6.500z',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  warning: 'M12 4 3 19.500h18zM12 10v4.500M12 17h.01',
  plus: 'M12 5v14M5 12h14',
} as const;

export type IconName = keyof typeof strokes;

/** Beside words that say the same: nobody hears of it who listens to the page. */
export const Icon = ({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    aria-hidden="true"
    width={size}
    height={size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.8"
    strokeLinecap="round"
    strokeLinejoin="round"
  >
    <path d={strokes[name]} />
  </svg>
);

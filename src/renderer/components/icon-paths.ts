/** Icons as one stroke path each in a 16 × 16 box. */
export const iconPaths = {
  check: 'M3.5 8.5 6.5 11.5 12.5 4.5',
  cross: 'M4 4 12 12M12 4 4 12',
  down: 'M4 6.5 8 10.5 12 6.5',
  right: 'M6 4 10 8 6 12',
  left: 'M10 4 6 8 10 12',
  up: 'M4 9.5 8 5.5 12 9.5',
  copy: 'M6 5.5h6.5v8H6zM3.5 10.5v-8H10',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  search: 'M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10ZM10.7 10.7 14 14',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1v1.4M8 13.6V15M1 8h1.4M13.6 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  moon: 'M13.5 9.7A6 6 0 0 1 6.3 2.5a6 6 0 1 0 7.2 7.2Z',
  screen: 'M2 3h12v8H2zM6 14h4M8 11v3',
  plus: 'M8 3v10M3 8h10',
  open: 'M6 3H3v10h10v-3M9 3h4v4M13 3 7 9',
  pane: 'M2 3h12v10H2zM10 3v10',
  form: 'M2 4h12M2 8h8M2 12h5',
  key: 'M6 10.5a3.5 3.5 0 1 1 2.6-5.8L14 4.7v2.6h-1.5v1.6h-2l-1.9-.7A3.5 3.5 0 0 1 6 10.5ZM5.5 7h.01',
  dot: 'M8 9a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z',
} as const

/** The name of an icon. */
export type IconName = keyof typeof iconPaths

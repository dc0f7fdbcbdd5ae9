/** What the antenna sees: TS 27.007 §7.2 (registration), §8.5 (signal), §7.3 (operator). */
export class Air {
  registration = 1;
  /** `<rssi>`, 0–31 or 99. */
  signal = 18;
  operator = { name: 'MegaFon', mccMnc: '25002' };
  technology = 'UMTS';
  readonly location = '1A2B';
  readonly cell = '00C3D4E5';

  get registered(): boolean {
    return this.registration === 1 || this.registration === 5;
  }

  /** `<AcT>` of TS 27.007 §7.3. */
  get accessTechnology(): number {
    switch (this.technology) {
      case 'EDGE':
        return 3;
      case 'UMTS':
        return 2;
      case 'HSDPA':
        return 4;
      case 'HSUPA':
        return 5;
      default:
        return 0;
    }
  }
}

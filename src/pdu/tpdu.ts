/** An address field: TP-OA, TP-DA, TP-RA (TS 23.040 §9.1.2.5) or the service centre's (TS 24.011 §8.2.5.1). */
export interface Address {
  /** As shown to people: `+79161234567`, `79161234567`, `Balance`, `*100#`. International numbers begin with `+`. */
  readonly number: string;
  /** The type-of-address octet as it stands in the PDU. */
  readonly typeOfAddress: number;
  /** Bits 6 to 4: 0 unknown, 1 international, 2 national, 3 network-specific, 4 subscriber, 5 alphanumeric, 6 abbreviated. */
  readonly typeOfNumber: number;
  /** Bits 3 to 0: 1 is the telephone numbering plan (E.164). */
  readonly numberingPlan: number;
  /** Whether `number` is a name in the GSM alphabet, which cannot be answered. */
  readonly alphanumeric: boolean;
  /** The whole field as it stands in the PDU, length octet first, upper-case hex. */
  readonly hex: string;
}

/** TP-SCTS or TP-DT (TS 23.040 §9.2.3.11, §9.2.3.13): local time of the service centre with its zone. */
export interface Timestamp {
  /** The seven octets as they stand in the PDU, upper-case hex. */
  readonly raw: string;
  /** Whether it names a real moment. What is not valid has `at` null and is kept raw. */
  readonly valid: boolean;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly at: number | null;
  /** Zone of the clock in minutes east of UTC; null when that octet is no number. */
  readonly offsetMinutes: number | null;
  /** `2025-01-21T12:34:36+03:00`; null when not valid. */
  readonly text: string | null;
}

/** The alphabet of TP-UD. Reserved ones are read as `gsm7`, as TS 23.038 §4 asks. */
export type Alphabet = 'gsm7' | '8bit' | 'ucs2';

/** 0 shows at once (flash), 1 is for the device, 2 for the SIM, 3 for the terminal (TS 23.038 §4). */
export type MessageClass = 0 | 1 | 2 | 3;

/** Message waiting indication of a DCS group 1100, 1101 or 1110 (TS 23.038 §4). */
export interface MessageWaiting {
  /** Whether messages wait (indication active), or none any more. */
  readonly active: boolean;
  readonly kind: 'voicemail' | 'fax' | 'email' | 'other';
  /** Whether the text may be thrown away after the indication was shown (group 1100). */
  readonly discard: boolean;
}

/** TP-DCS (TS 23.040 §9.2.3.10, TS 23.038 §4). */
export interface DataCoding {
  readonly octet: number;
  readonly alphabet: Alphabet;
  readonly messageClass: MessageClass | null;
  /** The text is compressed (TS 23.042) and is left raw. */
  readonly compressed: boolean;
  readonly messageWaiting: MessageWaiting | null;
  /** Marked for automatic deletion after reading (group 01xx). */
  readonly autoDelete: boolean;
  /** A coding without a meaning yet. */
  readonly reserved: boolean;
}

/** One element of the user data header (TS 23.040 §9.2.3.24). */
export interface InformationElement {
  /** The identifier (IEI), one octet. */
  readonly iei: number;
  readonly data: Uint8Array;
}

/** TP-UDHI, TP-UDL and TP-UD (TS 23.040 §9.2.3.16, §9.2.3.23, §9.2.3.24). */
export interface UserData {
  /** Every element in its order, also unknown and repeated ones. */
  readonly header: readonly InformationElement[];
  /** Octets of TP-UD that the header takes, UDHL included; 0 without a header. */
  readonly headerOctets: number;
  /** The text of this part alone; null for 8-bit and compressed data. */
  readonly text: string | null;
  /** The octets after the header of 8-bit data and of compressed text; null for text. */
  readonly data: Uint8Array | null;
  /** TP-UDL as stated: septets for the GSM alphabet, otherwise octets. */
  readonly length: number;
  /** TP-UD as it stands in the PDU, header included, upper-case hex. */
  readonly hex: string;
}

/** TP-VP (TS 23.040 §9.2.3.12). */
export type ValidityPeriod =
  | { readonly format: 'relative'; readonly octet: number; readonly seconds: number }
  | { readonly format: 'absolute'; readonly timestamp: Timestamp }
  | {
      readonly format: 'enhanced';
      /** All seven octets, upper-case hex. */
      readonly raw: string;
      /** The functionality indicator, the first octet. */
      readonly indicator: number;
      /** Only one attempt is made to deliver it. */
      readonly singleShot: boolean;
      /** Null when the period is absent or its format is reserved. */
      readonly seconds: number | null;
    };

/** A message received: SMS-DELIVER (TS 23.040 §9.2.2.1). */
export interface Deliver {
  readonly type: 'deliver';
  /** The first octet as it stands in the PDU. */
  readonly firstOctet: number;
  /** TP-MMS: more messages wait at the service centre. True when the bit is 0. */
  readonly moreMessagesToSend: boolean;
  /** TP-LP. */
  readonly loopPrevention: boolean;
  /** TP-SRI: a report will be returned to the sender. */
  readonly statusReportIndication: boolean;
  /** TP-UDHI. */
  readonly userDataHeaderIndicator: boolean;
  /** TP-RP. */
  readonly replyPath: boolean;
  /** TP-OA. */
  readonly originatingAddress: Address;
  /** TP-PID (TS 23.040 §9.2.3.9). */
  readonly protocolIdentifier: number;
  /** TP-DCS. */
  readonly dataCoding: DataCoding;
  /** TP-SCTS. */
  readonly timestamp: Timestamp;
  /** TP-UD. */
  readonly userData: UserData;
}

/** A message to be sent: SMS-SUBMIT (TS 23.040 §9.2.2.2). */
export interface Submit {
  readonly type: 'submit';
  readonly firstOctet: number;
  /** TP-RD. */
  readonly rejectDuplicates: boolean;
  /** TP-SRR. */
  readonly statusReportRequest: boolean;
  /** TP-UDHI. */
  readonly userDataHeaderIndicator: boolean;
  /** TP-RP. */
  readonly replyPath: boolean;
  /** TP-MR, 0 to 255. */
  readonly messageReference: number;
  /** TP-DA. */
  readonly destinationAddress: Address;
  /** TP-PID. */
  readonly protocolIdentifier: number;
  /** TP-DCS. */
  readonly dataCoding: DataCoding;
  /** TP-VP; null when TP-VPF says there is none. */
  readonly validityPeriod: ValidityPeriod | null;
  /** TP-UD. */
  readonly userData: UserData;
}

/** What became of a message sent: SMS-STATUS-REPORT (TS 23.040 §9.2.2.3). */
export interface StatusReport {
  readonly type: 'status-report';
  readonly firstOctet: number;
  /** TP-MMS. True when the bit is 0. */
  readonly moreMessagesToSend: boolean;
  /** TP-LP. */
  readonly loopPrevention: boolean;
  /** TP-SRQ: the report answers an SMS-COMMAND rather than an SMS-SUBMIT. */
  readonly statusReportQualifier: boolean;
  /** TP-UDHI. */
  readonly userDataHeaderIndicator: boolean;
  /** TP-MR of the message reported on, 0 to 255. */
  readonly messageReference: number;
  /** TP-RA. */
  readonly recipientAddress: Address;
  /** TP-SCTS: when the service centre took the message. */
  readonly timestamp: Timestamp;
  /** TP-DT: when it was delivered, or last tried. */
  readonly dischargeTime: Timestamp;
  /** TP-ST as it stands (TS 23.040 §9.2.3.15); `statusReportKind` gives its meaning. */
  readonly status: number;
  /** TP-PI (§9.2.3.27); null when the PDU ends before it, as it usually does. */
  readonly parameterIndicator: number | null;
  readonly protocolIdentifier: number | null;
  readonly dataCoding: DataCoding | null;
  readonly userData: UserData | null;
}

export type Tpdu = Deliver | Submit | StatusReport;

/** Each is one tolerance: what the PDU had wrong and was read all the same. */
export type DecodeNoteCode =
  | 'address_short'
  | 'address_coding'
  | 'address_padding'
  | 'dcs_reserved'
  | 'dcs_compressed'
  | 'timestamp_invalid'
  | 'user_data_short'
  | 'user_data_odd'
  | 'header_invalid'
  | 'header_element_invalid'
  | 'tail_ignored'
  | 'tpdu_length_wrong'
  | 'type_reserved'
  | 'optional_part_short';

export interface DecodeNote {
  /** The field, from the outside in: `SCTS`, `UD.UDH`, `SCA`. */
  readonly path: string;
  /** Octet offset in the whole PDU. */
  readonly offset: number;
  readonly code: DecodeNoteCode;
  /** A sentence: what is wrong and how it was read. */
  readonly text: string;
}

/** A PDU as the modem gives it: the service centre's address as its own layer, and the TPDU. */
export interface DecodedPdu {
  /** Null when the length octet is 00, or when the PDU came without this layer. */
  readonly serviceCentre: Address | null;
  readonly tpdu: Tpdu;
  /** The tolerances applied, in the order of the octets. Empty for a correct PDU. */
  readonly notes: readonly DecodeNote[];
}

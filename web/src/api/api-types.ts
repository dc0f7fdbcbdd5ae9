// Made of the OpenAPI document by `npm run docs`; a test holds it current.

/** Every request under /v1, with what it takes and what it answers. */
export interface Api {
  "POST /v1/messages": {
    params: {  };
    query: {  };
    body: { "to": string | readonly (string)[]; "text": string; "modem"?: string; "send_at"?: string; "valid_for"?: number; "expires_in"?: number; "delivery_report"?: boolean; "flash"?: boolean; "if_unknown"?: "stop" | "resend" };
    answer: { "items": readonly ({ "to": string; "message": { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null } | null; "error": { "code": string; "text": string } | null })[] };
  };
  "GET /v1/messages": {
    params: {  };
    query: { "direction"?: "in" | "out"; "peer"?: string; "contact"?: number; "modem"?: string; "state"?: "complete" | "partial" | "undecodable" | "queued" | "sending" | "sent" | "delivered" | "undelivered" | "unknown" | "failed" | "expired" | "canceled"; "unread"?: boolean; "blocked"?: boolean; "since"?: string; "until"?: string; "text"?: string; "limit"?: number; "cursor"?: string; "codes"?: boolean };
    body: undefined;
    answer: { "items": readonly ({ "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null; "code"?: { "code": string; "shown": string; "valid_until": string | null } | null })[]; "next": string | null };
  };
  "POST /v1/messages/preview": {
    params: {  };
    query: {  };
    body: { "text": string };
    answer: { "alphabet": "gsm7" | "ucs2"; "units": number; "room": number; "segments": readonly ({ "text": string; "units": number })[]; "costly_characters": readonly (string)[]; "transliterated": { "alphabet": "gsm7" | "ucs2"; "units": number; "room": number; "segments": readonly ({ "text": string; "units": number })[]; "costly_characters": readonly (string)[]; "text": string } | null };
  };
  "GET /v1/messages/{id}": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null; "part_list": readonly ({ "seq": number; "state": string | null; "at": string | null; "reference": number | null; "report_status": number | null; "memory": string | null; "slot": number | null; "pdu": string | null })[]; "steps": readonly ({ "at": string; "role": string; "what": string; "trace": string })[] };
  };
  "DELETE /v1/messages/{id}": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "GET /v1/messages/{id}/pdus": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: { "items": readonly ({ "seq": number; "pdu": string; "rows": readonly ({ "path": string; "offset": number; "octets": string; "name": string; "value": string; "note": string | null })[]; "error": { "path": string; "offset": number; "text": string } | null })[] };
  };
  "POST /v1/messages/{id}/cancel": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null };
  };
  "POST /v1/messages/{id}/resend": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null };
  };
  "POST /v1/messages/{id}/read": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null };
  };
  "POST /v1/messages/{id}/unread": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null };
  };
  "GET /v1/conversations": {
    params: {  };
    query: { "peer"?: string; "limit"?: number; "cursor"?: string };
    body: undefined;
    answer: { "items": readonly ({ "peer": string; "contact": string | null; "last": { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null }; "received": number; "sent": number; "unread": number })[]; "next": string | null };
  };
  "POST /v1/conversations/{peer}/read": {
    params: { "peer": string };
    query: {  };
    body: undefined;
    answer: { "read": number };
  };
  "GET /v1/calls": {
    params: {  };
    query: { "caller"?: string; "modem"?: string; "outcome"?: "ringing" | "missed" | "rejected" | "answered"; "blocked"?: boolean; "since"?: string; "until"?: string; "limit"?: number; "cursor"?: string };
    body: undefined;
    answer: { "items": readonly ({ "id": number; "modem": string; "caller": string; "contact": string | null; "withheld": boolean; "outcome": "ringing" | "missed" | "rejected" | "answered"; "rings": number; "blocked": boolean; "at": string; "started_at": string; "ended_at": string | null })[]; "next": string | null };
  };
  "POST /v1/calls": {
    params: {  };
    query: {  };
    body: { "to": string; "ring_seconds"?: number; "modem"?: string };
    answer: { "to": string; "modem": string };
  };
  "GET /v1/calls/{id}": {
    params: { "id": number };
    query: {  };
    body: undefined;
    answer: { "id": number; "modem": string; "caller": string; "contact": string | null; "withheld": boolean; "outcome": "ringing" | "missed" | "rejected" | "answered"; "rings": number; "blocked": boolean; "at": string; "started_at": string; "ended_at": string | null };
  };
  "POST /v1/calls/{id}/reject": {
    params: { "id": number };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "GET /v1/modems": {
    params: {  };
    query: {  };
    body: undefined;
    answer: { "items": readonly ({ "id": string; "state": string; "ready": boolean; "reason": { "code": string; "text": string | null } | null; "port": string; "identity": { "family": string; "manufacturer": string | null; "model": string | null; "firmware": string | null; "imei": string | null; "imsi": string | null; "iccid": string | null } | null; "updated_at": string; "readings": Readonly<Record<string, { "value": unknown; "updated_at": string }>> })[] };
  };
  "GET /v1/modems/{id}": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: { "id": string; "state": string; "ready": boolean; "reason": { "code": string; "text": string | null } | null; "port": string; "identity": { "family": string; "manufacturer": string | null; "model": string | null; "firmware": string | null; "imei": string | null; "imsi": string | null; "iccid": string | null } | null; "updated_at": string; "readings": Readonly<Record<string, { "value": unknown; "updated_at": string }>> };
  };
  "GET /v1/modems/{id}/history": {
    params: { "id": string };
    query: { "key": "signal" | "balance" | "technology"; "since"?: string; "until"?: string; "step"?: number };
    body: undefined;
    answer: { "items": readonly ({ "at": string; "value": number })[] };
  };
  "GET /v1/modems/{id}/log": {
    params: { "id": string };
    query: { "limit"?: number; "cursor"?: string };
    body: undefined;
    answer: { "items": readonly ({ "at": string; "state": string; "reason": { "code": string; "text": string | null } | null })[]; "next": string | null };
  };
  "POST /v1/modems/{id}/ussd": {
    params: { "id": string };
    query: {  };
    body: { "code": string } | { "reply": string };
    answer: { "text": string | null; "more": boolean };
  };
  "DELETE /v1/modems/{id}/ussd": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "POST /v1/modems/{id}/restart": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "POST /v1/modems/{id}/pin": {
    params: { "id": string };
    query: {  };
    body: { "pin": string };
    answer: undefined;
  };
  "POST /v1/modems/{id}/at": {
    params: { "id": string };
    query: {  };
    body: { "command": string; "timeout"?: number };
    answer: { "lines": readonly (string)[] };
  };
  "GET /v1/modems/{id}/ports": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: { "ports": readonly ({ "path": string; "stable_path": string | null; "usb": string | null; "name": string | null; "reason": "at-port" | "maybe-at-port" | "data-port" | "not-usb" | "bridge" | "unknown-device" | "other-port" | "unlisted-port"; "in_use": boolean; "answers": boolean | null; "imei": string | null; "text": string })[]; "remarks": readonly ({ "code": "network-stick" | "cd-rom" | "no-driver" | "modem-manager"; "name": string; "text": string })[] };
  };
  "POST /v1/modems/{id}/ports": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: { "ports": readonly ({ "path": string; "stable_path": string | null; "usb": string | null; "name": string | null; "reason": "at-port" | "maybe-at-port" | "data-port" | "not-usb" | "bridge" | "unknown-device" | "other-port" | "unlisted-port"; "in_use": boolean; "answers": boolean | null; "imei": string | null; "text": string })[]; "remarks": readonly ({ "code": "network-stick" | "cd-rom" | "no-driver" | "modem-manager"; "name": string; "text": string })[] };
  };
  "GET /v1/modems/{id}/trace": {
    params: { "id": string };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "GET /v1/contacts": {
    params: {  };
    query: { "search"?: string; "limit"?: number; "cursor"?: string };
    body: undefined;
    answer: { "items": readonly ({ "id": number; "name": string; "addresses": readonly (string)[]; "created_at": string; "updated_at": string })[]; "next": string | null };
  };
  "POST /v1/contacts": {
    params: {  };
    query: {  };
    body: { "name": string; "addresses": readonly (string)[] };
    answer: { "id": number; "name": string; "addresses": readonly (string)[]; "created_at": string; "updated_at": string };
  };
  "GET /v1/contacts/{id}": {
    params: { "id": number };
    query: {  };
    body: undefined;
    answer: { "id": number; "name": string; "addresses": readonly (string)[]; "created_at": string; "updated_at": string };
  };
  "PUT /v1/contacts/{id}": {
    params: { "id": number };
    query: {  };
    body: { "name": string; "addresses": readonly (string)[] };
    answer: { "id": number; "name": string; "addresses": readonly (string)[]; "created_at": string; "updated_at": string };
  };
  "DELETE /v1/contacts/{id}": {
    params: { "id": number };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "GET /v1/lists/{list}": {
    params: { "list": "allow" | "deny" };
    query: {  };
    body: undefined;
    answer: { "list": string; "active": boolean; "entries": readonly ({ "id": number; "pattern": string; "note": string | null; "created_at": string })[] };
  };
  "PUT /v1/lists/{list}": {
    params: { "list": "allow" | "deny" };
    query: {  };
    body: { "active": boolean };
    answer: { "list": string; "active": boolean; "entries": readonly ({ "id": number; "pattern": string; "note": string | null; "created_at": string })[] };
  };
  "POST /v1/lists/{list}/entries": {
    params: { "list": "allow" | "deny" };
    query: {  };
    body: { "pattern": string; "note"?: string | null };
    answer: { "id": number; "pattern": string; "note": string | null; "created_at": string };
  };
  "DELETE /v1/lists/{list}/entries/{id}": {
    params: { "list": "allow" | "deny"; "id": number };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "GET /v1/export": {
    params: {  };
    query: { "what": "messages" | "calls" | "contacts"; "format"?: "csv" | "jsonl"; "since"?: string; "until"?: string; "mask"?: string };
    body: undefined;
    answer: undefined;
  };
  "POST /v1/import": {
    params: {  };
    query: { "what": "contacts" | "messages" };
    body: undefined;
    answer: { "read": number; "imported": number; "wrong": number; "lines": readonly ({ "line": number; "code": string; "text": string })[] };
  };
  "GET /v1/webhook-templates": {
    params: {  };
    query: {  };
    body: undefined;
    answer: { "items": readonly ({ "name": string; "meaning": string; "url": { "meaning": string; "default": string | null }; "options": readonly ({ "name": string; "meaning": string; "required": boolean; "secret": boolean; "allowed": string })[]; "events": readonly (string)[] })[]; "next": string | null };
  };
  "GET /v1/webhooks": {
    params: {  };
    query: {  };
    body: undefined;
    answer: { "items": readonly ({ "id": number; "name": string; "template": string; "url": string; "options": Readonly<Record<string, string>>; "filters": { "events": readonly (string)[]; "senders": readonly (string)[]; "text": string | null; "modems": readonly (string)[] }; "allow_insecure": boolean; "enabled": boolean; "disabled_why": string | null; "secret": string; "created_at": string })[]; "next": string | null };
  };
  "POST /v1/webhooks": {
    params: {  };
    query: {  };
    body: { "name": string; "template"?: string; "url"?: string; "options"?: Readonly<Record<string, string>>; "filters"?: { "events"?: readonly (string)[]; "senders"?: readonly (string)[]; "text"?: string | null; "modems"?: readonly (string)[] }; "allow_insecure"?: boolean; "enabled"?: boolean; "secret"?: string };
    answer: { "id": number; "name": string; "template": string; "url": string; "options": Readonly<Record<string, string>>; "filters": { "events": readonly (string)[]; "senders": readonly (string)[]; "text": string | null; "modems": readonly (string)[] }; "allow_insecure": boolean; "enabled": boolean; "disabled_why": string | null; "secret": string; "created_at": string };
  };
  "GET /v1/webhooks/{id}": {
    params: { "id": number };
    query: {  };
    body: undefined;
    answer: { "id": number; "name": string; "template": string; "url": string; "options": Readonly<Record<string, string>>; "filters": { "events": readonly (string)[]; "senders": readonly (string)[]; "text": string | null; "modems": readonly (string)[] }; "allow_insecure": boolean; "enabled": boolean; "disabled_why": string | null; "secret": string; "created_at": string };
  };
  "PATCH /v1/webhooks/{id}": {
    params: { "id": number };
    query: {  };
    body: { "name"?: string; "url"?: string; "options"?: Readonly<Record<string, string | null>>; "filters"?: { "events"?: readonly (string)[]; "senders"?: readonly (string)[]; "text"?: string | null; "modems"?: readonly (string)[] }; "allow_insecure"?: boolean; "enabled"?: boolean; "secret"?: string; "rotate_secret"?: true };
    answer: { "id": number; "name": string; "template": string; "url": string; "options": Readonly<Record<string, string>>; "filters": { "events": readonly (string)[]; "senders": readonly (string)[]; "text": string | null; "modems": readonly (string)[] }; "allow_insecure": boolean; "enabled": boolean; "disabled_why": string | null; "secret": string; "created_at": string };
  };
  "DELETE /v1/webhooks/{id}": {
    params: { "id": number };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "POST /v1/webhooks/{id}/test": {
    params: { "id": number };
    query: {  };
    body: undefined;
    answer: { "id": number; "webhook": number; "message_id": string; "type": string; "about": string | null; "modem": string; "state": "queued" | "delivered" | "parked" | "dropped"; "attempt": number; "next_attempt_at": string | null; "created_at": string; "delivered_at": string | null; "error": string | null; "attempts": readonly ({ "at": string; "ms": number; "status": number | null; "answer": string | null; "error": string | null })[] };
  };
  "GET /v1/webhooks/{id}/deliveries": {
    params: { "id": number };
    query: { "state"?: "queued" | "delivered" | "parked" | "dropped"; "limit"?: number; "cursor"?: string };
    body: undefined;
    answer: { "items": readonly ({ "id": number; "webhook": number; "message_id": string; "type": string; "about": string | null; "modem": string; "state": "queued" | "delivered" | "parked" | "dropped"; "attempt": number; "next_attempt_at": string | null; "created_at": string; "delivered_at": string | null; "error": string | null; "attempts": readonly ({ "at": string; "ms": number; "status": number | null; "answer": string | null; "error": string | null })[] })[]; "next": string | null };
  };
  "POST /v1/deliveries/{id}/send-again": {
    params: { "id": number };
    query: {  };
    body: undefined;
    answer: { "id": number; "webhook": number; "message_id": string; "type": string; "about": string | null; "modem": string; "state": "queued" | "delivered" | "parked" | "dropped"; "attempt": number; "next_attempt_at": string | null; "created_at": string; "delivered_at": string | null; "error": string | null; "attempts": readonly ({ "at": string; "ms": number; "status": number | null; "answer": string | null; "error": string | null })[] };
  };
  "GET /v1/wait/message": {
    params: {  };
    query: { "sender"?: string; "modem"?: string; "since"?: string; "after"?: string; "timeout"?: number; "match"?: string; "unclaimed"?: boolean };
    body: undefined;
    answer: { "message": { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null }; "next": string };
  };
  "POST /v1/wait/message": {
    params: {  };
    query: { "sender"?: string; "modem"?: string; "since"?: string; "after"?: string; "timeout"?: number; "match"?: string };
    body: undefined;
    answer: { "message": { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null }; "next": string };
  };
  "GET /v1/wait/code": {
    params: {  };
    query: { "sender"?: string; "modem"?: string; "since"?: string; "after"?: string; "timeout"?: number; "match"?: string; "min_confidence"?: "possible" | "likely" | "certain"; "unclaimed"?: boolean };
    body: undefined;
    answer: { "code": string; "shown": string; "confidence": "possible" | "likely" | "certain"; "domain": string | null; "valid_for": number | null; "message": { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null }; "next": string };
  };
  "POST /v1/wait/code": {
    params: {  };
    query: { "sender"?: string; "modem"?: string; "since"?: string; "after"?: string; "timeout"?: number; "match"?: string; "min_confidence"?: "possible" | "likely" | "certain" };
    body: undefined;
    answer: { "code": string; "shown": string; "confidence": "possible" | "likely" | "certain"; "domain": string | null; "valid_for": number | null; "message": { "id": string; "direction": "in" | "out"; "modem": string; "peer": string; "contact": string | null; "text": string | null; "kind": string; "state": string; "at": string; "received_at": string | null; "smsc_time": string | null; "created_at": string | null; "send_at": string | null; "expires_at": string | null; "sent_at": string | null; "delivered_at": string | null; "read": boolean; "blocked": boolean; "incomplete": boolean; "parts": number; "duplicate_of": string | null; "resend_of": string | null; "error": { "code": string | null; "text": string } | null; "pdus": readonly (string)[] | null; "text_removed_at": string | null }; "next": string };
  };
  "GET /v1/wait/call": {
    params: {  };
    query: { "sender"?: string; "modem"?: string; "since"?: string; "after"?: string; "timeout"?: number; "digits"?: number; "unclaimed"?: boolean };
    body: undefined;
    answer: { "code": string; "caller": string; "call": { "id": number; "modem": string; "caller": string; "contact": string | null; "withheld": boolean; "outcome": "ringing" | "missed" | "rejected" | "answered"; "rings": number; "blocked": boolean; "at": string; "started_at": string; "ended_at": string | null }; "next": string };
  };
  "POST /v1/wait/call": {
    params: {  };
    query: { "sender"?: string; "modem"?: string; "since"?: string; "after"?: string; "timeout"?: number; "digits"?: number };
    body: undefined;
    answer: { "code": string; "caller": string; "call": { "id": number; "modem": string; "caller": string; "contact": string | null; "withheld": boolean; "outcome": "ringing" | "missed" | "rejected" | "answered"; "rings": number; "blocked": boolean; "at": string; "started_at": string; "ended_at": string | null }; "next": string };
  };
  "GET /v1/events": {
    params: {  };
    query: { "types"?: string; "modem"?: string; "peer"?: string; "since"?: string; "last_event_id"?: number };
    body: undefined;
    answer: undefined;
  };
  "GET /v1/keys": {
    params: {  };
    query: {  };
    body: undefined;
    answer: { "items": readonly ({ "name": string; "hint": string; "scopes": readonly ("read" | "send" | "calls" | "admin")[]; "senders": readonly (string)[] | null; "modems": readonly (string)[] | null; "recipients": readonly (string)[] | null; "daily": number | null; "sent_today": number | null; "created_at": string; "expires_at": string | null; "last_used_at": string | null; "revoked_at": string | null })[] };
  };
  "POST /v1/keys": {
    params: {  };
    query: {  };
    body: { "name": string; "scopes": readonly ("read" | "send" | "calls" | "admin")[]; "senders"?: readonly (string)[]; "modems"?: readonly (string)[]; "recipients"?: readonly (string)[]; "daily"?: number; "expires_at"?: string };
    answer: { "key": string; "name": string; "hint": string; "scopes": readonly ("read" | "send" | "calls" | "admin")[]; "senders": readonly (string)[] | null; "modems": readonly (string)[] | null; "recipients": readonly (string)[] | null; "daily": number | null; "sent_today": number | null; "created_at": string; "expires_at": string | null; "last_used_at": string | null; "revoked_at": string | null };
  };
  "DELETE /v1/keys/{name}": {
    params: { "name": string };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "GET /v1/session": {
    params: {  };
    query: {  };
    body: undefined;
    answer: { "name": string; "kind": "local" | "key" | "session"; "scopes": readonly ("read" | "send" | "calls" | "admin")[]; "senders": readonly (string)[] | null; "modems": readonly (string)[] | null; "recipients": readonly (string)[] | null };
  };
  "POST /v1/session": {
    params: {  };
    query: {  };
    body: { "key": string } | { "password": string };
    answer: { "name": string; "kind": "local" | "key" | "session"; "scopes": readonly ("read" | "send" | "calls" | "admin")[]; "senders": readonly (string)[] | null; "modems": readonly (string)[] | null; "recipients": readonly (string)[] | null };
  };
  "DELETE /v1/session": {
    params: {  };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "GET /v1/password": {
    params: {  };
    query: {  };
    body: undefined;
    answer: { "changed_at": string | null };
  };
  "PUT /v1/password": {
    params: {  };
    query: {  };
    body: { "password": string };
    answer: undefined;
  };
  "DELETE /v1/password": {
    params: {  };
    query: {  };
    body: undefined;
    answer: undefined;
  };
  "GET /v1/audit": {
    params: {  };
    query: { "limit"?: number; "cursor"?: string };
    body: undefined;
    answer: { "items": readonly ({ "id": number; "at": string; "who": string; "address": string; "action": string; "target": string | null; "outcome": string })[]; "next": string | null };
  };
  "GET /v1/privacy": {
    params: {  };
    query: {  };
    body: undefined;
    answer: { "kept": { "messages": number | null; "codes": number | null; "calls": number | null; "pdus": number | null; "feed": number | null; "readings": number | null; "webhook_log": number | null; "code_texts": number | null }; "rows": { "received": number; "sent": number; "calls": number; "codes": number; "feed": number; "readings": number; "webhook_log": number }; "oldest": { "received": string | null; "sent": string | null; "calls": string | null; "codes": string | null; "feed": string | null; "readings": string | null; "webhook_log": string | null }; "ran_at": string | null; "deleted_at": string | null; "compacted_at": string | null };
  };
  "GET /v1/settings": {
    params: {  };
    query: {  };
    body: undefined;
    answer: { "items": readonly ({ "name": string; "group": string; "value": string | null; "secret": boolean; "without": string | null; "source": "flag" | "environment" | "file" | "default"; "place": string | null; "description": string })[]; "next": string | null };
  };
  "GET /v1/status": {
    params: {  };
    query: {  };
    body: undefined;
    answer: { "version": string; "started_at": string; "demo": boolean; "ready": boolean; "reasons": readonly ({ "code": string; "text": string })[] };
  };
  "POST /v1/demo": {
    params: {  };
    query: {  };
    body: { "do": string };
    answer: Readonly<Record<string, unknown>>;
  };
}

#!/bin/sh
# Makes .env for compose.yaml: random passwords, the port of the modem, and the group that may open it. Never overwrites one.
set -eu

folder=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
file=$folder/.env
names=${SERIAL_NAMES:-/dev/serial/by-path}

if [ -e "$file" ]; then
  echo "$file is there already, and stays as it is: the databases were made with its passwords." >&2
  exit 1
fi

secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

# udev may give one port two names, so ports are told apart by what they point at.
ports='' seen=' ' count=0 device='' group=''
for name in "$names"/*; do
  target=$(readlink -f -- "$name") && [ -e "$target" ] || continue
  case $seen in *" $target "*) continue ;; esac
  seen="$seen$target "
  count=$((count + 1))
  group=$(ls -Lnd -- "$name" | awk '{ print $4 }')
  device=$name
  ports="$ports  $name  (now $target, group $group)
"
done

# Which port of several answers AT cannot be seen from here.
[ "$count" -eq 1 ] || { device='' group=''; }

umask 077
draft=$file.$$
trap 'rm -f -- "$draft"' EXIT
cat >"$draft" <<END
# Passwords of the two servers. They were made for this machine; changing them here does not change them there.
POSTGRES_PASSWORD=$(secret)
RABBITMQ_PASSWORD=$(secret)

# The port of the modem, by a name that stays, and the number of the group that may open it (ls -Ln says it: the second number).
MODEM_DEVICE=$device
MODEM_GROUP=$group

# The web page and the API: http://127.0.0.1:8080
API_PORT=8080
TZ=$(cat /etc/timezone 2>/dev/null || echo UTC)
LOG_LEVEL=info

# More settings, for example (docs/reference/configuration.md has them all):
# MODEM_PIN=1234
# BALANCE_USSD="*100#"
END
# A link appears whole or not at all, and never in the place of another file.
ln -- "$draft" "$file"

echo "Made $file with new passwords."
if [ "$count" -eq 0 ]; then
  echo "No serial port is under $names. Plug the modem in, and write its port and group into the file: MODEM_DEVICE, MODEM_GROUP."
  echo "Without a modem: docker compose -f compose.demo.yaml up --build"
elif [ -z "$device" ]; then
  echo "There is more than one serial port. Write the one that answers AT (often the second of a stick), and its group, into the file:"
  printf '%s' "$ports"
else
  echo "The modem's port is $device, of group $group."
  echo "Next: docker compose up --build --detach"
fi

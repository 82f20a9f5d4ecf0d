#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Makes the certificates the tests use, with openssl (3.0 or later). Their keys are public on purpose and guard
# nothing. Running it again makes other ones; no test knows their bytes.
#
#   ca.pem                         the authority that signed the others
#   good.pem, good.key             for localhost and 127.0.0.1, good until 2099
#   expired.pem, expired.key       the same, but good only in January 2001
#   wrong-host.pem, wrong-host.key good until 2099, but for wrong.example
#   self-signed.pem, .key          for localhost and 127.0.0.1, signed by nobody else
set -eu
cd "$(dirname "$0")"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

new_key ()
{
  openssl genpkey -quiet -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1"
}

# "openssl ca" and not "x509 -req": only it can set dates in the past.
cat > "$work/ca.conf" <<END
[ca]
default_ca = skein
[skein]
database = $work/index
rand_serial = yes
new_certs_dir = $work
default_md = sha256
policy = any
unique_subject = no
[any]
commonName = supplied
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[here]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost, IP:127.0.0.1
[elsewhere]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:wrong.example
END
: > "$work/index"

# sign NAME SUBJECT EXTENSIONS FROM UNTIL [how to sign]
sign ()
{
  name=$1 subject=$2 extensions=$3 from=$4 until=$5
  shift 5
  openssl req -new -key "$name.key" -subj "/CN=$subject" -out "$work/$name.csr"
  openssl ca -batch -notext -config "$work/ca.conf" -extensions "$extensions" -startdate "$from" -enddate "$until" \
    -in "$work/$name.csr" -out "$name.pem" "$@" 2> "$work/log" || { cat "$work/log"; exit 1; }
}

start=20240101000000Z
end=20991231235959Z

new_key "$work/ca.key"
cp "$work/ca.key" ca.key
sign ca "Skein test authority" authority $start $end -selfsign -keyfile ca.key
rm ca.key

for name in good expired wrong-host self-signed
do
  new_key "$name.key"
done
sign good localhost here $start $end -cert ca.pem -keyfile "$work/ca.key"
sign expired localhost here 20010101000000Z 20010131000000Z -cert ca.pem -keyfile "$work/ca.key"
sign wrong-host wrong.example elsewhere $start $end -cert ca.pem -keyfile "$work/ca.key"
sign self-signed localhost here $start $end -selfsign -keyfile self-signed.key

# The AWS adapter and the protocol on moto, where the server that the tests bring along must agree with it.
# shellcheck shell=bash

moto() {
  local python port server
  python=$(python_tools moto --require-hashes -r .ci/moto-requirements.txt) || {
    failed=$((failed + 1))
    echo "FAILED: moto could not be installed"
    return
  }
  port=$("$python/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
  "$python/bin/moto_server" -H 127.0.0.1 -p "$port" >"$logs/moto-server.log" 2>&1 &
  server=$!
  if listens "$port"; then
    check "moto and the server of the tests agree" \
      ./mvnw test -Dtest='Moto*Test,KmsServerTest,AwsKmsTest' "-Dcoffer.test.moto-endpoint=http://127.0.0.1:$port"
  else
    failed=$((failed + 1))
    echo "FAILED: moto did not start; see $logs/moto-server.log"
  fi
  kill "$server"
  wait "$server" 2>/dev/null
}

# Waits up to a minute for somebody to listen.
listens() {
  for _ in $(seq 120); do
    if (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; then
      return 0
    fi
    sleep 0.5
  done
  return 1
}

moto

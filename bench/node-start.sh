#!/usr/bin/env bash
# How long a node takes until it is ready, how much processor time that costs, and what it holds when idle.
#
#   bench/node-start.sh LIB_FOLDER [starts]      LIB_FOLDER: the folder with the node's jars, as in an installation
#
# Three kinds of start on one data directory: JIT as usual, C1 only, and C1 with an AOT cache that a first start writes.
set -euo pipefail
lib=$1
starts=${2:-3}
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P)
java=${JAVA:-$("$root/bin/find-jdk")/bin/java}
port=7399
data=$(mktemp -d)
trap 'rm -rf "$data"' EXIT
flags=(--enable-native-access=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED
    --sun-misc-unsafe-memory-access=allow -XX:+UseSerialGC -Xmx256m)

ready() { curl -s -m 5 "http://127.0.0.1:$port/health/ready" | grep -q '"status":"ok","checks"'; }

begin() {
    "$java" "${flags[@]}" "$@" -cp "$lib/*" dev.sheaf.node.NodeMain --data "$data/node" --port $port > "$data/out" 2>&1 &
    pid=$!
    until ready; do
        kill -0 "$pid" 2> /dev/null || { cat "$data/out" >&2; exit 1; }
        sleep 0.02
    done
}

end() { kill "$pid"; wait "$pid" || true; }

measure() {
    local label=$1 from to cpu resident
    shift
    for ((n = 0; n < starts; n++)); do
        from=$(date +%s%N)
        begin "$@"
        to=$(date +%s%N)
        cpu=$(awk '{print ($14 + $15) * 10}' "/proc/$pid/stat")
        sleep 5
        resident=$(awk '/VmRSS/ {print int($2 / 1024)}' "/proc/$pid/status")
        end
        echo "$label: ready after $(((to - from) / 1000000)) ms, processor time $cpu ms, resident $resident MB," \
            "load $(cut -d' ' -f1 /proc/loadavg)"
    done
}

begin # makes the data directory and unpacks the native library once
end
measure 'usual JIT'
measure 'C1 only' -XX:TieredStopAtLevel=1
begin -XX:TieredStopAtLevel=1 -XX:AOTCacheOutput="$data/node.aot"
token=$(cat "$data/node/keys/operator.token")
for path in /api/v1/node /api/v1/products /api/v1/domains /metrics /openapi.yaml; do
    curl -s -o /dev/null -H "Authorization: Bearer $token" "http://127.0.0.1:$port$path"
done
end
measure 'C1, AOT cache' -XX:TieredStopAtLevel=1 -XX:AOTCache="$data/node.aot"

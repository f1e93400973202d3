package dev.sheaf.rego.builtin.web;

import dev.sheaf.rego.builtin.Builtin;
import dev.sheaf.rego.builtin.BuiltinFault;
import dev.sheaf.rego.builtin.Capability;
import dev.sheaf.rego.builtin.Surroundings;
import dev.sheaf.rego.value.ArrayValue;
import dev.sheaf.rego.value.BooleanValue;
import dev.sheaf.rego.value.NumberValue;
import dev.sheaf.rego.value.ObjectValue;
import dev.sheaf.rego.value.SetValue;
import dev.sheaf.rego.value.StringValue;
import dev.sheaf.rego.value.Value;

import java.util.ArrayList;
import java.util.List;

/// `net.*`: addresses, networks, and the look-up of names.
final class NetworkBuiltins {
    private static final String PAIRS = "string|array|set|object, string|array|set|object -> set";

    private NetworkBuiltins() {}

    static List<Builtin> all() {
        return List.of(
                Builtin.of("net.cidr_contains", "string, string -> boolean", NetworkBuiltins::has),
                Builtin.of("net.cidr_overlap", "string, string -> boolean", NetworkBuiltins::has),
                Builtin.of("net.cidr_contains_matches", PAIRS, NetworkBuiltins::matches),
                Builtin.of(
                        "net.cidr_intersects",
                        "string, string -> boolean",
                        NetworkBuiltins::intersects),
                Builtin.of("net.cidr_expand", "string -> set", NetworkBuiltins::expand),
                Builtin.of("net.cidr_is_valid", "any -> boolean", NetworkBuiltins::isValid),
                Builtin.of("net.cidr_merge", "any -> set", NetworkBuiltins::merge),
                Builtin.of(
                        "net.lookup_ip_addr",
                        "string -> set",
                        Capability.NETWORK,
                        NetworkBuiltins::lookUp));
    }

    private static Value has(Value[] arguments, Surroundings surroundings) {
        return BooleanValue.of(contains(text(arguments[0]), text(arguments[1])));
    }

    private static String text(Value value) {
        if (value instanceof StringValue string) {
            return string.value();
        }
        throw BuiltinFault.type("operand 1 must be string but got %s", value.typeName());
    }

    private static boolean contains(String outer, String inner) {
        IpNetwork network = IpNetwork.parse(outer);
        IpAddress address = IpAddress.parse(inner);
        if (address != null) {
            return network.contains(address);
        }
        IpNetwork other = IpNetwork.find(inner);
        if (other == null) {
            throw BuiltinFault.of(
                    "not a valid textual representation of an IP address or CIDR: " + inner);
        }
        return network.contains(other);
    }

    private static Value intersects(Value[] arguments, Surroundings surroundings) {
        IpNetwork left = IpNetwork.parse(text(arguments[0]));
        IpNetwork right = IpNetwork.parse(text(arguments[1]));
        return BooleanValue.of(left.contains(right.first()) || right.contains(left.first()));
    }

    /// A text to compare, and what names it in the result: itself, its place or its key.
    private record Candidate(Value text, Value name) {}

    private static Value matches(Value[] arguments, Surroundings surroundings) {
        List<Candidate> networks = candidates(arguments[0], 1);
        List<Candidate> others = networks.isEmpty() ? List.of() : candidates(arguments[1], 2);
        SetValue.Builder pairs = new SetValue.Builder();
        for (Candidate network : networks) {
            surroundings.work(others.size());
            for (Candidate other : others) {
                if (contains(text(network.text), text(other.text))) {
                    pairs.add(ArrayValue.of(network.name, other.name));
                }
            }
        }
        return pairs.build();
    }

    private static List<Candidate> candidates(Value operand, int position) {
        List<Candidate> candidates = new ArrayList<>();
        switch (operand) {
            case StringValue string -> candidates.add(new Candidate(string, string));
            case ArrayValue array -> {
                for (int i = 0; i < array.size(); i++) {
                    candidates.add(
                            new Candidate(compared(array.get(i), position), NumberValue.of(i)));
                }
            }
            case SetValue set ->
                    set.items()
                            .forEach(item ->
                                    candidates.add(new Candidate(compared(item, position), item)));
            case ObjectValue object ->
                    object.forEach((key, item) ->
                            candidates.add(new Candidate(compared(item, position), key)));
            default -> throw new IllegalArgumentException("not declared: " + operand.typeName());
        }
        return candidates;
    }

    private static Value compared(Value item, int position) {
        if (item instanceof StringValue) {
            return item;
        }
        if (item instanceof ArrayValue tuple && tuple.size() > 0) {
            return tuple.get(0);
        }
        throw BuiltinFault.of("operand %d: element must be string or non-empty array", position);
    }

    private static Value expand(Value[] arguments, Surroundings surroundings) {
        IpNetwork network = IpNetwork.parse(text(arguments[0]));
        SetValue.Builder addresses = new SetValue.Builder();
        IpAddress last = network.last();
        for (IpAddress address = network.first(); ; address = address.next()) {
            surroundings.work(1);
            addresses.add(StringValue.of(address.toString()));
            if (address.equals(last)) {
                return addresses.build();
            }
        }
    }

    private static Value isValid(Value[] arguments, Surroundings surroundings) {
        return BooleanValue.of(
                arguments[0] instanceof StringValue text && IpNetwork.find(text.value()) != null);
    }

    private static Value merge(Value[] arguments, Surroundings surroundings) {
        List<Value> items =
                switch (arguments[0]) {
                    case ArrayValue array -> array.items();
                    case SetValue set -> set.items();
                    default -> throw BuiltinFault.of("operand must be an array");
                };
        surroundings.work(items.size());
        List<IpNetwork> networks = new ArrayList<>(items.size());
        for (Value item : items) {
            if (!(item instanceof StringValue text)) {
                throw BuiltinFault.of("element must be string");
            }
            networks.add(network(text.value()));
        }
        SetValue.Builder merged = new SetValue.Builder();
        for (IpNetwork network : IpNetwork.merge(networks)) {
            merged.add(StringValue.of(network.toString()));
        }
        return merged.build();
    }

    private static IpNetwork network(String text) {
        IpAddress address = IpAddress.parse(text);
        if (address == null) {
            return IpNetwork.parse(text);
        }
        if (!address.isFour()) {
            throw BuiltinFault.of("IPv6 invalid: needs prefix length");
        }
        return IpNetwork.ofClass(address);
    }

    private static Value lookUp(Value[] arguments, Surroundings surroundings) {
        String name = text(arguments[0]);
        IpAddress address = IpAddress.parse(name);
        if (address != null) {
            return SetValue.of(StringValue.of(address.toString()));
        }
        Surroundings.NameLookup names =
                surroundings
                        .names()
                        .orElseThrow(() -> BuiltinFault.of("lookup " + name + ": no resolver"));
        return surroundings.remembered(
                List.of("net.lookup_ip_addr", name),
                () -> {
                    SetValue.Builder found = new SetValue.Builder();
                    for (String text : names.addresses(name)) {
                        found.add(StringValue.of(text));
                    }
                    return found.build();
                });
    }
}
